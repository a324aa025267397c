"""The scoring of the Mozilla HTTP Observatory (algorithm 6: mdn/mdn-http-observatory, grader/charts.js and analyzer/tests).

Every site begins at 100; bonuses count only where what is missing leaves at least 90. A host that is in browsers' preload
list would have 5 more; that is asked for at a list, not by a header, and not scored here.
"""

from dataclasses import dataclass
from http.cookies import SimpleCookie

from bs4 import BeautifulSoup

PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*", "http://*.*", "https://*.*"}
SIX_MONTHS = 15_552_000
ENOUGH_FOR_BONUSES = 90


@dataclass(frozen=True)
class Scan:
    """What the Observatory fetches: a page by HTTPS, and where plain HTTP leads."""

    headers: dict
    html: str
    cookies: SimpleCookie
    redirect: str
    host: str


def score(scan):
    """The score, and what each test gave."""
    headers = {name.lower(): value for name, value in scan.headers.items()}
    policy = read_policy(headers.get("content-security-policy", ""))
    given = {
        "content-security-policy": of_policy(policy),
        "cookies": of_cookies(scan.cookies),
        "cross-origin-resource-sharing": -50 if headers.get("access-control-allow-credentials") else 0,
        "redirection": 0 if scan.redirect.startswith(f"https://{scan.host}/") else -20,
        "referrer-policy": of_referrer(headers.get("referrer-policy")),
        "strict-transport-security": of_transport(headers.get("strict-transport-security", "")),
        "subresource-integrity": of_scripts(scan.html),
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": of_frames(policy, headers.get("x-frame-options", "")),
        "cross-origin-resource-policy": of_choice(headers, "cross-origin-resource-policy", {"same-origin", "same-site"}),
        "cross-origin-opener-policy": of_choice(
            headers, "cross-origin-opener-policy", {"same-origin", "same-origin-allow-popups", "noopener-allow-popups"}
        ),
        "cross-origin-embedder-policy": of_choice(headers, "cross-origin-embedder-policy", {"require-corp", "credentialless"}),
    }
    lost = 100 + sum(points for points in given.values() if points < 0)
    total = 100 + sum(given.values()) if lost >= ENOUGH_FOR_BONUSES else lost
    return total, given


def read_policy(header):
    """The sources of each directive of a content security policy."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def of_policy(policy):
    """10 for nothing by default and nothing unsafe, less for less."""
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    objects, passive = policy.get("object-src", default), policy.get("img-src", default) | policy.get("media-src", default)
    if scripts & (BROAD | {"'unsafe-inline'", "data:"}) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for sources in policy.values() for source in sources - passive):
        return -20
    if "'unsafe-eval'" in scripts | styles or any(source.startswith("http:") for source in passive):
        return -10
    if styles & (BROAD | {"'unsafe-inline'", "data:"}):
        return 0
    return 10 if default == {"'none'"} else 5


def of_cookies(cookies):
    """5 for cookies that are all Secure and SameSite, those of sessions also HttpOnly; nothing for none."""
    if not cookies:
        return 0
    points = 5
    for name, cookie in cookies.items():
        is_session = any(word in name.lower() for word in ("login", "sess"))
        if not cookie["secure"]:
            points = min(points, -40 if is_session else -20)
        if is_session and not cookie["httponly"]:
            points = min(points, -30)
        if cookie["samesite"] not in ("Lax", "Strict"):
            points = min(points, -20 if cookie["samesite"] or "csrf" in name.lower() else 0)
    return points


def of_referrer(header):
    """5 for a policy that gives away no more than the origin."""
    if header is None:
        return 0
    return 5 if header.split(",")[-1].strip().lower() in PRIVATE else -5


def of_transport(header):
    """Nothing for half a year, less for less."""
    ages = [part.partition("=")[2] for part in header.lower().replace(" ", "").split(";") if part.startswith("max-age=")]
    if len(ages) != 1 or not ages[0].isdecimal():
        return -20
    return 0 if int(ages[0]) >= SIX_MONTHS else -10


def of_scripts(html):
    """5 where a script of this site is named with its digest; nothing for none; less for scripts of others without."""
    scripts = BeautifulSoup(html, "html.parser").find_all("script", src=True)
    if any(script["src"].startswith(("http:", "//")) for script in scripts):
        return -50
    if any(script["src"].startswith("https:") and not script.get("integrity") for script in scripts):
        return -5
    return 5 if any(script.get("integrity") for script in scripts) else 0


def of_frames(policy, header):
    """5 for `frame-ancestors`."""
    if "frame-ancestors" in policy:
        return 5
    return 0 if header.lower() in ("deny", "sameorigin") else -20


def of_choice(headers, name, good):
    """10 for one of the good values, nothing for none."""
    value = headers.get(name)
    return 0 if value is None else 10 if value in good else -5

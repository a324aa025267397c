"""The one gate between what authors wrote and the page: an allow-list, then our own markup at marked places.

Authors' text passes `nh3` with no class, id or style allowed at all. What the site adds itself (ids of headings, cards,
citations) is kept aside meanwhile: the renderer leaves numbered marks, which no author can write because each rendering
draws its own random key, and `Marks.fill` puts the markup in their place when the text is clean.
"""

import json
import re
import secrets

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe

from education.rendering.links import is_picture_address, is_safe_href

ALLOWED_TAGS = frozenset(
    "p br hr h2 h3 h4 h5 h6 strong em code pre blockquote ul ol li a img table caption thead tbody tr th td dl dt dd".split()
)
# The `*` is for every tag: without it nh3 lets `lang` and `title` stand anywhere.
ALLOWED_ATTRIBUTES = {"*": set(), "a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# Markup that is nested as no parser would write it can read differently a second time; it settles after two or three.
_MOST_READINGS = 8

# As Django's json_script does, and the two ends of a line that are JSON but were not JavaScript.
_JSON_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def sanitise(html):
    """`html` with only what the allow-list holds. The text of refused tags stays, but for scripts and styles.

    What comes out is what a browser will make of it: reading it again changes nothing.
    """
    for _ in range(_MOST_READINGS):
        before, html = html, _clean(html)
        if html == before:
            return html
    return escape(html)


def _clean(html):
    return nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes=set(ALLOWED_SCHEMES),
        link_rel=None,
    )


def _allowed_value(tag, attribute, value):
    if (tag, attribute) == ("a", "href") and not is_safe_href(value):
        return None
    if (tag, attribute) == ("img", "src") and not is_picture_address(value):
        return None
    return value


class Marks:
    """Places in a text where the site's own markup will stand."""

    def __init__(self):
        self._key = secrets.token_hex(8)
        self._kept = []

    def attributes(self, text):
        """A mark to put right behind a start tag, which will get these attributes."""
        return self._mark("a", text)

    def markup(self, html):
        """A mark that will become this HTML."""
        return self._mark("m", html)

    def open(self, component, **parameters):
        """A mark where a component begins; what stands up to `split` is its title, up to `close` its body."""
        return self._mark("o", (component, parameters))

    def split(self):
        """A mark between a component's title and its body."""
        return self._mark("s", None)

    def close(self):
        """A mark where the innermost open component ends."""
        return self._mark("c", None)

    def _mark(self, kind, content):
        self._kept.append(content)
        return f"\ue000{self._key}{kind}{len(self._kept) - 1}\ue001"

    def fill(self, html, render_component):
        """Clean `html`, and put at each mark what it stands for.

        `render_component(name, title, body, **parameters)` gives a component's HTML. The result is safe HTML.
        """
        html = re.sub(rf">\ue000{self._key}a(\d+)\ue001", lambda match: f" {self._kept[int(match[1])]}>", sanitise(html))
        parts = re.split(rf"\ue000{self._key}([a-z])(\d+)\ue001", html)
        stack = [(None, {}, "", [parts[0]])]
        for kind, index, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            content = self._kept[int(index)]
            if kind == "o":
                stack.append((*content, "", []))
            elif kind == "s" and len(stack) > 1:
                name, parameters, _, title = stack.pop()
                stack.append((name, parameters, "".join(title), []))
            elif kind == "c" and len(stack) > 1:
                name, parameters, title, body = stack.pop()
                done = render_component(name, mark_safe(title.strip()), mark_safe("".join(body).strip()), **parameters)
                stack[-1][3].append(done)
            elif kind == "m":
                stack[-1][3].append(content)
            stack[-1][3].append(text)
        return mark_safe("".join("".join(body) for *_, body in stack))


def json_for_script(data):
    """`data` (of dicts, lists, strings, numbers) as JSON that may stand within a `<script>`: nothing in it ends the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES))

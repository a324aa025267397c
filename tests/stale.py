"""Publishes over and over while readers keep two servers busy, and looks whether any of them shows what was before.

Usage: python tests/stale.py [PUBLISHES] [sqlite | postgres]. Each server has two processes; with PostgreSQL they share a Redis.
Needs PostgreSQL and Redis on this machine for the second (STALE_DATABASE and STALE_CACHE name others).
"""

import http.client
import itertools
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.load import request_bytes
from tests.serving import ROOT, environment, manage, site

HEADERS = {"Host": "clinic.example", "X-Forwarded-Proto": "https"}
SHOWN_ON = ("/topics/dry-needling/", "/topics/", "/feed.xml")


@contextmanager
def database(kind, folder):
    """The variables of a site with one of the databases, which is gone afterwards."""
    if kind == "sqlite":
        yield {}
        return
    base = os.environ.get("STALE_DATABASE", "postgres://postgres@127.0.0.1:5432")
    cache = os.environ.get("STALE_CACHE", "redis://127.0.0.1:6379/9")
    name = f"stale_{os.getpid()}"
    subprocess.run(["psql", "-q", f"{base}/postgres", "-c", f"CREATE DATABASE {name}"], check=True)
    try:
        yield {"DATABASE_URL": f"{base}/{name}", "CACHE_URL": cache}
    finally:
        subprocess.run(["psql", "-q", f"{base}/postgres", "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True)


@contextmanager
def readers(ports, seconds=3600):
    """Keep servers busy with the page that is published while the block runs."""
    request = request_bytes(SHOWN_ON[0], accept_encoding="br")
    started = []
    for port in ports:
        command = [sys.executable, str(ROOT / "tests" / "load.py"), str(port), "2", str(seconds), "-1"]
        reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        reader.stdin.write(request)
        reader.stdin.close()
        started.append(reader)
    try:
        yield
    finally:
        for reader in started:
            reader.kill()
            reader.wait()


def get(port, path, **more):
    """The status, the body and the ETag of an address, by a connection of its own: any process of the server may answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=HEADERS | more)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body, response.headers["ETag"]


def publisher():
    """A function that publishes the hub under another title; the process becomes one of the site."""
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from education.models import Topic  # noqa: PLC0415
    from education.publishing import live_document, save  # noqa: PLC0415

    staff, _ = get_user_model().objects.get_or_create(username="stale", is_staff=True, is_superuser=True)

    def publish(title):
        page = Topic.objects.get(slug="dry-needling")
        save(document=live_document(page).changed(title=title), page=page, by=staff)

    return publish


def measure(publishes, ports, publish):
    """How many answers after a publish were of before it; prints each."""
    etags, stale = {}, 0
    for number in range(publishes):
        title = f"Needles {number} of {publishes}"
        publish(title)
        for port, path in itertools.product(ports[::-1] if number % 2 else ports, SHOWN_ON):
            known = {"If-None-Match": etags[port, path]} if (port, path) in etags else {}
            status, body, etags[port, path] = get(port, path, **known)
            if status != 200 or title.encode() not in body:
                stale += 1
                sys.stdout.write(f"stale: publish {number}, {path} of port {port}: {status}\n")
                sys.stdout.flush()
    return stale


def main(publishes, kind):
    """Print one line; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as chosen, ExitStack() as stack:
        env = environment(folder, **chosen, WEB_CONCURRENCY="2")
        manage(env, "migrate")
        manage(env, "import_content")
        manage(env, "collectstatic", "--noinput")
        ports = [stack.enter_context(site(env, workers=2))[0] for _ in range(2)]
        os.environ.update(env)
        publish = publisher()
        stack.enter_context(readers(ports))
        began = time.monotonic()
        stale = measure(publishes, ports, publish)
        asked = publishes * len(ports) * len(SHOWN_ON)
        sys.stdout.write(
            f"{kind}: {publishes:,} publishes under load, {asked:,} next answers of 2 servers, {stale} stale, "
            f"{time.monotonic() - began:.0f} s\n"
        )
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1000, sys.argv[2] if sys.argv[2:] else "sqlite"))

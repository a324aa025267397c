"""A full disk, a busy database, an absent cache, a stuck log: saves are refused plainly, pages come (F04, F05, F10, F20)."""

import contextlib
import os
import random
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from functools import partial

import psycopg
import pytest
import redis

from tests.bench import make_content
from tests.corpus.pictures import make_picture
from tests.faults.kills import postgres
from tests.faults.server import TOKEN, Readers, Site, running, wait_for
from tests.serving import free_port, manage

REFUSED = "What you typed is kept in this browser."


def disk(folder, count):
    """F04: the disk is full; a save, an upload, an answer and a backup are refused, pages come, and all works once freed."""
    with tmpfs(folder / "var") as var, running(var, TMPDIR=str(var)) as site:
        paths = site.pages()
        for round_ in range(count):
            assert site.get("/admin/", staff=True)[0] == 200  # notes that the login was used, while there is room
            fill(var / "ballast")
            with Readers(site.get, paths, count=2) as readers:
                status, text = save_until_refused(site)
                assert (status, REFUSED in text or "try again" in text) == (503, True), (status, text[:300])
                status, text = upload(site)
                assert (status, "its disk may be full" in text) == (400, True), (status, text[:300])
                status, text, _ = site.ask("POST", "/feedback/topics/dry-needling/", "helpful=yes", **FORM)
                assert (status, "try again" in text) == (503, True), (status, text[:300])
                backup_is_refused(site)
            assert not readers.failed, readers.failed[:5]
            assert len(readers.seconds) > 20
            (var / "ballast").unlink()
            word = f"word{round_}"
            assert site.save(word)[0] == 302, "it does not work again"
            assert upload(site)[0] == 200
            site.check([word])
        assert not list(var.rglob("*.part"))
    return f"{count} times full: all refused plainly, pages came, all worked again without a restart"


def busy(folder, count):
    """F05: a long import holds the database; readers feel nothing, a save waits 5 s and is then refused plainly."""
    with running(folder) as site:
        with locked(site):
            # The first request of this login in two minutes: that it was used cannot be written down.
            assert site.get("/admin/", staff=True)[0] == 200
        return _busy(site, count, partial(locked, site))


def database_busy(folder, count):
    """F05 with PostgreSQL: the import holds the pages that it changes."""
    with postgres(folder) as server, running(folder / "site", DATABASE_URL=server.url) as site:
        return _busy(site, count, partial(pages_locked, server))


def _busy(site, count, holding):
    waited, paths = [], site.pages()[:20]
    for number in range(count):
        assert site.get("/admin/", staff=True)[0] == 200
        with holding(), Readers(site.get, paths, count=2) as readers:
            began = time.monotonic()
            status, text = site.save(f"word{number}")
            waited.append(time.monotonic() - began)
        assert (status, REFUSED in text) == (503, True), (status, text[:300])
        assert not readers.failed, readers.failed[:5]
        assert site.save(f"again{number}")[0] == 302
    slowest = max(readers.seconds)
    return f"{count} times: refused after {max(waited):.1f} s at the most, the slowest read {slowest:.2f} s"


def large_import(folder, pages):
    """F05: many pages are imported at once while people read; nobody waits long."""
    make_content(folder / "content", pages)
    with running(folder) as site:
        paths = [*site.pages()[:20], "/search/?q=pain"]
        with Readers(site.get, paths, count=2) as readers:
            manage(site.env, "import_content", folder / "content")
        assert not readers.failed, readers.failed[:5]
        assert max(readers.seconds) < 5
    return f"{pages:,} pages: {len(readers.seconds)} reads meanwhile, none failed, the slowest {max(readers.seconds):.2f} s"


@contextmanager
def locked(site):
    """The database as an import holds it."""
    with closing(sqlite3.connect(site.folder / "site.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def pages_locked(server):
    """The same with PostgreSQL."""
    with psycopg.connect(server.url) as other:
        other.execute("SELECT 1 FROM education_glossaryterm FOR UPDATE")
        yield
        other.rollback()


def logs(folder, count):
    """F20: where the log goes to is full, gone, or taken in by nobody; the server starts, answers and saves as ever."""
    site = Site(folder)
    site.fill()
    for place in (full_log, gone_log, stuck_log):
        with place() as log:
            site.start(log=log)
            try:
                # Each is a line in the log, and together they are more than a pipe holds.
                assert {site.get(f"/none/{number}/", timeout=10)[0] for number in range(count)} == {404}
                assert site.save(place.__name__)[0] == 302
            finally:
                site.stop()
    site.check([place.__name__ for place in (full_log, gone_log, stuck_log)])
    return f"{count} lines each into a full disk, into nothing and into a pipe that nobody reads: all requests were answered"


@contextmanager
def full_log():
    with open("/dev/full", "w") as log:
        yield log


@contextmanager
def gone_log():
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


@contextmanager
def stuck_log():
    read, write = os.pipe()
    yield write
    os.close(write)
    os.close(read)


def cache(folder, count):
    """F10: Redis is stopped, hung, or holds or speaks garbage: every page comes, at most 0.3 s slower."""
    with redis_server() as (port, process):
        site = Site(folder, CACHE_URL=f"redis://127.0.0.1:{port}/0")
        site.fill()
        plain = read_cold(site)
        garbage = redis.Redis(port=port)
        found = {"up": read_cold(site)}
        assert garbage.dbsize() > 5
        for key in garbage.scan_iter():
            garbage.set(key, random.Random(3).randbytes(200))
        found["full of garbage"] = read_cold(site)
        process.send_signal(signal.SIGSTOP)
        found["hung"] = read_cold(site)
        process.kill()
        process.wait()
        found["stopped"] = read_cold(site)
        with nonsense(port):
            found["speaking nonsense"] = read_cold(site)
    slower = {name: max(there - before for there, before in zip(seconds, plain, strict=True)) for name, seconds in found.items()}
    assert max(slower.values()) <= 0.3, slower
    return "every page 200; slower by at most " + ", ".join(f"{seconds:.2f} s ({name})" for name, seconds in slower.items())


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def read_cold(site):
    """Seconds for each page on a server that has just started, the least of four starts: other work counts less."""
    runs = []
    for _ in range(4):
        site.start(workers=1)
        try:
            runs.append([read(site, path) for path in PAGES])
        finally:
            site.stop()
    return [min(each) for each in zip(*runs, strict=True)]


PAGES = (
    "/", "/topics/", "/topics/dry-needling/", "/topics/when-to-get-help/", "/conditions/", "/conditions/headaches/",
    "/faqs/", "/glossary/", "/packets/", "/search/?q=headache", "/feed.xml", "/topics/trigger-points/?print=large",
)  # fmt: skip


def read(site, path):
    began = time.monotonic()
    status, _text = site.get(path)
    assert status == 200, (path, status)
    return time.monotonic() - began


def save_until_refused(site):
    """What fits into the last free bytes of a page of the file may still be saved."""
    for number in range(20):
        status, text = site.save(f"full{number} " + "word " * 2000)
        if status != 302:
            break
    return status, text


def upload(site):
    """Send a picture as the editor does."""
    picture = make_picture("PNG", size=(900, 700), color=(200, 10, 10))
    boundary = "-" * 20 + "fault"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    body = head.encode() + picture + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-CSRFToken": TOKEN}
    return site.ask("POST", "/admin/editor/upload/", body, staff=True, **headers)[:2]


def backup_is_refused(site):
    with pytest.raises(RuntimeError, match="no backup was made"):
        manage(site.env, "backup")


def fill(path):
    """Write a file until the disk is full."""
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"\0" * size):
                    pass
    assert os.statvfs(path).f_bavail == 0


@contextmanager
def tmpfs(folder, size="40m"):
    """A disk of its own, small. Needs root."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def redis_server():
    """A Redis of the test's own; gives its port and its process."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    wait_for(port)
    try:
        yield port, process
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGCONT)
            process.kill()
            process.wait()


@contextmanager
def nonsense(port):
    """Something on a port that is no Redis."""
    with socket.create_server(("127.0.0.1", port)) as server:
        threading.Thread(target=_talk, args=(server,), daemon=True).start()
        yield


def _talk(server):
    while True:
        try:
            connection, _ = server.accept()
            connection.sendall(b"\x00HTTP/1.1 418 \xff\xfe\r\n" * 40)
            connection.close()
        except OSError:
            return

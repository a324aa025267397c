"""What must go on while the site runs: rolling restarts (F19), a worker that hangs or is killed (F16), backups during writes
(F14), senders that are slow (S41)."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from tests.faults.server import HOST, Editor, Readers, running, wait_for
from tests.serving import ROOT, children, free_port

OPTIONS = ("admin off", "auto_https disable_redirects", "local_certs", "skip_install_trust")
WRITER = """
import itertools
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from education.images import add_picture, remove_picture
from education.models import Condition
from education.publishing import live_document, save
from tests.corpus.pictures import make_picture
staff, _ = get_user_model().objects.get_or_create(username="writer", is_staff=True, is_superuser=True)
data, pictures = make_picture(size=(500, 4)), []
for number in itertools.count():
    page = Condition.objects.all()[number % 8]
    save(document=live_document(page).changed(evidence_summary=f"As number {number} says."), by=staff, page=page)
    pictures.append(add_picture(ContentFile(data, "picture.png")))
    if len(pictures) > 5:
        remove_picture(pictures.pop(0))
    if number == 0:
        print("writing", flush=True)
"""
BACKUPS = """
import json, pathlib, tarfile
from operations.backup import make_backup
from operations.restore import check
folder = pathlib.Path(FOLDER)

def of_one_moment(path):
    # Each page shows the last text that was saved; the table of another moment would hold a later one.
    with tarfile.open(path) as tar:
        def rows(name):
            columns, *found = map(json.loads, tar.extractfile(f"rows/education.{name}.jsonl"))
            return [dict(zip(columns, row)) for row in found]
        last = {row["page"]: row["id"] for row in rows("revision")}
        return all(row["revision_id"] == last[f"en/conditions/{row['slug']}"] for row in rows("condition"))

rows, missing = [], 0
for number in range(COUNT):
    path, manifest = make_backup(folder)
    rows.append(manifest["tables"]["education.revision"]["rows"])
    with path.open("rb") as stream:
        check(stream)
    assert of_one_moment(path), "the backup holds tables of several moments"
    missing += len(manifest["missing"])
    path.unlink()
assert rows == sorted(rows), "a later backup holds less"
saved = rows[-1] - rows[0]
print(f"{COUNT} backups while {saved} texts were saved: all restored, all whole; {missing} pictures removed meanwhile")
"""


def backups(folder, count):
    """F14: a backup is consistent while pages and pictures are written; each one is proved by restoring it."""
    with running(folder) as site:
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c"]
        with (folder / "writer.log").open("w") as log:
            writer = subprocess.Popen([*command, WRITER], env=site.env, stdout=subprocess.PIPE, stderr=log)
            assert writer.stdout.readline(), (folder / "writer.log").read_text()
            try:
                made = BACKUPS.replace("FOLDER", repr(str(folder / "backups"))).replace("COUNT", str(count))
                done = subprocess.run([*command, made], env=site.env, capture_output=True, text=True, check=False)
                assert done.returncode == 0, (done.returncode, done.stdout[-300:], done.stderr[-3000:])
                assert writer.poll() is None, (writer.poll(), (folder / "writer.log").read_text()[-3000:])
            finally:
                writer.kill()
                writer.wait()
    return done.stdout.strip()


def rolling(folder, count):
    """F19: new code comes in (kill -HUP) while people read and save through the proxy; no request fails."""
    port = free_port()
    with running(folder) as site, caddy(folder, port, site.port):
        paths = site.pages()
        editor = Editor(site)

        def through_proxy(path):
            return _tls_get(port, path)

        editor.start()
        with Readers(through_proxy, paths) as readers:
            for _ in range(count):
                time.sleep(1)
                os.kill(site.process.pid, signal.SIGHUP)
                time.sleep(3)
        editor.stop()
        assert not readers.failed, readers.failed[:5]
        assert not editor.failed, editor.failed[:5]
        site.check(editor.saved)
    return f"{count} restarts, {len(readers.seconds)} reads and {len(editor.saved)} saves, none failed"


def workers(folder, count):
    """F16: one of two workers hangs, or is killed as by a machine without memory: the other answers, a new one comes."""
    port, back = free_port(), {signal.SIGSTOP: [], signal.SIGKILL: []}
    # Less than Caddy goes on trying for, so that also who has asked the one that hangs is answered by another.
    with running(folder, GUNICORN_CMD_ARGS="--timeout 5") as site, caddy(folder, port, site.port):
        with Readers(partial(_tls_get, port), site.pages()) as readers:
            for _ in range(count):
                for signal_, seconds in back.items():
                    time.sleep(1)
                    seconds.append(_until_replaced(site.process.pid, signal_))
        assert not readers.failed, readers.failed[:5]
    hung, killed = (max(seconds) for seconds in back.values())
    return (
        f"{count} times: one that hangs is replaced after {hung:.1f} s (5 s are set), one that is killed after {killed:.1f} s; "
        f"{len(readers.seconds)} reads, none failed, the slowest {max(readers.seconds):.1f} s"
    )


def _until_replaced(server, signal_):
    """Send a worker a signal; gives the seconds until there is another one in its place."""
    began, (gone, other) = time.monotonic(), children(server)
    os.kill(gone, signal_)
    while not (set(children(server)) - {gone, other} and gone not in children(server)):
        assert time.monotonic() - began < 30, "it is not replaced"
        time.sleep(0.02)
    return time.monotonic() - began


def slow(folder, count):
    """S41: many send a form, or its head, and never the end of it; who else asks through the proxy is answered as ever."""
    port = free_port()
    with running(folder) as site, caddy(folder, port, site.port):
        paths = [*site.pages()[:20], "/search/?q=pain"]

        def read_all():
            assert {_tls_get(port, path)[0] for path in paths} == {200}

        took = [_seconds_beside(count, partial(_tls_connect, port), start, read_all) for start in (_FORM, _FORM[:40])]
        # What must fail, to show that this is a fault: the same without the proxy.
        alone = partial(socket.create_connection, ("127.0.0.1", site.port))
        with pytest.raises(TimeoutError):
            _seconds_beside(2 * count, alone, _FORM, lambda: [site.get(path, timeout=5) for path in paths])
    return f"{count} slow senders: {len(paths)} pages for others in {max(took):.1f} s; the app alone answers nobody meanwhile"


_FORM = (
    f"POST /feedback/topics/dry-needling/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000\r\n\r\nhelpful=yes&"
)


def _seconds_beside(count, connect, start, ask):
    """How long `ask` takes while on so many connections the start of a request was sent, and no more."""
    with ExitStack() as senders:
        for _ in range(count):
            senders.enter_context(connect()).sendall(start.encode())
        time.sleep(1)
        began = time.monotonic()
        ask()
        return time.monotonic() - began


@contextmanager
def caddy(folder, port, upstream):
    """Caddy with the configuration that ships, its own authority and a high port."""
    assert shutil.which("caddy"), "apt-get install caddy"
    env = {
        **os.environ,
        "SITE_URL": f"https://{HOST}:{port}",
        "UPSTREAM": f"127.0.0.1:{upstream}",
        "CADDY_OPTIONS": "\n".join(OPTIONS) + f"\nstorage file_system {folder}/caddy",
        "HOME": str(folder),
    }
    command = ["caddy", "run", "--config", str(ROOT / "deploy/Caddyfile"), "--adapter", "caddyfile"]
    with (folder / "caddy.log").open("w") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        wait_for(port)
        _wait_for_certificate(port, folder)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_certificate(port, folder):
    for _ in range(100):
        try:
            if _tls_get(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((folder / "caddy.log").read_text()[-2000:])


def _context():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _tls_connect(port):
    return _context().wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=HOST)


def _tls_get(port, path):
    connection = _To(HOST, port, context=_context(), timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()


class _To(http.client.HTTPSConnection):
    """A connection to this machine under another name."""

    def connect(self):
        host, self.host = self.host, "127.0.0.1"
        http.client.HTTPConnection.connect(self)
        self.host = host
        self.sock = self._context.wrap_socket(self.sock, server_hostname=host)

"""Servers as production runs them, for benches and tests of several processes: in a folder of their own, on a free port."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://clinic.example"


def environment(folder, **more):
    """The variables of a production site that keeps everything in `folder`."""
    given = {
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings.production",
        "SITE_URL": SITE_URL,
        "SECRET_KEY": "a key for benches and tests that is long enough, 0123456789abcdef",
        "VAR_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    unset = ("DATABASE_URL", "CACHE_URL", "BIND", "ALLOWED_HOSTS", "DEBUG", "MEDIA_ROOT")
    return {name: value for name, value in os.environ.items() if name not in unset} | given | more


def manage(env, *arguments):
    """Run a management command; what it prints goes nowhere, unless it fails."""
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def gunicorn(env, *options, cpu=None, workers=1):
    """A server on a free port while the block runs; gives the port and the ids of its workers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers), *options]
    log = Path(env["VAR_DIR"]) / f"gunicorn-{port}.log"
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        _wait(server, port, log)
        found = children(server.pid)
        for pid in [server.pid, *found] if cpu is not None else ():
            os.sched_setaffinity(pid, {cpu})
        yield port, found
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def site(env, **options):
    """Our site, by its own configuration."""
    return gunicorn(env, "--config", "clinic_site/gunicorn.py", **options)


def bare(env, app, **options):
    """One of the applications of `tests/bare.py`, served the same way."""
    env = env | {"BARE_KEY": secrets.token_hex()}
    given = ("--worker-class", "gthread", "--threads", "4", "--keep-alive", "75", "--no-control-socket")
    return gunicorn(env, *given, f"tests.bare:{app}", **options)


def memory(pid):
    """The resident memory of a process, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def processor_time(pid):
    """The seconds of a processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(server, port, log):
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server did not start:\n{log.read_text()}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                # Answered only once a worker is there.
                probe.sendall(
                    b"GET /healthz HTTP/1.1\r\nHost: clinic.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
                )
                probe.settimeout(20)
                if probe.recv(12):
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer:\n{log.read_text()}")


def children(pid):
    """The ids of the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

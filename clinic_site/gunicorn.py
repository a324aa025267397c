"""How gunicorn serves the site: `gunicorn --config clinic_site/gunicorn.py`, or `make serve`.

Behind a proxy that speaks TLS. `kill -HUP` starts new workers with new code, and lets the old ones finish what they do.
"""

import ctypes
import gc
import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
TEMPLATES = BASE_DIR / "templates"
sys.path.insert(0, str(BASE_DIR))

from clinic_site import env  # noqa: E402 - found there

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings.production")

wsgi_app = "clinic_site.wsgi:application"
chdir = str(BASE_DIR)
with env.or_exit():
    bind = env.text("BIND", f"127.0.0.1:{env.integer('PORT', 8000, least=1)}")
    workers = env.integer("WEB_CONCURRENCY", min(4, (os.cpu_count() or 1) + 1), least=1)

# A worker is a process with threads: pages mostly wait for nothing, and what waits (an upload, a PDF) leaves others room.
worker_class = "gthread"
threads = 4

# One heap for all of them: glibc would make several, which keep some MB more, and Python lets one thread work at a time.
_M_ARENA_MAX = -8
with suppress(AttributeError):  # another C library
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)

# On PostgreSQL: nobody waits for others' locks longer than on SQLite, and no question takes a thread for long. Commands may.
os.environ.setdefault("PGOPTIONS", "-c lock_timeout=5s -c statement_timeout=30s")

# A worker that hangs is replaced; one that served much makes room for a fresh one, not all at once.
timeout = 60
graceful_timeout = 30
keepalive = 75  # longer than the proxy's, so that it is the proxy who ends a connection
max_requests = 1_000_000
max_requests_jitter = 200_000
# Its heartbeat is a file in memory: else a slow disk would look like a worker that hangs.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108

# No header of a request, not even the proxy's, moves the site to another path; Django reads X-Forwarded-Proto itself.
forwarder_headers = ""
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190

# What people read is in no log (S50): errors only.
accesslog = None
control_socket_disable = True


def on_starting(server):
    """Refuse to start where something is missing or unsafe; the checks say what, and which variable sets it."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"]
    # That all is well is told nobody: where logs are kept may be full.
    if subprocess.run(command, cwd=BASE_DIR, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603 - our own command
        sys.exit("The site was not started: see above.")


def when_ready(server):
    """Go on where whoever takes the log in has stopped: a line is lost then, and no thread waits for ever to write one."""
    kind = os.fstat(sys.stderr.fileno()).st_mode
    if stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind):  # a terminal would be the shell's too
        os.set_blocking(sys.stderr.fileno(), False)


def post_worker_init(worker):
    """Load the public pages' templates, so that an update that lays newer ones beside a worker's code changes nothing for it.

    What is loaded now is also no garbage later: to look it through again and again would be a tenth of what a page costs.
    """
    from django.template.loader import get_template  # noqa: PLC0415 - Django is ready only now

    for path in TEMPLATES.rglob("*.html"):
        name = path.relative_to(TEMPLATES)
        if name.parts[0] != "admin":
            get_template(name.as_posix())
    gc.collect()
    gc.freeze()

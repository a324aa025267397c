"""The print view of a page as a tagged PDF (ISO 14289-1, PDF/UA-1), made by WeasyPrint in a process of its own."""

import json
import mimetypes
import os
import subprocess
import sys
import time
from ctypes.util import find_library
from importlib.util import find_spec
from multiprocessing import Pipe
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage

PAPERS = ("letter", "a4")
STYLES = "css/pdf.css"
MOST_SECONDS = 45

_DRAWING = Path(__file__).with_name("drawing.py")
_LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
_TYPES = {"text/css", "image/svg+xml", "image/png", "image/jpeg", "image/webp"}
# What fonts are found by; nothing secret goes along.
_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LD_LIBRARY_PATH",
    "XDG_CACHE_HOME",
    "XDG_DATA_DIRS",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)

# A PDF takes seconds of a processor: however many are asked for, one process makes one at a time.
_making = Lock()


class PdfFailed(Exception):  # noqa: N818 - it says what it is
    """No PDF came of it; the log says why."""


def can_make_pdf():
    """Whether WeasyPrint and the libraries that it draws with are here; they are looked for and not loaded."""
    return find_spec("weasyprint") is not None and all(map(find_library, _LIBRARIES))


def make_pdf(html, address, *, paper="letter", files=None):
    """The PDF of a page: its title, language and headings become the document's title, language and bookmarks.

    `html` is what a browser would get at `address`, a path of this site; it is laid out as for print, on one of `PAPERS`.
    `files` maps paths that the page refers to and that are no files to (bytes, media type). Gives None while this process
    is busy making another. Raises PdfFailed.
    """
    if not _making.acquire(blocking=False):
        return None
    try:
        styles = [_read_static(STYLES).decode(), f"@page {{ size: {paper} }}"]
        job = {"html": html, "base": settings.SITE_URL + address, "styles": styles}
        return _draw(json.dumps(job).encode(), SiteFiles(files or {}))
    finally:
        _making.release()


def _draw(job, files):
    ours, theirs = Pipe()
    with ours:
        with theirs:
            command = [sys.executable, "-I", str(_DRAWING), str(theirs.fileno())]
            environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            process = subprocess.Popen(  # noqa: S603 - our own script, and a number
                command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL
            )
        try:
            return _serve(ours, job, files)
        except (EOFError, OSError) as error:
            raise PdfFailed("the drawing process ended without a PDF") from error
        finally:
            process.kill()
            process.wait()


def _serve(connection, job, files):
    """Give the drawing process the job and the files that it asks for, until it gives the PDF."""
    ends_at = time.monotonic() + MOST_SECONDS
    connection.send_bytes(job)
    while connection.poll(max(0, ends_at - time.monotonic())):
        message = connection.recv_bytes()
        if message[:1] == b"=":
            return message[1:]
        try:
            data, kind = files.read(message[1:].decode())
        except (ValueError, OSError) as error:
            connection.send_bytes(b"\0" + str(error).encode())
        else:
            connection.send_bytes(kind.encode() + b"\0" + data)
    raise PdfFailed(f"the drawing process took more than {MOST_SECONDS} s")


class SiteFiles:
    """Static and uploaded files of this site from where they are kept, and nothing else: no network, no other file."""

    def __init__(self, made):
        self.made = made

    def read(self, url):
        """The bytes at an absolute address, and their type. Raises ValueError or OSError for what is not this site's."""
        path = unquote(urlsplit(url).path)
        kind = mimetypes.guess_type(path)[0]
        if not url.startswith(f"{settings.SITE_URL}/"):
            raise ValueError(f"{url} is not on this site")
        if path in self.made:
            return self.made[path]
        if kind not in _TYPES:
            raise ValueError(f"{url} is neither a picture nor a stylesheet")
        if path.startswith(settings.STATIC_URL):
            return _read_static(path.removeprefix(settings.STATIC_URL)), kind
        if path.startswith(settings.MEDIA_URL):
            with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
                return file.read(), kind
        raise ValueError(f"{url} is not a file of this site")


def _read_static(name):
    """The bytes of a static file: as it is edited, or by the name that `collectstatic` gave it."""
    found = finders.find(name)
    with open(found, "rb") if found else staticfiles_storage.open(name) as file:
        return file.read()

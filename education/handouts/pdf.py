"""The print view of a page as a tagged PDF (ISO 14289-1, PDF/UA-1), made by WeasyPrint.

Importing this raises ImportError or OSError on a server that lacks WeasyPrint or the libraries it draws with.
"""

import mimetypes
from threading import Lock
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

PAPERS = ("letter", "a4")
STYLES = "css/pdf.css"

_TYPES = {"text/css", "image/svg+xml", "image/png", "image/jpeg", "image/webp"}

# A PDF takes seconds of a processor: however many are asked for, one process makes one at a time.
_making = Lock()


def make_pdf(html, address, *, paper="letter", files=None):
    """The PDF of a page: its title, language and headings become the document's title, language and bookmarks.

    `html` is what a browser would get at `address`, a path of this site; it is laid out as for print, on one of `PAPERS`.
    `files` maps paths that the page refers to and that are no files to (bytes, media type). Gives None while this process
    is busy making another.
    """
    if not _making.acquire(blocking=False):
        return None
    try:
        fetcher = SiteFetcher(files or {})
        document = HTML(string=html, base_url=settings.SITE_URL + address, url_fetcher=fetcher)
        styles = [CSS(string=_read_static(STYLES).decode()), CSS(string=f"@page {{ size: {paper} }}")]
        return document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    finally:
        _making.release()


class SiteFetcher(URLFetcher):
    """Reads static and uploaded files of this site from where they are kept, and nothing else: no network, no other file."""

    def __init__(self, files):
        super().__init__(allowed_protocols=())
        self.files = files

    def fetch(self, url, headers=None):
        """The file at an absolute address. Raises ValueError for what is not this site's: the PDF is made without it."""
        path = unquote(urlsplit(url).path)
        kind = mimetypes.guess_type(path)[0]
        if not url.startswith(f"{settings.SITE_URL}/"):
            raise ValueError(f"{url} is not on this site")
        if path in self.files:
            data, kind = self.files[path]
        elif kind not in _TYPES:
            raise ValueError(f"{url} is neither a picture nor a stylesheet")
        elif path.startswith(settings.STATIC_URL):
            data = _read_static(path.removeprefix(settings.STATIC_URL))
        elif path.startswith(settings.MEDIA_URL):
            with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
                data = file.read()
        else:
            raise ValueError(f"{url} is not a file of this site")
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def _read_static(name):
    """The bytes of a static file: as it is edited, or by the name that `collectstatic` gave it."""
    found = finders.find(name)
    with open(found, "rb") if found else staticfiles_storage.open(name) as file:
        return file.read()

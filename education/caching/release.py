"""What names a rendered page: the state of the content, and the release that rendered it."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

_FOLDERS = ("clinic_site", "education", "templates", "static", "locale")
_SETTINGS = ("SITE_URL", "STATIC_URL", "MEDIA_URL", "LANGUAGE_CODE", "LANGUAGES", "STORAGES")


def page_key(version, day, place):
    """The name of the page at a place, as it is at a version of the content and on a day (a date), for this release.

    It also is the page's ETag: nobody without SECRET_KEY can make one up.
    """
    text = f"{version}\0{day}\0{place}"
    return hashlib.blake2b(text.encode(errors="surrogateescape"), key=_release(), digest_size=16).hexdigest()


@cache
def _release():
    """What decides how pages look beside their content: code, templates, styles, words, what is installed, settings."""
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32)
    base = Path(settings.BASE_DIR)
    files = [path for folder in _FOLDERS for path in (base / folder).rglob("*") if _counts(path)]
    for path in sorted([*files, *(base / "requirements").glob("base.txt")]):
        digest.update(f"{path.relative_to(base)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    for name in _SETTINGS:
        digest.update(f"{name}={getattr(settings, name)!r}\0".encode())
    return digest.digest()


def _counts(path):
    return path.is_file() and path.suffix != ".pyc"

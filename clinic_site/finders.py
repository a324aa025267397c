"""One stylesheet for the browser out of the many small files that people edit."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(settings.BASE_DIR) / "static" / "css" / "site.css"
NAME = "css/bundle.css"

_IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([\w-]+)\))?;')


class StylesheetBundleFinder(BaseFinder):
    """Offers `css/bundle.css`: `static/css/site.css` with every file it imports put in its place.

    It is a static file like any other to what serves, hashes and compresses them, and is made anew when a source changed.
    """

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundle")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        """Nothing can be configured wrongly."""
        return []

    def find(self, path, find_all=False, **kwargs):  # noqa: FBT002 - Django's signature
        """The bundle's place on disk, for its own name only."""
        if path != NAME:
            return []
        self._refresh()
        return [self.storage.path(NAME)] if find_all else self.storage.path(NAME)

    def list(self, ignore_patterns):
        """The bundle, for collectstatic."""
        self._refresh()
        yield NAME, self.storage

    def _refresh(self):
        target = Path(self.storage.path(NAME))
        css = bundle(SOURCE)
        if not target.exists() or target.read_text() != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_text(css)
            part.replace(target)


def bundle(path):
    """The text of a stylesheet with its imports in their places, each in its cascade layer, without comments."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    css = _IMPORT.sub(lambda match: _wrapped(bundle(path.parent / match[1]), match[2]), css)
    return re.sub(r"\s*\n\s*", "\n", css).strip()


def _wrapped(css, layer):
    return f"@layer {layer} {{\n{css}\n}}" if layer else css

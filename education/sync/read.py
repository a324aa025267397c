"""The files of a content folder, as bytes, with the page each is the text of."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from education.documents import COLLECTIONS, ContentError, Identity
from education.documents.identity import SLUG_RULE, is_slug
from education.documents.parse import FILE_MAX_BYTES

NOTES_FOR_WRITERS = "README.md"
# <language>/<collection>/<name>.md; a folder further down is out of place whatever it holds.
DEEPEST = 3


@dataclass(frozen=True)
class ContentBytes:
    """One file: the page it is the text of, its path for messages, its bytes."""

    identity: Identity
    path: str
    data: bytes


def path_of(identity):
    """Where a page's file stands below the content folder: `en/topics/dry-needling.md`, `clinic.md`."""
    if COLLECTIONS[identity.collection].singleton and identity.language == settings.LANGUAGE_CODE:
        return f"{identity.slug}.md"
    if COLLECTIONS[identity.collection].singleton:
        return f"{identity.language}/{identity.slug}.md"
    return f"{identity}.md"


def read_folder(folder, errors):
    """Every page's file below `folder` (a Path), sorted by path; what may not stand there is added to `errors`.

    Hidden files and README.md are passed over. Links, other names and other places are errors: nothing outside the
    folder is ever read.
    """
    root = Path(folder)
    if not root.is_dir():
        errors.append(_error(str(folder), "expected a folder with content"))
        return []
    found = []
    for path in _walk(root, errors):
        name = path.relative_to(root).as_posix()
        identity, expected = identify(name)
        shown = _shown(root, path)
        if identity is None:
            errors.append(_error(shown, expected))
            continue
        data = _read(path, shown, errors)
        if data is not None:
            found.append(ContentBytes(identity, shown, data))
    return found


def identify(name):
    """The page whose file has this path below the content folder: `(Identity, "")`, or `(None, what was expected)`."""
    parts = name.split("/")
    stem, dot, ending = parts[-1].partition(".")
    if dot + ending != ".md":
        return None, "expected a file name that ends in .md"
    if len(parts) <= 2 and stem in COLLECTIONS and COLLECTIONS[stem].singleton:
        language = parts[0] if len(parts) == 2 else settings.LANGUAGE_CODE
        if _is_language(language) and (len(parts) == 1 or language != settings.LANGUAGE_CODE):
            return Identity(language, stem, stem), ""
    folders = [name for name, collection in COLLECTIONS.items() if not collection.singleton]
    if len(parts) != 3 or not _is_language(parts[0]) or parts[1] not in folders:
        languages = "|".join(code for code, _ in settings.LANGUAGES)
        return None, f"expected the place {languages}/{'|'.join(folders)}/<name>.md below the content folder"
    if not is_slug(stem):
        return None, f"expected a file name of {SLUG_RULE}, then .md"
    return Identity(parts[0], parts[1], stem), ""


def _is_language(code):
    return code in dict(settings.LANGUAGES)


def _walk(root, errors, folder=None, depth=1):
    """The files below `root`, as Paths, sorted."""
    try:
        with os.scandir(folder or root) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        errors.append(_error(_shown(root, folder or root), f"expected a folder that can be read: {error.strerror}"))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or (depth == 1 and entry.name == NOTES_FOR_WRITERS):
            continue
        if entry.is_symlink():
            errors.append(_error(_shown(root, path), "expected a file or folder of its own, found a symbolic link"))
        elif not entry.is_dir():
            yield path
        elif depth < DEEPEST:
            yield from _walk(root, errors, path, depth + 1)
        else:
            errors.append(_error(_shown(root, path), "expected a page's file, found a folder"))


def _shown(root, path):
    """How messages name a file: below the content folder, and without anything that a terminal would act on."""
    name = path.relative_to(root.parent).as_posix() if root.name else path.as_posix()
    return name if name.isprintable() else ascii(name)


def _read(path, shown, errors):
    """The bytes of a file; opened so that a link put in its place meanwhile is not followed and a pipe not waited for."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                errors.append(_error(shown, "expected an ordinary file"))
                return None
            data = file.read(FILE_MAX_BYTES + 1)
    except OSError as error:
        errors.append(_error(shown, f"expected a file that can be read: {error.strerror}"))
        return None
    if len(data) > FILE_MAX_BYTES:
        errors.append(_error(shown, f"expected at most {FILE_MAX_BYTES:,} bytes"))
        return None
    return data


def _error(shown, expected):
    return ContentError(shown, 1, "file", expected)

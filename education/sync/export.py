"""Pages → files: the canonical text of every page, as it is live."""

import os
import tempfile
from contextlib import closing
from pathlib import Path

from education.documents import Identity
from education.models import PAGE_MODELS
from education.sync.apply import no_progress
from education.sync.read import path_of


def export_content(folder, *, progress):
    """Write every page's live text below `folder` (a Path); gives the paths of the files that changed, sorted.

    Files that hold the same already are left untouched, others are replaced whole, and none is ever deleted: a file
    whose page was renamed or deleted is for people to remove. `progress(items, label)` may show how far it is.
    Raises OSError where the folder cannot be written.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    with closing(content_files(progress=progress)) as files:  # its cursor too, where a file cannot be written
        return sorted(name for name, data in files if _replace(root, name, data))


def content_files(*, progress=no_progress):
    """Every page's file, as pairs of its path below the content folder and its bytes: the page's live text."""
    for model in PAGE_MODELS.values():
        pages = model.objects.exclude(revision=None).order_by("language", "slug")
        rows = pages.values_list("language", "slug", "revision__text")
        for language, slug, text in progress(rows.iterator(chunk_size=500), f"exporting {model.collection}"):
            yield path_of(Identity(language, model.collection, slug)), text.encode()


def _replace(root, name, data):
    path = root / name
    if path.parent.resolve() != root.resolve() / Path(name).parent or path.is_symlink():
        raise OSError(f"{path} is, or lies behind, a symbolic link; export writes only inside its own folder")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        part.write(data)
    try:
        os.chmod(part.name, 0o644)
        os.replace(part.name, path)
    except OSError:
        os.unlink(part.name)
        raise
    return True

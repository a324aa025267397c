"""A backup: one file that holds the whole site, but for its settings and the code (docs/adr/0014-backups.md)."""

import os
import subprocess
import tempfile
import tomllib
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from education.models import Picture
from operations import rows
from operations.archive import BackupError, Writer, may_hold
from operations.database import snapshot

PREFIX, SUFFIX = "site-", ".tar.gz"


def write_backup(stream):
    """Write a backup to a stream of bytes; gives its manifest. Raises BackupError, DatabaseError or OSError."""
    writer = Writer(stream)
    # Pictures first: one that is removed meanwhile may be shown by the pages of the moment that the snapshot holds.
    written = _write_media(writer, _files(""))
    with tempfile.TemporaryDirectory(prefix="backup-") as folder, snapshot(folder):
        migrations = applied_migrations(loader := MigrationLoader(connection))
        if not migrations:
            raise BackupError("there is no site yet: the database has no tables")
        apps = state_at(loader, migrations)
        needed = _named_by_rows(apps)
        written |= _write_media(writer, sorted(needed - written))
        tables = _write_rows(writer, apps, Path(folder))
    about = {"migrations": migrations, "tables": tables, "missing": sorted(needed - written)}
    return writer.finish({"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "release": _release(), **about})


def make_backup(folder):
    """Write a backup into a folder, for its owner's eyes only; gives its path and manifest.

    The file has its name once it is whole and on the disk; one that failed leaves nothing.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}{SUFFIX}"
    with _whole_or_not_at_all(path) as file:
        manifest = write_backup(file)
    return path, manifest


def keep_newest(folder, count):
    """Remove all but the newest backups of a folder."""
    for old in sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))[:-count]:
        old.unlink()


def applied_migrations(loader):
    """The last migrations that were applied, as {app: [names]}; raises BackupError where this release does not know them."""
    applied = set(loader.applied_migrations)
    strange = sorted(".".join(one) for one in applied - loader.graph.nodes.keys() if one[0] in loader.migrated_apps)
    if strange:
        raise BackupError(f"the database is of a newer release, which made {', '.join(strange)}; use that one")
    found = {}
    for one in sorted(applied & loader.graph.nodes.keys()):
        followers = {child.key for child in loader.graph.node_map[one].children if child.key[0] == one[0]}
        if not followers & applied:
            found.setdefault(one[0], []).append(one[1])
    return found


def state_at(loader, migrations):
    """The app registry as it was at some migrations ({app: [names]})."""
    return loader.project_state([(app, name) for app, names in migrations.items() for name in names]).apps


def _write_rows(writer, apps, folder):
    """Add every table; gives what the manifest says of each."""
    counts, path = {}, folder / "rows.jsonl"
    for label, model in rows.tables(apps).items():
        with path.open("wb") as file:
            file.writelines(rows.dump(model))
        with path.open("rb") as file:
            counts[label] = rows.digest(file)
            file.seek(0)
            writer.add(f"rows/{label}.jsonl", file, path.stat().st_size)
    return counts


def _named_by_rows(apps):
    """The files of all pictures."""
    pictures = apps.get_model("education", "Picture")._base_manager.values_list("name", "width")
    return {name for own, width in pictures for name in (own, *Picture(name=own, width=width).variants.values())}


def _write_media(writer, names):
    """Add uploaded files; gives the names of those that were there."""
    written = set()
    for name in names:
        if not may_hold(f"media/{name}"):  # put there by hand: the site gives no such names, and serves none
            continue
        try:
            with default_storage.open(name) as file:
                writer.add(f"media/{name}", file, file.size)
        except FileNotFoundError:  # removed just now
            continue
        written.add(name)
    return written


def _files(folder):
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}{name}" for name in sorted(names))
    for name in sorted(folders):
        yield from _files(f"{folder}{name}/")


def _release():
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    command = ["git", "-C", str(settings.BASE_DIR), "rev-parse", "--short", "HEAD"]
    try:
        commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - words of our own
    except (OSError, subprocess.CalledProcessError):
        return version
    return f"{version} ({commit})"


@contextmanager
def _whole_or_not_at_all(path):
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)

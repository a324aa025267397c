"""The file of a backup: a packed tar of tables, pictures and, last, a manifest that names each with its digest."""

import gzip
import hashlib
import io
import json
import re
import tarfile
import zlib
from pathlib import PurePosixPath

FORMAT = 1
MANIFEST = "manifest.json"
_MANIFEST = {"files": dict, "tables": dict, "migrations": dict, "missing": list, "made_at": str, "release": str}
_CHUNK = 1024 * 1024
_TABLE = re.compile(r"rows/[a-z0-9_]+\.[a-z0-9_]+\.jsonl")


class BackupError(Exception):
    """Why a backup cannot be made or used, in words for the person who runs the site."""


class Writer:
    """Writes a backup to a stream (bytes) from its beginning to its end; a stream that breaks off has no manifest."""

    def __init__(self, stream):
        self._packed = gzip.GzipFile("", "wb", compresslevel=6, fileobj=stream, mtime=0)
        self._tar = tarfile.TarFile(fileobj=self._packed, mode="w")
        self._files = {}

    def add(self, name, file, size):
        """Add `size` bytes of a file object."""
        reader = _Digesting(file)
        self._tar.addfile(_member(name, size), reader)
        self._files[name] = {"size": size, "sha256": reader.digest.hexdigest()}

    def finish(self, about):
        """Add the manifest: a dict of what else is to be known, and the digests."""
        text = json.dumps({"format": FORMAT, **about, "files": self._files}, indent=1, sort_keys=True).encode()
        self._tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
        self._tar.close()
        self._packed.close()
        return json.loads(text)


def may_hold(name):
    """Whether a file of this name may be in a backup: a table, an upload, the manifest, and none that leads elsewhere."""
    path = PurePosixPath(name)
    is_known = name == MANIFEST or _TABLE.fullmatch(name) or path.parts[:1] == ("media",)
    return bool(is_known) and not {"..", "\\"} & {*path.parts, *name}


def unpack(stream, folder):
    """Unpack a backup from a stream of bytes into a `Path`; gives its manifest. Raises BackupError.

    When it returns, all is there that the manifest names, nothing else, and every digest is right.
    """
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                found = {member.name: _unpack_one(tar, member, folder) for member in tar}
            packed.read()  # to its end, where the checksum of the whole is
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise BackupError(f"the backup cannot be read: {error}") from error
    if MANIFEST not in found:
        raise BackupError("the backup has no end: it was cut off while it was made or copied")
    del found[MANIFEST]
    manifest = _read_manifest(folder / MANIFEST)
    wrong = sorted(name for name in found.keys() | manifest["files"].keys() if found.get(name) != manifest["files"].get(name))
    if wrong:
        raise BackupError(f"the backup is damaged: {', '.join(wrong[:5])} is not what its manifest says")
    return manifest


def _read_manifest(path):
    try:
        manifest = json.loads(path.read_bytes())
        known = manifest["format"] == FORMAT
        complete = all(isinstance(manifest[name], kind) for name, kind in _MANIFEST.items())
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError("the manifest of the backup is damaged") from error
    if not complete:
        raise BackupError("the manifest of the backup is damaged")
    if not known:
        raise BackupError(f"the backup has format {manifest['format']}, of another release; this one reads format {FORMAT}")
    return manifest


def _unpack_one(tar, member, folder):
    if not member.isfile() or not may_hold(member.name):
        raise BackupError(f"the backup holds something that no backup holds: {member.name!r}")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    reader = _Digesting(tar.extractfile(member))
    with target.open("wb") as file:
        while chunk := reader.read(_CHUNK):
            file.write(chunk)
    return {"size": member.size, "sha256": reader.digest.hexdigest()}


def _member(name, size):
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class _Digesting:
    """A file object that keeps the digest of what was read from it."""

    def __init__(self, file):
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size=-1):
        data = self._file.read(size)
        self.digest.update(data)
        return data

"""F03: the power goes while people save. For thousands of moments, what a disk may then hold is made of what the site wrote."""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.faults.server import Site
from tests.serving import ROOT

SAVES = 20
SAVE = """
from django.contrib.auth import get_user_model
from django.db import connection
from education.models import GlossaryTerm
from education.publishing import save
from tests.publishing.words import new_text
with connection.cursor() as cursor:
    cursor.execute("{pragma}")
staff = get_user_model().objects.get(username="fault")
page = GlossaryTerm.objects.get(pk=1)
for number in range({saves}):
    save(document=new_text(page, body=f"A text that staff wrote.\\n\\nword{{number}}"), by=staff, page=page)
    page.refresh_from_db()
    print(f"saved word{{number}}", flush=True)
"""
SECTOR = 512

_CALL = re.compile(r'^(\w+)\((?:AT_FDCWD<[^>]*>, )?(?:\d+<([^>]*)>|"([^"]*)")(?:, "([^"]*)")?(.*)\) += \d')


def power(folder, count):
    """F03: whatever part of what was written last came to the disk, the site is whole and holds what was acknowledged."""
    assert shutil.which("strace"), "apt-get install strace"
    site = Site(folder)
    site.fill()
    moments, lost = _try(site, count, pragma="")
    assert not lost, lost[:3]
    # What must fail, to show that this is a fault: the same without waiting for the disk.
    _few, lost = _try(site, count // 20, pragma="PRAGMA synchronous=OFF")
    assert lost
    return f"{count} images of {moments} moments in {SAVES} saves: all whole, no save lost; without sync {len(lost)} not"


def _try(site, count, *, pragma):
    """The number of moments, and what is wrong with how many images of them."""
    file = site.folder / "site.sqlite3"
    disk, chance, wrong = Disk(file.parent, {file.name: file.read_bytes()}), random.Random(4), []
    calls = _record(site, pragma)
    saved = []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        for number, call in enumerate(calls):
            disk.take(call)
            if call[0] == "say":
                saved += re.findall(r"saved (\w+)", call[1])
            for _ in range((number + 1) * count // len(calls) - number * count // len(calls)):
                disk.leave(Path(place), chance)
                if found := _what_is_wrong(Path(place) / file.name, saved):
                    wrong.append((number, call[:2], found))
    return len(calls), wrong


def _record(site, pragma):
    """What a process that saves tells the disk to do, call by call."""
    log = site.folder / "calls"
    traced = "trace=openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
    script = SAVE.format(pragma=pragma or "SELECT 1", saves=SAVES)
    command = ["strace", "-y", "-xx", "-s", "1000000", "-e", traced, "-o", log]
    command += [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", script]
    subprocess.run(command, env=site.env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with log.open() as lines:
        return [call for line in lines if (call := _call(line, str(site.folder)))]


def _call(line, folder):
    """A call as (what, path or words, ...); None for one that is not for the folder."""
    if not (found := _CALL.match(line)):
        return None
    name, held, named, data, rest = found.groups()
    path = _bytes(held or named).decode(errors="replace")
    if name == "write":
        words = _bytes(data).decode(errors="replace")
        return ("say", words) if words.startswith("saved") else None
    if not path.startswith(folder):
        return None
    if name == "pwrite64":
        return "write", path, _bytes(data), int(rest.rpartition(", ")[2])
    if name == "openat":
        return ("create", path) if "O_CREAT" in rest else None
    if name == "ftruncate":
        return "truncate", path, int(rest.strip(", "))
    return {"fsync": "sync", "fdatasync": "sync", "unlink": "remove"}[name], path


def _bytes(text):
    return bytes.fromhex((text or "").replace("\\x", ""))


class Disk:
    """Files of a folder: what is on the disk for sure, and what was written since and may come there, or in part."""

    def __init__(self, folder, files):
        self.folder = str(folder)
        self.names = {f"{folder}/{name}": File(data) for name, data in files.items()}
        self.sure = dict(self.names)
        self.open = []  # names that came and went since the folder was synced

    def take(self, call):
        """Do what a call says."""
        what, path, *values = call
        if what == "create" and path not in self.names:
            self.names[path] = File(b"")
            self.open.append((path, self.names[path]))
        elif what == "remove":
            del self.names[path]
            self.open.append((path, None))
        elif what == "sync" and path == self.folder:
            self.sure, self.open = dict(self.names), []
        elif what == "sync":
            self.names[path].sync()
        elif what in ("write", "truncate"):
            self.names[path].open.append(values)

    def leave(self, place, chance):
        """Write into a place what the disk may hold after a cut just now."""
        names = self.sure | dict(self.open[: chance.randint(0, len(self.open))])
        for old in place.iterdir():
            old.unlink()
        for path, file in names.items():
            if file is not None:
                (place / Path(path).name).write_bytes(file.after_cut(chance))


class File:
    """What is on the disk of a file, and the writes (bytes and offset) and truncations (a size) that are not there for sure."""

    def __init__(self, data):
        self.sure, self.open = bytearray(data), []

    def sync(self):
        """All of it is on the disk."""
        for change in self.open:
            _apply(self.sure, *change)
        self.open = []

    def after_cut(self, chance):
        """The bytes after a cut: of what is not sure each sector came to the disk by a likelihood that is drawn once."""
        data, likelihood = bytearray(self.sure), chance.choice((0, 0.1, 0.5, 0.9, 1))
        for first, *offset in self.open:
            if not offset:
                if chance.random() < likelihood:
                    _apply(data, first)
                continue
            for start in range(0, len(first), SECTOR):
                if chance.random() < likelihood:
                    _apply(data, first[start : start + SECTOR], offset[0] + start)
        return data


def _apply(data, first, offset=None):
    if offset is None:
        del data[first:]
        data.extend(bytes(first - len(data)))
    else:
        data.extend(bytes(max(0, offset - len(data))))
        data[offset : offset + len(first)] = first


def _what_is_wrong(path, saved):
    """What a person would find wrong with a database file; "" where it is whole and holds what was saved."""
    try:
        with closing(sqlite3.connect(path)) as database:
            whole = database.execute("PRAGMA integrity_check").fetchall()
            ((body,),) = database.execute("SELECT body FROM education_glossaryterm WHERE id = 1")
            texts = database.execute("SELECT text FROM education_revision ORDER BY id").fetchall()
            ((entry,),) = database.execute("SELECT text FROM education_searchentry WHERE collection = 'glossary' AND page_id = 1")
    except (sqlite3.Error, ValueError) as error:
        return str(error)
    if whole != [("ok",)]:
        return whole[0][0]
    kept = {text.split()[-1] for (text,) in texts}
    if lost := [word for word in saved if word not in kept]:
        return f"lost {lost}"
    word = body.split()[-1]
    return "" if (texts[-1][0].split()[-1] == word and word in entry) or not saved else "half a save"

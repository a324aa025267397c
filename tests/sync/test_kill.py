"""kill -9 while an import runs: all of it is there or nothing, and the next run mends it (F02)."""

import os
import random
import shutil
import time
from dataclasses import replace

from tests.factories import make_document
from tests.sync.folders import write_all

KILLS = int(os.environ.get("KILLS", "10"))
SEED = int(os.environ.get("SEED", "0")) or random.randrange(1, 10**6)


def pages(body):
    """60 pages of five kinds, that name each other."""
    found = [make_document("sources", f"study-{n}", body=body) for n in range(10)]
    found += [make_document("conditions", f"condition-{n}", body=body, sources=(f"study-{n}",)) for n in range(10)]
    found += [
        make_document(slug=f"topic-{n}", body=body, parent="topic-0" if n else None, aliases=(f"old-{n}",)) for n in range(15)
    ]
    found += [
        make_document("faqs", f"question-{n}", body=body, topic=f"topic-{n}", conditions=("condition-1",)) for n in range(15)
    ]
    return found + [make_document("glossary", f"term-{n}", body=body) for n in range(10)]


def later_pages():
    """The same pages with every text changed, one of them moved, and some more."""
    found = pages("Changed. " * 200)
    moved = next(document for document in found if document.identity.slug == "topic-5")
    found.remove(moved)
    found.append(replace(moved, identity=moved.identity._replace(slug="moved")).changed(aliases=("old-5", "topic-5")))
    return found + [make_document("glossary", f"new-{n}", body="New.") for n in range(5)]


class Import:
    """An import that changes every page, and what is there before and after it."""

    def __init__(self, site, folder):
        self.site, self.folder = site, folder / "later"
        write_all(folder / "first", pages("Text. " * 200))
        write_all(self.folder, later_pages())
        site.run("import_content", folder / "first")
        self.saved = shutil.copy(site.file, folder / "saved.sqlite3")
        self.before, self.version = site.rows(), site.version()
        self.times = self.watch(site.start("import_content", self.folder))
        self.after = site.rows()
        assert self.before != self.after

    def watch(self, process):
        """Seconds from the start of a run to its first write, and to its end."""
        started, wrote = time.monotonic(), None
        while process.poll() is None:
            if wrote is None and self.is_writing():
                wrote = time.monotonic() - started
            time.sleep(0.0005)
        process.communicate()
        assert process.returncode == 0
        return wrote, time.monotonic() - started

    def is_writing(self):
        return any(self.site.file.with_name(f"site.sqlite3{ending}").exists() for ending in ("-journal", "-wal"))

    def kill(self, chance, *, in_transaction):
        """Run it anew and kill it at a random moment, of the whole run or of what follows the first write."""
        for left in self.site.var_dir.glob("site.sqlite3*"):
            left.unlink()
        shutil.copy(self.saved, self.site.file)
        process = self.site.start("import_content", self.folder)
        wrote, took = self.times
        if in_transaction:
            while process.poll() is None and not self.is_writing():
                time.sleep(0.0005)
        time.sleep(chance.uniform(0, took - wrote if in_transaction else took))
        process.kill()
        process.communicate()


class TestWhenAnImportIsKilled:
    def test_all_of_it_is_there_or_nothing_and_the_next_run_mends_it(self, running_site, tmp_path):
        """At whatever moment; the database is never damaged, and never holds half of the files."""
        chance = random.Random(SEED)
        run = Import(running_site, tmp_path)
        outcomes = []
        for number in range(KILLS):
            run.kill(chance, in_transaction=number % 2 == 0)
            found = running_site.rows()
            assert found in (run.before, run.after), f"half an import is there (SEED={SEED})"
            assert (running_site.version() == run.version) == (found == run.before), "kept pages would be the wrong ones"
            outcomes.append(found == run.after)
            running_site.run("import_content", run.folder)
            assert running_site.rows() == run.after
        print(f"{KILLS} kills: {outcomes.count(False)} left nothing, {outcomes.count(True)} all")  # noqa: T201

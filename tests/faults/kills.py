"""kill -9 of the app, of imports, restores and migrations, and of the database while people save (F01, F02, F11, F12, F18)."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.faults.server import Editor, Readers, Site, running, wait_for
from tests.serving import ROOT, environment, free_port, manage

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def app(folder, count):
    """F01: the server and its workers die at any moment; what was acknowledged is there, and it is back within 5 s."""
    chance, back, saved = random.Random(1), [], []
    with running(folder) as site:
        for number in range(count):
            editors = [Editor(site, f"word{number}e{one}x") for one in range(2)]
            for editor in editors:
                editor.start()
            time.sleep(chance.uniform(0.3, 2))
            site.kill()
            back.append(site.start())
            for editor in editors:
                editor.stop()
                saved += editor.saved
            site.check(saved)
    assert saved
    return f"{count} kills, {len(saved)} saves acknowledged, none lost; back after {_worst(back)}"


def imports(folder, count):
    """F02: an import dies at any moment; all of it is there or nothing (tests/sync/test_kill.py, more often)."""
    env = {**os.environ, "KILLS": str(count)}
    command = [sys.executable, "-m", "pytest", "-s", "tests/sync/test_kill.py"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return next(line for line in done.stdout.splitlines() if "kills:" in line).strip(". ")


def restores(folder, count):
    """A restore dies at any moment; the site is what it was, or what the backup holds, and whole."""
    chance, outcomes = random.Random(2), []
    site = Site(folder)
    site.fill()
    path = Path(manage(site.env, "backup").split()[-1])
    manage(site.env, "shell", "-v0", "-c", _LATER)
    live, kept = folder / "site.sqlite3", folder / "kept.sqlite3"
    shutil.copy(live, kept)
    began = time.monotonic()
    manage(site.env, "restore", path, "--yes")
    took = time.monotonic() - began
    for _ in range(count):
        for left in folder.glob("site.sqlite3*"):
            left.unlink()
        shutil.copy(kept, live)
        # The moment that counts is the copying at the end.
        killed(chance.uniform(took * 0.6, took), site.env, "restore", str(path), "--yes")
        site.check()
        terms = int(manage(site.env, "shell", "-v0", "-c", _COUNT))
        assert terms in (0, 1), "half a restore is there"
        outcomes.append(terms)
    return f"{count} kills: {outcomes.count(1)} left the site as it was, {outcomes.count(0)} the restored one"


_LATER = "from tests.factories import make_page; make_page('glossary', 'later-word')"
_COUNT = "from education.models import GlossaryTerm; print(GlossaryTerm.objects.filter(slug='later-word').count())"


def migrations(folder, count):
    """F18: making the tables dies at any moment; run again, it makes the rest of them."""
    left = []
    with postgres(folder) as server:
        for number in range(count):
            for place in ({}, {"DATABASE_URL": server.database(f"site{number}")}):
                env = environment(folder / f"site{number}", **place)
                (folder / f"site{number}").mkdir(exist_ok=True)
                killed(MIGRATING * (number + 1) / count, env, "migrate")
                left.append(manage(env, "showmigrations", "--plan").count("[ ]"))
                manage(env, "migrate", "--verbosity", "0")
                manage(env, "import_content", "--verbosity", "0")
                manage(env, "readiness")
    return f"{count} kills each on SQLite and PostgreSQL, which left {sorted(left)} to be done: all were done by the next run"


MIGRATING = 4  # seconds that it takes about


def killed(after, env, *arguments):
    """Run a management command and kill it after some seconds."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.kill()
    process.wait()


def database(folder, count):
    """F12: PostgreSQL is killed while people save and read; kept pages are shown meanwhile, saves work within 5 s again."""
    saved, back = [], []
    with postgres(folder) as server, running(folder / "site", DATABASE_URL=server.url) as site:
        paths = site.pages()[:20]
        for number in range(count):
            editor = Editor(site, f"word{number}x")
            editor.start()
            time.sleep(1.5)
            server.kill()
            editor.stop()
            saved += editor.saved
            server.start()
            began = time.monotonic()
            while site.save(f"after{number}")[0] != 302:
                assert time.monotonic() - began < 30, "nothing can be saved"
            back.append(time.monotonic() - began)
            saved.append(f"after{number}")
            site.check(saved)
        for path in paths * 15:  # each worker keeps them
            site.get(path)
        with Readers(site.get, paths, count=2) as readers:
            server.kill()
            time.sleep(5)
        server.start()
        assert not readers.failed, readers.failed[:5]
    kept = f"{len(readers.seconds)} reads of kept pages answered in 5 s without it"
    return f"{count} kills, {len(saved)} saves acknowledged, none lost; saving again after {_worst(back)}; {kept}"


def database_restart(folder, count):
    """F11: PostgreSQL is restarted while people read; nobody sees it."""
    with postgres(folder) as server, running(folder / "site", DATABASE_URL=server.url) as site:
        paths = site.pages()[:20]
        for path in paths * 15:
            site.get(path)
        with Readers(site.get, paths) as readers:
            for _ in range(count):
                server.restart()
                time.sleep(1)
        assert not readers.failed, readers.failed[:5]
        assert site.save("word")[0] == 302
    return f"{count} restarts, {len(readers.seconds)} reads, none failed, the slowest {max(readers.seconds):.2f} s"


class Postgres:
    """A PostgreSQL of the test's own, in a folder of its own."""

    def __init__(self, folder):
        self.folder, self.port = folder / "postgres", free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        folder.chmod(0o755)
        self.folder.mkdir()
        shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "-A", "trust", "-k", "--no-sync", "-D", self.folder)

    def run(self, name, *arguments):
        command = ["runuser", "-u", "postgres", "--", str(BIN / name), *map(str, arguments)]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def control(self, action):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.run("pg_ctl", "-w", "-m", "fast", "-D", self.folder, "-l", self.folder / "log", "-o", options, action)

    def database(self, name):
        """Make another database; gives its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url.removesuffix("postgres") + name

    def start(self):
        self.control("start")
        wait_for(self.port)

    def restart(self):
        self.control("restart")

    def kill(self):
        """kill -9, the server and all its processes."""
        pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            os.kill(one, signal.SIGKILL)
        time.sleep(0.3)


@contextmanager
def postgres(folder):
    """A PostgreSQL that runs while the block does."""
    server = Postgres(folder)
    (folder / "site").mkdir()
    server.start()
    try:
        yield server
    finally:
        server.control("stop")


def _worst(seconds):
    return f"{max(seconds):.1f} s at the most, {sorted(seconds)[len(seconds) // 2]:.1f} s mostly"

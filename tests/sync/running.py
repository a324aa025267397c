"""The site's commands as processes of their own, on a database that outlives them."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import quote

from django.conf import settings


class RunningSite:
    """Runs `manage.py` commands, on the database at `url` or on an SQLite file in `var_dir`."""

    def __init__(self, var_dir, url=""):
        self.var_dir = var_dir
        self.file = var_dir / "site.sqlite3"
        place = {"VAR_DIR": str(var_dir), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "clinic_site.settings.development"}
        self.environment = {**os.environ, **place}

    def start(self, *arguments):
        """Start a command; gives its process."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.environment, cwd=self.var_dir, **pipes)

    def run(self, *arguments, code=0):
        """Run a command to its end; gives what it printed to stdout and to stderr."""
        process = self.start(*arguments)
        printed = process.communicate(timeout=120)
        assert process.returncode == code, printed
        return printed

    def rows(self):
        """Every row of the site's tables in the SQLite file, without times and drawn numbers; it is checked for damage first."""
        found = {}
        connection = sqlite3.connect(self.file)
        try:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'education\\_%' ESCAPE '\\'"
            )
            for (table,) in tables.fetchall():
                names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
                columns = [name for name in names if not name.endswith("_at") and name != "token"]
                found[table] = sorted(map(repr, connection.execute(f'SELECT {", ".join(columns)} FROM "{table}"')))
        finally:
            connection.close()
        return found

    def version(self):
        """The version of the content in the SQLite file, by which kept pages are found."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute("SELECT SUM(token) FROM education_contentversion").fetchone()


def url_of(connection):
    """The address of a PostgreSQL database that tests are connected to."""
    held = connection.settings_dict
    return f"postgres://{quote(held['USER'])}:{quote(held['PASSWORD'])}@{held['HOST']}:{held['PORT']}/{held['NAME']}"

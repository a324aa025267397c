"""The two moments in which a backup and a restore need a database to hold still: SQLite's ways and PostgreSQL's."""

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, connections, transaction

SCRATCH = "clinic_restoring"
# Seconds to wait for those who read or write when a restored database takes the place of the other.
PATIENCE = 20


@contextmanager
def snapshot(folder):
    """In the block the database is as it was at one moment, whatever is written meanwhile.

    SQLite is copied into `folder` first, so that nobody who writes has to wait for more than that.
    """
    if connection.vendor == "sqlite":
        copy = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target, connection.wrap_database_errors:
            connection.connection.backup(target, sleep=0.02)
        with use(sqlite_file(copy)):
            check_file()
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def scratch(folder):
    """In the block the database is a new, empty one beside the site's own. Gives what puts it in the place of that one."""
    if connection.vendor == "sqlite":
        new, live = Path(folder) / "new.sqlite3", Path(connection.settings_dict["NAME"])
        with use(sqlite_file(new)):
            yield lambda: _copy_over(new, live)
    else:
        _execute(f"DROP SCHEMA IF EXISTS {SCRATCH} CASCADE", f"CREATE SCHEMA {SCRATCH}")
        ((schema,),) = _execute("SELECT current_schema()")
        live = connection.settings_dict
        own = {**live, "OPTIONS": {**live["OPTIONS"], "options": f"-c search_path={SCRATCH}"}}
        try:
            with use(type(connections["default"])(own, "default")):
                yield lambda: _move_tables(connection.ops.quote_name(schema))
        finally:
            _execute(f"DROP SCHEMA IF EXISTS {SCRATCH} CASCADE")


def check_file():
    """Raises DatabaseError where an SQLite file is damaged; PostgreSQL looks after its own files."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = cursor.fetchall()
        if found != [("ok",)]:
            raise DatabaseError(f"the database file is damaged: {found[0][0]}")


def count_rows():
    """Let the database see how much each of its indexes tells apart: else it goes through all pages to find a few.

    SQLite never looks by itself, PostgreSQL a minute later.
    """
    _execute("ANALYZE")


@contextmanager
def use(wrapper):
    """In the block, everything that asks for the default database gets another one."""
    own = connections["default"]
    connections["default"] = wrapper
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        wrapper.close()
        connections["default"] = own
        ContentType.objects.clear_cache()


def sqlite_file(path):
    """A connection to an SQLite file, which is made where there is none."""
    from django.db.backends.sqlite3.base import DatabaseWrapper  # noqa: PLC0415 - not loaded where nobody needs it

    config = connections.configure_settings({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}})
    return DatabaseWrapper(config["default"], "default")


def _copy_over(new, live):
    """By SQLite's own means: one transaction of the live file, which those who have it open see when it is whole."""
    with closing(sqlite3.connect(new)) as source, connection.wrap_database_errors:
        try:
            with closing(sqlite3.connect(live, timeout=PATIENCE)) as target:
                if target.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise sqlite3.DatabaseError
                source.backup(target, sleep=0.02)
                return
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # it is damaged, and may hold what no backup has
            live.rename(live.with_name(f"{live.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"))
        with closing(sqlite3.connect(live)) as target:
            source.backup(target)


def _move_tables(schema):
    """In one transaction; those who ask for a table meanwhile wait for a moment, then find the new one."""
    names = _execute(f"SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = '{SCRATCH}' ORDER BY 1")  # noqa: S608
    old = ", ".join(f"{schema}.{name}" for (name,) in names)
    with transaction.atomic():
        _execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'", f"DROP TABLE IF EXISTS {old} CASCADE")
        _execute(*(f"ALTER TABLE {SCRATCH}.{name} SET SCHEMA {schema}" for (name,) in names))


def _execute(*statements):
    """Execute statements; gives what the last one found."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []

"""How SQLite keeps pages safe (https://www.sqlite.org/wal.html, "the WAL-reset bug")."""

import sqlite3


def wal_is_safe(version):
    """Whether this SQLite (a tuple such as (3, 51, 3)) cannot lose committed pages in WAL mode."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def options():
    """Django's `OPTIONS` for SQLite.

    Transactions begin as IMMEDIATE, so that a writer waits its turn instead of failing on a lock upgrade.

    The journal is WAL only where the linked library is mended; elsewhere DELETE, which is slower with many writers and safe.
    EXTRA waits until the journal's end is on the disk too: else a cut of the power may take back a save that was acknowledged
    (https://www.sqlite.org/pragma.html#pragma_synchronous).

    What a transaction changes stays in memory up to 8,000 of SQLite's pages (32 MB; an import of some 1,500 of ours): writing it
    to the file before its end would lock out who reads.
    """
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=EXTRA; PRAGMA cache_spill=8000;",
    }

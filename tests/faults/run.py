"""Long tests of what happens when things break, on a site as production runs it: `make faults`.

python tests/faults/run.py [NAME[=COUNT] ...]; without names all of them run. Prints a line each; exit 1 when one fails. They
start servers of their own on free ports; some need root, Redis, PostgreSQL or Caddy on the machine, and say so.
"""

import sys
import tempfile
import time
import traceback
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.faults import kills, power, starved, steady

# What is done, and how often.
FAULTS = {
    "app": (kills.app, 30),
    "imports": (kills.imports, 200),
    "restores": (kills.restores, 20),
    "migrations": (kills.migrations, 8),
    "power": (power.power, 6000),
    "database": (kills.database, 40),
    "database-restart": (kills.database_restart, 5),
    "disk": (starved.disk, 3),
    "busy": (starved.busy, 3),
    "large-import": (starved.large_import, 1500),
    "database-busy": (starved.database_busy, 3),
    "logs": (starved.logs, 800),
    "cache": (starved.cache, 1),
    "rolling": (steady.rolling, 10),
    "backups": (steady.backups, 100),
    "workers": (steady.workers, 3),
    "slow": (steady.slow, 60),
}


def main(wanted):
    """Run the faults; gives the number that failed."""
    asked = dict(word.partition("=")[::2] for word in wanted) or dict.fromkeys(FAULTS, "")
    failed = 0
    for name, count in asked.items():
        fault, usual = FAULTS[name]
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"fault-{name}-", ignore_cleanup_errors=True) as folder:
            try:
                words = fault(Path(folder), int(count or usual))
            except (Exception, pytest.fail.Exception):  # noqa: BLE001 - the next one is run all the same
                failed += 1
                words = "FAILED\n" + traceback.format_exc()
        print(f"{name:>16}  {words} [{time.monotonic() - began:.0f} s]", flush=True)  # noqa: T201
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))

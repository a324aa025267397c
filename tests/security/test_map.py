"""docs/security.md tells of tests that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = {f"S{number:02}" for number in (*range(1, 8), *range(9, 43), 44, 45, 47, 48, 50, 51, 52)}
FAULTS = {f"F{number:02}" for number in (*range(1, 15), *range(16, 21))}


def test_every_requirement_has_its_line_and_every_test_is_there():
    rows = re.findall(r"^\| ([SF]\d\d) \| .+ \| ([^|]+) \|$", (ROOT / "docs/security.md").read_text(), re.MULTILINE)
    assert [number for number, _tests in rows] == [*sorted(REQUIREMENTS), *sorted(FAULTS)]
    for number, tests in rows:
        paths = re.findall(r"`([^`]+)`", tests)
        assert paths or tests == "not held", number
        assert [path for path in paths if not (ROOT / path).is_file()] == []

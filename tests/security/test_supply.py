"""S44, S45, S48, S02: what comes from elsewhere is locked, nothing asks elsewhere, no secret is in the repository."""

import re
import socket
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import NetworkCallError

ROOT = Path(__file__).resolve().parents[2]
LOCKED = sorted((ROOT / "requirements").glob("*.txt"))
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[baprs]-[A-Za-z0-9-]{10,}"
    r"|(?:postgres|redis|mysql)(?:ql)?://[^\s:/@'\"{}]+:(?!password@)[^\s@'\"{}$<]{6,}@"
)
IGNORED = {".git", ".venv", "var", "node_modules", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_dependency_is_locked_by_its_hash(path):
    """S45."""
    entries = re.split(r"\n(?=\S)", path.read_text().strip())
    assert len(entries) > 20
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in path.read_text()


def test_installs_take_nothing_else():
    installs = re.findall(r"pip install.*-r .*", (ROOT / "Makefile").read_text())
    assert installs
    assert all("--require-hashes" in line and "--only-binary :all:" in line for line in installs)


def test_the_sanitiser_is_mended():
    """S02: nh3 0.3 brings ammonia 4.1 and newer; what went round older ones is in RUSTSEC-2025-0071."""
    assert tuple(map(int, version("nh3").split(".")[:3])) >= (0, 3, 8)


def test_a_call_to_another_host_fails_the_test():
    """S44: what keeps the whole run from asking elsewhere works."""
    with socket.socket() as stranger, pytest.raises(NetworkCallError):
        stranger.connect(("192.0.2.1", 443))


def test_no_secret_is_in_the_repository():
    """S48."""
    files = [path for path in ROOT.rglob("*") if path.is_file() and not IGNORED & set(path.relative_to(ROOT).parts)]
    texts = {path: path.read_text(errors="ignore") for path in files if path.stat().st_size < 1_000_000}
    found = [str(path.relative_to(ROOT)) for path, text in texts.items() if SECRETS.search(text)]
    assert len(texts) > 100
    assert found == []

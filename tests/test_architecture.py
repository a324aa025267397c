"""The layers point one way, and files stay small enough to be read."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A room may import from the rooms above it in this list, and from itself; rooms in one line do not know each other.
LAYERS = [
    {"education.documents"},
    {"education.rendering"},
    {"education.models"},
    {"education.publishing"},
    {
        "education.sync",
        "education.caching",
        "education.checks",
        "education.images",
        "education.prose",
        "education.search",
        "education.feedback",
        "education.seo",
    },
    {"education.handouts", "education.health"},
    {"education.views"},
    {"education.admin"},
    {"accounts"},
    {"education.urls", "education.apps"},
    {"operations"},
    {"clinic_site"},
]
# Leaves: they may import anything, and nobody imports them.
LEAVES = {"education.management", "education.templatetags", "education.migrations"}

# Files that may be longer than 300 lines, each with its reason.
LONG_FILES = {}


def python_files():
    folders = ("education", "accounts", "operations", "clinic_site", "tests")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module):
    rooms = {room for layer in LAYERS for room in layer} | LEAVES
    return next((room for room in rooms if module == room or module.startswith(room + ".")), None)


def rank_of(room):
    return next(rank for rank, layer in enumerate(LAYERS) if room in layer)


def imports_of(source):
    """Every module that a source text imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def backward_imports(module, source):
    """The imports of a module that run against the layers."""
    room = room_of(module)
    for imported in imports_of(source):
        target = room_of(imported)
        if target is None or target == room or room in LEAVES:
            continue
        if target in LEAVES or rank_of(target) >= rank_of(room):
            yield f"{module} imports {imported}"


SITE_FILES = [path for path in python_files() if path.parts[len(ROOT.parts)] != "tests"]


class TestLayers:
    def test_every_file_stands_in_a_room(self):
        """A new package must say where in the layers it belongs."""
        homeless = [module_of(path) for path in SITE_FILES if room_of(module_of(path)) is None]
        assert homeless == ["education"]

    def test_imports_point_one_way(self):
        """A file imports only from layers before its own, also inside functions."""
        found = [line for path in SITE_FILES for line in backward_imports(module_of(path), path.read_text())]
        assert found == []

    @pytest.mark.parametrize(
        ("module", "source"),
        [
            ("education.documents.merge", "from education.models import Topic"),
            ("education.rendering.body", "def late():\n    from education.prose import render_prose"),
            ("education.models.page", "import education.publishing.actions"),
            ("education.sync.apply", "from education.prose import render_prose"),
            ("education.publishing.record", "from education.management.progress import Progress"),
        ],
    )
    def test_an_arrow_that_runs_back_is_found(self, module, source):
        assert list(backward_imports(module, source))

    @pytest.mark.parametrize("room", ["education/documents", "education/rendering"])
    def test_text_knows_no_database(self, room):
        imported = {name for path in (ROOT / room).glob("*.py") for name in imports_of(path.read_text())}
        assert not {name for name in imported if name.startswith(("django.db", "education.models"))}

    def test_models_know_django_and_each_other_only(self):
        imported = {name for path in (ROOT / "education/models").glob("*.py") for name in imports_of(path.read_text())}
        assert {name.split(".")[0] for name in imported} <= {"django", "education", "datetime"}
        assert {room_of(name) for name in imported} <= {None, "education.models"}


class TestFiles:
    def test_none_is_past_300_lines_without_a_reason(self):
        long = {path.relative_to(ROOT).as_posix() for path in python_files() if len(path.read_text().splitlines()) > 300}
        assert long == set(LONG_FILES)

    def test_only_the_sanitiser_declares_html_safe(self):
        """S07: text becomes HTML in one place; templates never switch escaping off."""
        code = [path for path in SITE_FILES if "mark_safe" in path.read_text() or "SafeString(" in path.read_text()]
        assert [path.relative_to(ROOT).as_posix() for path in code] == ["education/rendering/sanitise.py"]
        templates = list((ROOT / "templates").rglob("*.html"))
        assert templates
        assert [path for path in templates if "|safe" in path.read_text() or "autoescape" in path.read_text()] == []

    def test_none_names_a_package_registry(self):
        files = [ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / "requirements").iterdir(), *(ROOT / ".ci").iterdir()]
        hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "--index" + "-url http")
        assert [(path.name, host) for path in files for host in hosts if host in path.read_text()] == []

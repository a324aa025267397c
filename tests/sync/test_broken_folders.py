"""A folder with mistakes: every mistake is named, nothing is written, exit 1 (S42, F07)."""

import io
import os
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from education.documents import ContentErrors, serialize
from education.documents.parse import FILE_MAX_BYTES
from education.sync import import_content
from tests.factories import make_document, make_page, write_file
from tests.publishing.rows import all_rows
from tests.sync.folders import write_all

GOOD = serialize(make_document(body="Good."))


@pytest.fixture
def folder(tmp_path):
    """A content folder with one good page."""
    write_file(tmp_path / "content", GOOD)
    return tmp_path / "content"


def mistakes(folder, **options):
    """The mistakes of a folder; no row may have changed."""
    before = all_rows()
    with pytest.raises(ContentErrors) as found:
        import_content(folder, **options)
    assert all_rows() == before
    return [str(error) for error in found.value.errors]


def page(*lines, body="Body."):
    return "\n".join(["---", "title: T", "summary: S.", *lines, "---", "", body, ""])


# What stands in the folder, and the mistakes that are found in it.
BROKEN = {
    "en/topics/no-front-matter.md": ("Just text.", ["1: front matter: expected the first line to be ---"]),
    "en/topics/cut-off.md": ("---\ntitle: Cut", ["1: front matter: expected a closing line of ---"]),
    "en/topics/not-yaml.md": (page("parent: a: b"), ["4: front matter: expected 'key: value' lines"]),
    "en/topics/not-utf-8.md": (b"---\ntitle: caf\xe9\n---\n", ["2: file: expected text in UTF-8, found byte 0xe9"]),
    "en/topics/nul.md": (b"---\ntitle: a\0b\n---\n", ["2: file: expected plain text, found a NUL character"]),
    "en/topics/bidi.md": (
        page(body="a\u202eb"),
        ["6: file: expected plain text, found a bidirectional control character U+202E"],
    ),
    "en/topics/two-keys.md": (page("colour: red", "size: 3"), ["4: colour: expected one of", "5: size: expected one of"]),
    "en/topics/twice.md": (page("title: Again"), ["4: title: expected each key once"]),
    "en/topics/bomb.md": (page("aliases: &a [x]"), ["4: aliases: expected a plain value, found a YAML anchor"]),
    "en/topics/nested.md": (page("parent:", "  a: b"), ["5: parent: expected a value or a list, found nested keys"]),
    "en/topics/too-long.md": (page(f"reviewed_by: {'x' * 151}"), ["4: reviewed_by: expected at most 150 characters, found 151"]),
    "en/topics/too-big.md": (b"-" * (FILE_MAX_BYTES + 1), ["1: file: expected at most 167,936 bytes"]),
    "en/topics/empty.md": (page(body=""), ["5: body: expected text below the front matter"]),
    "en/conditions/bare.md": ("---\n---\nText.", ["1: evidence:", "1: evidence_summary:", "1: summary:", "1: title:"]),
    "en/sources/nowhere.md": ("---\ntitle: T\n---\n", ["1: url: expected a value for one of url, doi"]),
    "en/topics/orphan.md": (page("parent: nothing"), ["4: parent: expected the name of a page in topics, found 'nothing'"]),
    "en/topics/lists.md": (
        page("conditions:", "  - nothing", "sources:", "  - no-study"),
        ["5: conditions: expected the name of a page in conditions", "7: sources: expected the name of a page in sources"],
    ),
    "en/topics/self.md": (page("parent: self"), ["4: parent: expected a topic that does not stand below this one"]),
    "en/topics/round.md": (page("parent: and-round"), ["4: parent: expected a topic that does not stand below this one"]),
    "en/topics/and-round.md": (page("parent: round"), ["4: parent: expected a topic that does not stand below this one"]),
    "en/topics/links.md": (
        page(body="One\n[a](topic:nothing) and\n[b](topic:dry-needling#nothing)\n\n[c](#nothing) [d](/x) [e](page:x)"),
        [
            "7: body: expected a page that exists, found a link to 'topic:nothing'",
            "8: body: expected a section of that page, found 'topic:dry-needling#nothing'; it has no sections",
            "10: body: expected a link such as",
            "10: body: expected a section of this page",
            "10: body: expected one of home, ",
        ],
    ),
    "en/topics/cites.md": (
        page(body="Shown [@nothing]."),
        ["6: body: expected a source that exists, found a citation of 'nothing'"],
    ),
    "en/topics/cards.md": (page(body="::: info\nopen"), ["6: body: expected a line ':::' that ends the card 'info'"]),
    "en/topics/one-alias.md": (page("aliases: [shared]"), []),
    "en/topics/same-alias.md": (
        page("aliases: [a, shared]"),
        ["4: aliases: expected a name of its own; content/en/topics/one-alias.md"],
    ),
    "en/topics/page-alias.md": (
        page("aliases:", "  - dry-needling"),
        ["5: aliases: expected an old name; 'dry-needling' is the name"],
    ),
    "en/topics/own-alias.md": (page("aliases: [own-alias]"), ["4: aliases: expected an old name"]),
    "en/topics/Capital.md": (GOOD, ["1: file: expected a file name of small letters a-z"]),
    "en/topics/two--hyphens.md": (GOOD, ["1: file: expected a file name of small letters"]),
    f"en/topics/{'a' * 81}.md": (
        GOOD,
        ["1: file: expected a file name of small letters a-z, digits and single hyphens, at most 80"],
    ),
    "en/topics/notes.txt": ("Notes.", ["1: file: expected a file name that ends in .md"]),
    "en/topics/page.md.bak": (GOOD, ["1: file: expected a file name that ends in .md"]),
    "en/topics/README.md": (GOOD, ["1: file: expected a file name of small letters"]),
    "en/topics/deeper/page.md": (GOOD, ["1: file: expected a page's file, found a folder"]),
    "en/recipes/cake.md": (GOOD, ["1: file: expected the place en/topics|conditions|"]),
    "fr/topics/page.md": (GOOD, ["1: file: expected the place en/topics|conditions|"]),
    "en/page.md": (GOOD, ["1: file: expected the place en/topics|conditions|"]),
    "en/clinic.md": (GOOD, ["1: file: expected the place en/topics|conditions|"]),
    "en/clinic/clinic.md": (GOOD, ["1: file: expected the place en/topics|conditions|"]),
    "page.md": (GOOD, ["1: file: expected the place en/topics|conditions|"]),
}


@pytest.mark.django_db
class TestAFolderWithManyMistakes:
    def test_has_them_all_named_at_once_with_file_and_line(self, folder):
        """One failure does not hide the next; what is right beside them waits with them."""
        for name, (text, _) in BROKEN.items():
            write_file(folder, text, name)
        found = mistakes(folder)
        for name, (_, expected) in BROKEN.items():
            named = f"content/{Path(name).parent.as_posix() if 'deeper' in name else name}:"
            own = [line.removeprefix(named) for line in found if line.startswith(named)]
            assert len(own) == len(expected), (name, own)
            for line, start in zip(own, expected, strict=True):
                assert line.startswith(start), (name, line)
        assert len(found) == sum(len(expected) for _, expected in BROKEN.values())
        assert found == sorted(found, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))

    @pytest.mark.parametrize("name", [name for name, (_, expected) in BROKEN.items() if expected])
    def test_is_refused_for_each_of_them_alone(self, folder, name):
        make_page("conditions", "before")
        write_file(folder, BROKEN["en/topics/one-alias.md"][0], "en/topics/one-alias.md")
        write_file(folder, BROKEN[name][0], name)
        assert mistakes(folder)
        assert mistakes(folder, dry_run=True)

    def test_makes_the_command_end_with_exit_1(self, folder, running_site):
        for name, (text, _) in BROKEN.items():
            write_file(folder, text, name)
        errors = io.StringIO()
        with pytest.raises(CommandError, match=r"\d+ mistakes in .*content; nothing was imported") as ended:
            call_command("import_content", folder, stderr=errors)
        assert ended.value.returncode == 1
        before = running_site.rows()
        out, err = running_site.run("import_content", folder, code=1)
        assert running_site.rows() == before
        assert (out, err.splitlines()[:-1]) == ("", errors.getvalue().splitlines())
        assert err.splitlines()[-1] == f"CommandError: {ended.value}"


@pytest.mark.django_db
class TestAFolderWithWhatIsNoOrdinaryFile:
    def test_has_a_linked_file_refused(self, folder, tmp_path):
        """A link could show any file of the server on the site."""
        secret = write_file(tmp_path, GOOD, "secret.md")
        (folder / "en/topics/link.md").symlink_to(secret)
        assert mistakes(folder) == [
            "content/en/topics/link.md:1: file: expected a file or folder of its own, found a symbolic link"
        ]

    def test_has_a_linked_folder_refused(self, folder, tmp_path):
        write_file(tmp_path / "elsewhere", GOOD, "page.md")
        (folder / "en/conditions").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        (folder / "fr").symlink_to("/", target_is_directory=True)
        assert [line.split(": expected")[0] for line in mistakes(folder)] == [
            "content/en/conditions:1: file",
            "content/fr:1: file",
        ]

    def test_has_a_link_that_leads_nowhere_or_round_refused(self, folder):
        (folder / "en/topics/nowhere.md").symlink_to("nothing.md")
        (folder / "en/topics/round.md").symlink_to("round.md")
        assert len(mistakes(folder)) == 2

    def test_has_a_pipe_refused_without_waiting_for_it(self, folder):
        os.mkfifo(folder / "en/topics/pipe.md")
        assert mistakes(folder) == ["content/en/topics/pipe.md:1: file: expected an ordinary file"]

    def test_has_a_socket_refused(self, folder, monkeypatch):
        monkeypatch.chdir(folder / "en/topics")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.md")
            (line,) = mistakes(folder)
        assert line.startswith("content/en/topics/socket.md:1: file: expected a file that can be read: ")

    def test_has_a_folder_with_a_page_s_name_refused(self, folder):
        (folder / "en/topics/folder.md").mkdir()
        assert mistakes(folder) == ["content/en/topics/folder.md:1: file: expected a page's file, found a folder"]

    def test_is_not_walked_further_down_than_pages_stand(self, folder):
        """However deep it goes."""
        deep = "/".join(["en/topics", *["d"] * 500])
        os.makedirs(folder / deep)
        assert mistakes(folder) == ["content/en/topics/d:1: file: expected a page's file, found a folder"]

    @pytest.mark.parametrize(
        "name", [b"caf\xe9.md", b"a\nb.md", b"a\x1b[2J.md", "a\u202eb.md".encode(), b"..md", b" .md", b"a b.md"]
    )
    def test_has_an_odd_name_refused_and_shown_safely(self, folder, name):
        """A file's name may be any bytes; a message must neither fail on it nor act on the terminal."""
        path = os.path.join(os.fsencode(folder / "en/topics"), name)
        with open(path, "wb") as file:
            file.write(GOOD.encode())
        if name.startswith(b"."):
            import_content(folder)
            return
        (line,) = mistakes(folder)
        assert line.isprintable()
        assert "/en/topics/" in line
        errors = io.StringIO()
        with pytest.raises(CommandError):
            call_command("import_content", folder, stderr=errors)
        assert errors.getvalue().encode().strip() == line.encode()

    def test_has_hidden_files_and_the_notes_for_writers_passed_over(self, folder):
        for name in (".DS_Store", ".git/HEAD", "en/.swap", "en/topics/.page.md.part", "README.md"):
            write_file(folder, "Not a page.", name)
        assert import_content(folder).pages["created"] == ["en/topics/dry-needling"]


@contextmanager
def without_root():
    """As a user whom file permissions bind."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.django_db
class TestAFolderThatCannotBeRead:
    @pytest.fixture
    def shut(self):
        """A content folder that others may enter, unlike those below pytest's own."""
        with tempfile.TemporaryDirectory() as place:
            os.chmod(place, 0o755)
            write_file(Path(place) / "content", GOOD)
            yield Path(place) / "content"

    def test_because_of_one_file_is_refused(self, shut):
        os.chmod(shut / "en/topics/dry-needling.md", 0)
        with without_root():
            found = mistakes(shut)
        assert found == ["content/en/topics/dry-needling.md:1: file: expected a file that can be read: Permission denied"]

    def test_because_of_a_folder_is_refused(self, shut):
        os.chmod(shut / "en/topics", 0)
        with without_root():
            found = mistakes(shut)
        assert found == ["content/en/topics:1: file: expected a folder that can be read: Permission denied"]

    @pytest.mark.parametrize("name", ["nothing", "file"])
    def test_because_it_is_none_is_refused(self, tmp_path, name):
        (tmp_path / "file").write_text(GOOD)
        assert mistakes(tmp_path / name) == [f"{tmp_path / name}:1: file: expected a folder with content"]


@pytest.mark.django_db
class TestAFolderNamedAsOneStandsInIt:
    def test_is_read_and_its_mistakes_are_named_from_there(self, folder, monkeypatch):
        write_file(folder, "x", "en/topics/x.md")
        monkeypatch.chdir(folder)
        assert mistakes(".")[0].startswith("en/topics/x.md:1: ")
        monkeypatch.chdir(folder.parent)
        assert mistakes("content")[0].startswith("content/en/topics/x.md:1: ")


@pytest.mark.django_db
class TestPagesThatNameABrokenOne:
    def test_have_no_mistake_of_their_own(self, folder):
        """A writer mends one thing at a time."""
        write_file(folder, "broken", "en/topics/broken.md")
        write_all(folder, [make_document(slug="child", parent="broken", body="[It](topic:broken)")])
        assert [line.split(": ")[0] for line in mistakes(folder)] == ["content/en/topics/broken.md:1"]

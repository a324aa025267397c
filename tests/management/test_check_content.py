"""The command that checks a content folder."""

import pytest
from django.core.management import CommandError, call_command

from education.documents import serialize
from tests.checks.pages import make_condition, make_faq
from tests.factories import write_file


def run(folder, capsys, *arguments):
    """What the command prints, and its error or None."""
    error = None
    try:
        call_command("check_content", folder, *arguments)
    except CommandError as raised:
        error = str(raised)
    return capsys.readouterr(), error


@pytest.fixture
def folder(tmp_path):
    """A content folder with one page that keeps every rule."""
    write_file(tmp_path / "content", serialize(make_condition()), "en/conditions/back-pain.md")
    return tmp_path / "content"


class TestWholeContent:
    def test_ends_well(self, folder, capsys):
        output, error = run(folder, capsys)
        assert (output.out, error) == ("1 pages: 0 errors, 0 warnings\n", None)

    def test_says_nothing_when_asked_to_be_quiet(self, folder, capsys):
        assert run(folder, capsys, "--verbosity", "0")[0].out == ""


class TestBrokenContent:
    def test_an_error_is_printed_with_its_place_and_ends_with_1(self, folder, capsys):
        path = write_file(folder, serialize(make_faq("Yes.\n\nVictims of pain.")), "en/faqs/a-question.md")
        line = path.read_text().splitlines().index("Victims of pain.") + 1
        output, error = run(folder, capsys)
        assert f"content/en/faqs/a-question.md:{line}: rule 11, error: Do not write" in output.out
        assert error

    def test_a_finding_in_front_matter_stands_at_its_key(self, folder, capsys):
        text = serialize(make_faq("Yes.").changed(title="a" * 66))
        write_file(folder, text, "en/faqs/a-question.md")
        assert "content/en/faqs/a-question.md:2: rule 14, error" in run(folder, capsys)[0].out

    def test_a_warning_ends_with_1_only_when_strict(self, folder, capsys):
        write_file(folder, serialize(make_faq("It took three weeks.")), "en/faqs/a-question.md")
        output, error = run(folder, capsys)
        assert "rule 13, warning" in output.out
        assert error is None
        assert run(folder, capsys, "--strict")[1]

    def test_a_file_that_cannot_be_read_is_named(self, folder, capsys):
        write_file(folder, "no front matter", "en/faqs/a-question.md")
        output, error = run(folder, capsys)
        assert "content/en/faqs/a-question.md:1: front matter: expected" in output.err
        assert "nothing was checked" in error


class TestGrades:
    def test_lists_the_hardest_page_first(self, folder, capsys):
        hard = make_faq("Intramuscular stimulation necessitates considerable deliberation.", title="Difficulties?")
        write_file(folder, serialize(hard), "en/faqs/a-question.md")
        rows = run(folder, capsys, "--grades")[0].out.split("Grade:")[1].splitlines()[1:3]
        assert [row.split()[-1] for row in rows] == ["content/en/faqs/a-question.md", "content/en/conditions/back-pain.md"]

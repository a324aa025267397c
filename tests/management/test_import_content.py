"""`manage.py import_content`: what it prints, and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from education.documents import serialize
from tests.factories import make_document, write_file
from tests.sync.folders import write_all


def run(folder, **options):
    """What the command prints to stdout and to stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_content", folder, stdout=out, stderr=err, **options)
    return out.getvalue().splitlines(), err.getvalue()


@pytest.mark.django_db
class TestReport:
    def test_names_what_became_of_each_page_and_counts(self, tmp_path):
        write_all(tmp_path, [make_document(), make_document("conditions", "neck-pain")])
        assert run(tmp_path) == (
            ["    created  en/conditions/neck-pain", "    created  en/topics/dry-needling", "     2 created: new pages"],
            "",
        )

    def test_is_short_when_there_is_nothing_to_do(self, tmp_path):
        write_all(tmp_path, [make_document()])
        run(tmp_path)
        assert run(tmp_path) == (["     1 unchanged: the same"], "")
        assert run(tmp_path, verbosity=2)[0] == ["  unchanged  en/topics/dry-needling", "     1 unchanged: the same"]
        assert run(tmp_path, verbosity=0) == ([], "")

    def test_comes_also_where_the_database_is_busy_just_after(self, tmp_path):
        """Else people would take what was imported for refused; what is not done then only makes it quicker."""

        def busy(execute, sql, params, many, context):
            if sql == "ANALYZE":
                raise OperationalError("database is locked")
            return execute(sql, params, many, context)

        write_all(tmp_path, [make_document()])
        with connection.execute_wrapper(busy):
            assert run(tmp_path)[0][-1] == "     1 created: new pages"

    def test_of_an_empty_folder_says_so(self, tmp_path):
        assert run(tmp_path) == (["no pages"], "")

    def test_says_what_was_merged_and_what_waits(self, site):
        site.write(slug="other")
        site.run()
        site.edit(summary="Staff's.")
        site.edit(site.page("other"), summary="Staff's.")
        site.write(summary="File's.")
        site.write(slug="other", body="File's.", search_words=None)
        lines, _ = run(site.folder)
        assert lines == [
            "     merged  en/topics/other  (body, search_words)",
            "  suggested  en/topics/dry-needling  (summary)",
            "     1 merged: file and staff changed different parts",
            "     1 suggested: file and staff changed the same part; staff's text stays, decide in the admin",
        ]

    def test_says_what_is_kept_missing_and_unpublished(self, site):
        site.write(slug="other")
        site.run()
        site.edit(summary="Staff's.")
        site.remove("other")
        assert run(site.folder)[0] == [
            "       kept  en/topics/dry-needling",
            "    missing  en/topics/other",
            "     1 kept: edited by staff, to export",
            "     1 missing: removed from content/, the page stays",
        ]
        lines, _ = run(site.folder, unpublish_missing=True)
        assert "unpublished  en/topics/other" in lines
        assert "     1 unpublished: removed from content/, taken from the public" in lines

    def test_of_a_dry_run_says_that_it_is_one(self, tmp_path):
        write_all(tmp_path, [make_document()])
        dry, _ = run(tmp_path, dry_run=True)
        assert dry[0] == "Nothing is written; this would happen:"
        assert dry[1:] == run(tmp_path)[0]


@pytest.mark.django_db
class TestMistakes:
    @pytest.mark.parametrize(("count", "words"), [(1, "1 mistake in"), (2, "2 mistakes in")])
    def test_go_to_stderr_with_one_error_at_the_end(self, tmp_path, count, words):
        for number in range(count):
            write_file(tmp_path / "content", "x", f"en/topics/broken-{number}.md")
        out, err = io.StringIO(), io.StringIO()
        with pytest.raises(CommandError, match=f"{words} .*content; nothing was imported"):
            call_command("import_content", tmp_path / "content", stdout=out, stderr=err)
        assert out.getvalue() == ""
        assert err.getvalue().splitlines() == [
            f"content/en/topics/broken-{number}.md:1: front matter: expected the first line to be ---" for number in range(count)
        ]


class TestAsAProcess:
    def test_reads_the_content_of_the_site_and_is_silent_in_a_pipe(self, running_site, tmp_path):
        """Progress is for people at a terminal; a log file gets the report only."""
        write_file(tmp_path / "content", serialize(make_document()))
        running_site.environment["CONTENT_DIR"] = str(tmp_path / "content")
        out, err = running_site.run("import_content")
        assert (out.splitlines(), err) == (["    created  en/topics/dry-needling", "     1 created: new pages"], "")

    def test_ends_with_exit_1_for_a_folder_that_is_not_there(self, running_site):
        out, err = running_site.run("import_content", "nowhere", code=1)
        assert (out, err.splitlines()) == (
            "",
            ["nowhere:1: file: expected a folder with content", "CommandError: 1 mistake in nowhere; nothing was imported"],
        )

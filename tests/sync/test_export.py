"""Export writes the canonical text of every page, whole, and only where it was sent."""

import io
import os
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from education.documents import serialize
from education.models import Topic
from education.publishing import delete, live_document, save_draft
from tests.factories import make_document, make_page, write_file
from tests.publishing.rows import all_rows
from tests.sync.folders import export, files_in

pytestmark = pytest.mark.django_db
NAME = "en/topics/dry-needling.md"


class TestExport:
    def test_writes_every_page_where_import_looks_for_it(self, tmp_path):
        make_page()
        for collection in ("conditions", "faqs", "glossary", "sources", "packets"):
            make_page(collection, "x", status=None, publish_on=date(2999, 1, 1))
        make_page("clinic", "clinic")
        written = export(tmp_path)
        assert written == sorted(
            [NAME, "clinic.md", *(f"en/{name}/x.md" for name in ("conditions", "faqs", "glossary", "packets", "sources"))]
        )
        assert list(files_in(tmp_path)) == sorted(written)

    def test_writes_the_public_text_and_no_draft(self, tmp_path, staff):
        page = make_page(body="Public.")
        save_draft(document=make_document(body="Drafted."), by=staff, page=page)
        export(tmp_path)
        assert (tmp_path / NAME).read_text() == serialize(live_document(page))
        assert "Drafted." not in (tmp_path / NAME).read_text()

    def test_changes_no_row(self, tmp_path):
        make_page()
        before = all_rows()
        export(tmp_path)
        assert all_rows() == before

    def test_leaves_equal_files_untouched(self, tmp_path):
        """So that what changed is what tools and people see as changed."""
        make_page()
        make_page(slug="other")
        export(tmp_path)
        os.utime(tmp_path / NAME, (1, 1))
        os.utime(tmp_path / "en/topics/other.md", (1, 1))
        write_file(tmp_path, "Edited by hand.", "en/topics/other.md")
        assert export(tmp_path) == ["en/topics/other.md"]
        assert (tmp_path / NAME).stat().st_mtime == 1
        assert (tmp_path / "en/topics/other.md").stat().st_mtime > 1

    def test_deletes_nothing(self, tmp_path, staff):
        """A file whose page is gone is for people to remove."""
        delete(page=make_page(), by=staff)
        write_file(tmp_path, "Left.", NAME)
        write_file(tmp_path, "Notes.", "README.md")
        assert export(tmp_path) == []
        assert files_in(tmp_path) == {NAME: b"Left.", "README.md": b"Notes."}

    def test_makes_the_folder_and_lets_everyone_read_the_files(self, tmp_path):
        make_page()
        export(tmp_path / "new/folder")
        assert (tmp_path / "new/folder" / NAME).stat().st_mode & 0o777 == 0o644

    def test_passes_over_a_row_without_a_text(self, tmp_path):
        """What was saved past publishing has no revision, and no export will hold it."""
        Topic.objects.create(slug="odd", title="Odd", summary="Odd.")
        assert export(tmp_path) == []


class TestWhereExportMayNotWrite:
    @pytest.fixture
    def outside(self, tmp_path):
        make_page()
        (tmp_path / "content").mkdir()
        (tmp_path / "outside").mkdir()
        return tmp_path / "outside"

    def refused(self, folder):
        with pytest.raises(CommandError, match=r"cannot write .*content: ") as found:
            call_command("export_content", folder, stdout=io.StringIO())
        return str(found.value)

    @pytest.mark.parametrize("link", ["en", "en/topics"])
    def test_a_linked_folder_is_left_alone(self, outside, link):
        """A link in the content folder must not lead the writer out of it."""
        folder = outside.parent / "content"
        (folder / link).parent.mkdir(parents=True, exist_ok=True)
        (folder / link).symlink_to(outside, target_is_directory=True)
        assert "symbolic link; export writes only inside its own folder" in self.refused(folder)
        assert files_in(outside) == {}

    def test_a_linked_file_is_left_alone(self, outside):
        folder = outside.parent / "content"
        target = write_file(outside, "Not yours.", "target.md")
        (folder / "en/topics").mkdir(parents=True)
        (folder / NAME).symlink_to(target)
        assert "symbolic link" in self.refused(folder)
        assert target.read_text() == "Not yours."

    def test_a_folder_in_a_file_s_place_is_an_error_and_leaves_no_half_file(self, outside):
        folder = outside.parent / "content"
        (folder / NAME).mkdir(parents=True)
        assert "directory" in self.refused(folder)
        assert files_in(folder) == {}

    def test_a_pipe_in_a_file_s_place_is_replaced_without_waiting(self, outside):
        folder = outside.parent / "content"
        (folder / "en/topics").mkdir(parents=True)
        os.mkfifo(folder / NAME)
        assert export(folder) == [NAME]
        assert (folder / NAME).is_file()

    def test_a_file_in_a_folder_s_place_is_an_error(self, outside):
        folder = outside.parent / "content"
        write_file(folder, "A file.", "en")
        assert self.refused(folder)

    def test_the_folder_itself_may_be_a_link(self, outside):
        """Deployments name a release by one."""
        (outside.parent / "link").symlink_to(outside, target_is_directory=True)
        assert export(outside.parent / "link") == [NAME]
        assert list(files_in(outside)) == [NAME]

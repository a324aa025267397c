"""`manage.py export_content`: what it prints."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_page

pytestmark = pytest.mark.django_db


def run(folder, **options):
    out = io.StringIO()
    call_command("export_content", folder, stdout=out, **options)
    return out.getvalue().splitlines()


class TestExportContent:
    def test_names_the_files_that_changed(self, tmp_path):
        make_page()
        assert run(tmp_path) == ["    written  en/topics/dry-needling.md", "     1 written, the others were the same"]
        assert run(tmp_path) == ["     0 written, the others were the same"]
        assert run(tmp_path, verbosity=0) == []

    def test_needs_a_folder_that_it_can_write(self, tmp_path):
        make_page()
        (tmp_path / "file").write_text("A file.")
        with pytest.raises(CommandError, match=r"cannot write .*file: "):
            run(tmp_path / "file")

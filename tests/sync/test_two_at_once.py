"""Two imports at the same time, and an import while staff save: one waits for the other, and nothing is lost."""

import threading
import time

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from education.documents import serialize
from education.models import ContentFile, Revision, Topic
from education.publishing import live_document, save
from education.publishing.pages import locked
from education.sync import import_content
from tests.factories import make_document, write_file
from tests.sync.folders import write_all
from tests.sync.running import RunningSite, url_of

PAGES = [make_document(slug=f"topic-{number}", aliases=(f"old-{number}",)) for number in range(40)]


class TestTwoImportsAtTheSameTime:
    def test_take_turns_and_the_second_finds_nothing_to_do(self, running_site, tmp_path):
        write_all(tmp_path / "content", PAGES)
        runs = [running_site.start("import_content", tmp_path / "content") for _ in range(3)]
        printed = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [0, 0, 0], printed
        assert sorted("40 created" in out for out, _ in printed) == [False, False, True]
        rows = running_site.rows()
        assert [len(rows[f"education_{table}"]) for table in ("topic", "revision", "alias", "contentfile")] == [40, 40, 40, 40]

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="the test above is the same on SQLite")
    def test_take_turns_on_the_database_that_tests_use(self, transactional_db, tmp_path):
        write_all(tmp_path / "content", PAGES)
        site = RunningSite(tmp_path, url_of(connection))
        runs = [site.start("import_content", tmp_path / "content") for _ in range(3)]
        printed = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [0, 0, 0], printed
        assert sorted("40 created" in out for out, _ in printed) == [False, False, True]
        assert (Topic.objects.count(), Revision.objects.count(), ContentFile.objects.count()) == (40, 40, 40)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
class TestAnImportWhileStaffSave:
    def test_waits_and_keeps_what_they_saved(self, transactional_db, tmp_path):
        """The import read the page before staff saved it, and writes after."""
        staff = get_user_model().objects.create_superuser("staff")
        write_file(tmp_path, serialize(make_document(summary="Base.", body="Base.")))
        import_content(tmp_path)
        write_file(tmp_path, serialize(make_document(summary="Base.", body="File's.")))

        def run():
            import_content(tmp_path)
            connection.close()

        thread = threading.Thread(target=run)
        with transaction.atomic():
            page = locked(Topic, Topic.objects.get().pk)
            thread.start()
            time.sleep(0.5)
            save(document=live_document(page).changed(summary="Staff's."), by=staff, page=page)
        thread.join(timeout=30)
        page.refresh_from_db()
        assert (page.summary, page.body) == ("Staff's.", "File's.")

"""Import when pages and files have moved, were deleted, or were made by staff first."""

import pytest

from education.documents import ContentErrors, serialize
from education.models import Alias, ContentFile, Revision, Topic
from education.publishing import delete, live_document, restore, save
from tests.factories import make_document
from tests.publishing.rows import all_rows
from tests.sync.conftest import BASE, changed
from tests.sync.folders import export
from tests.sync.test_import_table import PAGE, found

pytestmark = pytest.mark.django_db


def again_writes_nothing(site):
    before = all_rows()
    report = site.run()
    assert all_rows() == before
    return found(report)


def mistakes(site):
    before = all_rows()
    with pytest.raises(ContentErrors) as wrong:
        site.run()
    assert all_rows() == before
    return str(wrong.value)


class TestWhenAFileIsRenamed:
    def rename(self, site, slug="moved", **changes):
        site.remove()
        return site.write(slug=slug, **{"aliases": ("dry-needling",), **changes})

    def test_the_page_moves_and_its_old_address_leads_to_it(self, site):
        file = self.rename(site, body="File's.")
        assert found(site.run()) == {"en/topics/moved": "updated"}
        assert site.live() == file
        assert site.page("dry-needling") == site.page("moved") == Topic.objects.get()
        assert Revision.objects.filter(page="en/topics/moved").count() == 2
        assert again_writes_nothing(site) == {"en/topics/moved": "unchanged"}

    def test_staff_s_edits_move_along(self, site):
        site.edit(summary="Staff's.")
        site.draft(body="Drafted.")
        self.rename(site)
        assert found(site.run()) == {"en/topics/moved": "merged"}
        page = site.page("moved")
        assert (page.summary, page.draft.page) == ("Staff's.", "en/topics/moved")
        assert again_writes_nothing(site) == {"en/topics/moved": "kept"}

    def test_twice_every_old_address_leads_to_it(self, site):
        self.rename(site)
        site.run()
        site.remove("moved")
        site.write(slug="third", aliases=("dry-needling", "moved"))
        site.run()
        assert {site.page(slug).slug for slug in ("dry-needling", "moved", "third")} == {"third"}
        assert again_writes_nothing(site) == {"en/topics/third": "unchanged"}

    def test_and_back_the_page_moves_back(self, site):
        self.rename(site)
        site.run()
        site.remove("moved")
        site.write(aliases=("moved",))
        site.run()
        assert Topic.objects.get().slug == "dry-needling"
        assert again_writes_nothing(site) == {PAGE: "unchanged"}

    def test_without_saying_so_it_is_another_page(self, site):
        """The old page stays, as for every file that is gone."""
        self.rename(site, aliases=None)
        assert found(site.run()) == {"en/topics/moved": "created", PAGE: "missing"}

    def test_and_staff_renamed_the_page_alike_nothing_else_is_written(self, site):
        site.edit(slug="moved")
        self.rename(site)
        assert found(site.run()) == {"en/topics/moved": "unchanged"}
        assert ContentFile.objects.get().slug == "moved"
        assert again_writes_nothing(site) == {"en/topics/moved": "unchanged"}

    def test_and_staff_renamed_the_page_unlike_staff_s_address_stays(self, site):
        site.edit(slug="needling")
        self.rename(site, body="File's.")
        site.run()
        assert (Topic.objects.get().slug, Topic.objects.get().body) == ("needling", "File's.")
        again_writes_nothing(site)

    def test_to_the_address_of_a_page_that_staff_deleted_the_page_moves_there(self, site):
        site.write(slug="moved")
        site.run()
        delete(page=site.page("moved"), by=site.staff)
        ContentFile.objects.filter(slug="moved").delete()
        site.remove("moved")
        self.rename(site)
        assert found(site.run()) == {"en/topics/moved": "updated"}


class TestWhenStaffRenamedThePage:
    @pytest.fixture
    def renamed(self, site):
        site.edit(slug="moved")
        return site

    def test_its_file_is_still_its_file(self, renamed):
        assert again_writes_nothing(renamed) == {"en/topics/moved": "kept"}
        assert Topic.objects.count() == 1

    def test_changes_of_its_file_are_taken(self, renamed):
        renamed.write(body="File's.")
        assert found(renamed.run()) == {"en/topics/moved": "merged"}
        page = Topic.objects.get()
        assert (page.slug, page.body, live_document(page).get("aliases")) == ("moved", "File's.", ("dry-needling",))
        assert again_writes_nothing(renamed) == {"en/topics/moved": "kept"}

    def test_its_exported_file_takes_the_place_of_the_old_one(self, renamed):
        assert export(renamed.folder) == ["en/topics/moved.md"]
        renamed.remove()
        assert found(renamed.run()) == {"en/topics/moved": "unchanged"}
        assert again_writes_nothing(renamed) == {"en/topics/moved": "unchanged"}

    def test_its_exported_file_beside_the_old_one_is_a_mistake(self, renamed):
        """Two files of one page would take turns for ever."""
        export(renamed.folder)
        assert "content/en/topics/moved.md:1: file: expected one file for a page; " in mistakes(renamed)

    def test_a_file_under_the_new_name_beside_the_old_one_is_a_mistake(self, renamed):
        renamed.write(slug="moved", body="Another.")
        assert "content/en/topics/dry-needling.md is the same page's" in mistakes(renamed)

    def test_and_made_another_one_at_the_old_address_the_file_stays_with_its_page(self, renamed):
        page = renamed.edit(Topic.objects.get(), aliases=None)
        other = save(document=changed(BASE, title="Another"), by=renamed.staff)
        renamed.write(body="File's.")
        assert found(renamed.run()) == {"en/topics/moved": "merged"}
        page.refresh_from_db()
        other.refresh_from_db()
        assert (page.body, other.body) == ("File's.", "Base.")
        again_writes_nothing(renamed)


class TestWhenStaffDeletedThePage:
    @pytest.fixture
    def deleted(self, site):
        delete(page=site.page(), by=site.staff)
        return site

    @pytest.mark.parametrize("changes", [{}, {"body": "File's."}])
    def test_import_does_not_bring_it_back(self, deleted, changes):
        """A deletion is an edit too."""
        deleted.write(**changes)
        report = deleted.run()
        assert found(report) == {PAGE: "kept"}
        assert report.details == {PAGE: "deleted by staff; remove its file, or restore the page"}
        assert not Topic.objects.exists()
        assert again_writes_nothing(deleted) == {PAGE: "kept"}

    def test_import_does_not_bring_it_back_under_another_name(self, deleted):
        deleted.remove()
        deleted.write(slug="moved", aliases=("dry-needling",))
        assert again_writes_nothing(deleted) == {PAGE: "kept"}

    def test_import_does_not_bring_it_back_after_a_rename(self, site):
        page = site.edit(slug="moved")
        delete(page=page, by=site.staff)
        assert again_writes_nothing(site) == {"en/topics/moved": "kept"}
        site.write(body="File's.")
        assert again_writes_nothing(site) == {"en/topics/moved": "kept"}

    def test_restored_it_is_its_file_s_page_again(self, deleted):
        restore(revision=Revision.objects.get(), by=deleted.staff)
        assert again_writes_nothing(deleted) == {PAGE: "kept"}
        deleted.write(body="File's.")
        assert found(deleted.run()) == {PAGE: "merged"}
        assert (Topic.objects.get().body, Topic.objects.get().status) == ("File's.", "draft")

    def test_and_removed_its_file_there_is_nothing_to_say(self, deleted):
        deleted.remove()
        deleted.write(slug="other")
        assert found(deleted.run()) == {"en/topics/other": "created"}

    def test_other_files_may_still_name_it(self, deleted):
        """A link to it is shown as text; the deploy goes on."""
        deleted.write(slug="other", parent="dry-needling", body="[It](topic:dry-needling)")
        assert found(deleted.run()) == {PAGE: "kept", "en/topics/other": "created"}
        assert Topic.objects.get().parent is None
        again_writes_nothing(deleted)

    def test_a_new_question_about_it_is_a_mistake(self, deleted):
        """A question cannot be without its topic."""
        deleted.write(make_document("faqs", "does-it-hurt"))
        assert "en/faqs/does-it-hurt:1: topic: expected a topic that exists, found 'dry-needling'" in mistakes(deleted)


class TestWhenStaffMadeThePageFirst:
    @pytest.fixture
    def made(self, site):
        site.staff_text = make_document(slug="new", summary="Staff's.", body="Same.")
        save(document=site.staff_text, by=site.staff)
        return site

    def test_without_a_file_it_is_left_alone(self, made):
        assert again_writes_nothing(made) == {PAGE: "unchanged"}

    def test_and_the_same_file_arrives_it_becomes_its_base(self, made):
        made.write(made.staff_text)
        revisions = Revision.objects.count()
        assert found(made.run())["en/topics/new"] == "unchanged"
        assert Revision.objects.count() == revisions
        assert ContentFile.objects.get(page="en/topics/new").text == serialize(made.staff_text)
        assert again_writes_nothing(made)["en/topics/new"] == "unchanged"

    def test_and_another_file_arrives_staff_stay_and_decide(self, made):
        made.write(made.staff_text, summary="File's.", position=7)
        report = made.run()
        assert (found(report)["en/topics/new"], report.details["en/topics/new"]) == ("suggested", "summary")
        page = made.page("new")
        assert (page.summary, page.position) == ("Staff's.", 7)
        assert again_writes_nothing(made)["en/topics/new"] == "suggested"

    def test_and_its_export_is_imported_nothing_but_the_base_is_written(self, made):
        export(made.folder)
        made.run()
        assert again_writes_nothing(made) == {PAGE: "unchanged", "en/topics/new": "unchanged"}


class TestOldNames:
    def test_of_an_unchanged_file_s_page_are_taken(self, site):
        """Also when that file is not read again."""
        site.write(aliases=("old",))
        site.run()
        site.write(slug="other", aliases=("old",))
        assert "content/en/topics/other.md" in mistakes(site)

    def test_of_an_unchanged_file_s_page_cannot_be_a_page_s_only_one(self, site):
        site.write(aliases=("old",))
        site.write(slug="other")
        site.run()
        site.write(slug="other", aliases=("old",))
        assert (
            "en/topics/other:1: aliases: expected a name of its own; 'old' is an old address of en/topics/dry-needling"
            in mistakes(site)
        )

    def test_may_go_to_another_page_in_one_import(self, site):
        site.write(aliases=("old",))
        site.write(slug="other")
        site.run()
        site.write()
        site.write(slug="other", aliases=("old",))
        assert found(site.run()) == {PAGE: "updated", "en/topics/other": "updated"}
        assert Alias.objects.get().target == "other"

    def test_of_a_page_that_went_into_another_lead_there_once_it_is_deleted(self, site):
        """Two pages made one: the second's file is gone, its name an old name of the first's."""
        site.write(slug="other")
        site.run()
        site.remove("other")
        site.write(aliases=("other",))
        assert found(site.run()) == {PAGE: "updated", "en/topics/other": "missing"}
        delete(page=Topic.objects.get(slug="other"), by=site.staff)
        assert site.page("other").slug == "dry-needling"


class TestTopicsInACircle:
    def test_over_a_file_that_did_not_change_is_a_mistake(self, site):
        site.write(slug="child", parent="dry-needling")
        site.run()
        site.write(parent="child")
        expected = "content/en/topics/dry-needling.md:7: parent: expected a topic that does not stand below this one"
        assert mistakes(site) == expected

    def test_over_a_topic_that_staff_moved_is_a_mistake(self, site):
        """Each side is right alone."""
        site.write(slug="other")
        site.run()
        site.edit(parent="other")
        site.write(slug="other", parent="dry-needling")
        assert "content/en/topics/other.md:7: parent: expected a topic that does not stand below this one" in mistakes(site)
        site.write(body="File's.")
        assert "en/topics/other:1: parent: expected a topic that does not stand below this one" in mistakes(site)


class TestWhatIsLiveAlready:
    def test_is_imported_even_where_a_new_file_would_be_refused(self, site):
        """Staff may save a link to nothing (they are warned); their export must not stop the next deploy."""
        site.edit(body="[Nothing](topic:nothing)")
        export(site.folder)
        assert found(site.run()) == {PAGE: "unchanged"}
        site.write(body="[Nothing](topic:nothing) either")
        assert "expected a page that exists, found a link to 'topic:nothing'" in mistakes(site)

"""Two texts that stand against each other: nothing is lost, and one button ends it."""

from dataclasses import replace

import pytest

from education import publishing
from education.documents import serialize
from education.models import ContentFile, Topic
from education.models.page import today
from education.publishing import live_document, staff_document
from education.sync import export_content, import_content
from education.sync.apply import no_progress
from tests.admin.filled import change_url, open_form, press, typed, url
from tests.factories import make_page, write_file

pytestmark = pytest.mark.django_db


class TestTwoEditors:
    def collide(self, browser, page):
        mine = typed(open_form(browser, page), body="Mine.", title="My title")
        press(browser, page, "_publish", body="Theirs.", note="Saved first")
        mine.pop("_publish")
        return browser.post(change_url(page), {**mine, "_publish": "1"}, follow=True)

    def test_the_second_is_refused_and_loses_nothing(self, staff_client):
        page = make_page(body="Old.")
        response = self.collide(staff_client, page)
        html = response.content.decode()
        assert all(text in html for text in ("Mine.", "Theirs.", "Saved first", "staff"))
        page.refresh_from_db()
        assert page.body == "Theirs."

    @pytest.mark.parametrize(("choice", "draft"), [("keep", None), ("take", "Mine.")])
    def test_is_decided_by_one_button(self, staff_client, choice, draft):
        page = make_page(body="Old.")
        response = self.collide(staff_client, page)
        screen = response.redirect_chain[-1][0]
        staff_client.post(screen, {choice: "1", "based_on": response.context["present"].pk})
        page.refresh_from_db()
        assert page.body == "Theirs."
        assert (staff_document(page).body if page.draft else None) == draft
        assert any("Mine." in version.text for version in publishing.history(page))

    def test_a_third_text_saved_meanwhile_is_not_overwritten(self, staff_client):
        page = make_page(body="Old.")
        response = self.collide(staff_client, page)
        press(staff_client, page, "_save_draft", body="Third.")
        staff_client.post(response.redirect_chain[-1][0], {"take": "1", "based_on": response.context["present"].pk})
        page.refresh_from_db()
        assert staff_document(page).body == "Third."

    def test_or_by_editing_both_in_one(self, staff_client):
        page = make_page(body="Old.", title="Old title")
        response = self.collide(staff_client, page)
        merge = response.context["merge_url"]
        form = staff_client.get(merge).content.decode()
        assert "My title" in form
        press(staff_client, page, "_publish", query=merge.partition(change_url(page))[2], body="Theirs and mine.")
        page.refresh_from_db()
        assert (page.title, page.body, page.draft) == ("My title", "Theirs and mine.", None)

    def test_editing_a_page_that_another_deletes(self, staff_client, staff):
        page = make_page("topics", "rest")
        data = typed(open_form(staff_client, page), body="Mine.")
        publishing.delete(page=page, by=staff)
        response = staff_client.post(change_url(page), data, follow=True)
        assert "Bring the page back with your text" in response.content.decode()
        mine = publishing.deleted_pages().model.objects.exclude(started_from=None).get()
        staff_client.post(url("restore", mine.pk))
        assert live_document(Topic.objects.get()).body == "Mine."


PARTS = {"title": "Rest", "summary": "Why.", "status": "published"}


def write_rest(folder, body, **changed):
    """The file of the page `rest`."""
    front = "".join(f"{key}: {value}\n" for key, value in (PARTS | changed).items())
    write_file(folder, f"---\n{front}---\n\n{body}\n", "en/topics/rest.md")


def rename(page, staff, folder):
    document = live_document(page)
    publishing.publish(page=page, by=staff, document=replace(document, identity=document.identity._replace(slug="calm")))


def import_another_text(page, staff, folder):
    write_rest(folder, "From the file.")
    import_content(folder)


MEANWHILE = {
    "draft": lambda page, staff, folder: publishing.save_draft(
        page=page, by=staff, document=replace(live_document(page), body="Theirs.")
    ),
    "publish": lambda page, staff, folder: publishing.publish(
        page=page, by=staff, document=replace(live_document(page), body="Theirs.")
    ),
    "unpublish": lambda page, staff, folder: publishing.unpublish(page=page, by=staff),
    "sign off": lambda page, staff, folder: publishing.mark_reviewed(page=page, by=staff, reviewed_by="V", reviewed_on=today()),
    "rename": rename,
    "import": import_another_text,
}


class TestWhoeverDoesSomethingElseMeanwhile:
    @pytest.mark.parametrize("button", ["_save_draft", "_publish"])
    @pytest.mark.parametrize("act", MEANWHILE.values(), ids=MEANWHILE)
    def test_what_was_typed_is_shown_with_the_other_text_and_can_be_taken(self, staff_client, staff, tmp_path, act, button):
        write_rest(tmp_path, "Old.")
        import_content(tmp_path)
        page = Topic.objects.get()
        data = typed(open_form(staff_client, page), body="Mine.")
        data.pop("_publish")
        act(page, staff, tmp_path)
        response = staff_client.post(change_url(page), {**data, button: "1"}, follow=True)
        html = response.content.decode()
        assert "Somebody saved this page while you were editing it" in html
        assert response.context["dispute"].theirs.body == "Mine."
        assert all(side.body in html for side in (response.context["dispute"].ours, response.context["dispute"].theirs))
        staff_client.post(response.redirect_chain[-1][0], {"take": "1", "based_on": response.context["present"].pk})
        assert staff_document(Topic.objects.get()).body == "Mine."


class TestContentFileAgainstStaff:
    @pytest.fixture
    def page(self, tmp_path, staff):
        write_file(tmp_path, "---\ntitle: Rest\nsummary: Why.\nstatus: published\n---\n\nFrom the file.\n", "en/topics/rest.md")
        import_content(tmp_path)
        page = Topic.objects.get()
        publishing.save(page=page, by=staff, document=replace(live_document(page), body="From staff."))
        write_file(tmp_path, "---\ntitle: Rest\nsummary: Why.\nstatus: published\n---\n\nFile again.\n", "en/topics/rest.md")
        import_content(tmp_path)
        return Topic.objects.get()

    @pytest.mark.parametrize(("choice", "body"), [("keep", "From staff."), ("take", "File again.")])
    def test_is_decided_by_one_button_and_exported_so(self, staff_client, page, tmp_path, choice, body):
        assert "says something else" in open_form(staff_client, page).content.decode()
        html = staff_client.get(url("decide", page.pk)).content.decode()
        assert "From staff." in html
        assert "File again." in html
        response = staff_client.post(url("decide", page.pk), {choice: "1", "based_on": page.revision_id}, follow=True)
        assert response.status_code == 200
        page.refresh_from_db()
        assert page.body == body
        assert not ContentFile.objects.exclude(suggestion="").exists()
        export_content(tmp_path, progress=no_progress)
        assert (tmp_path / "en/topics/rest.md").read_text().endswith(f"\n{body}\n")
        assert import_content(tmp_path) is not None
        page.refresh_from_db()
        assert page.body == body

    def test_or_by_editing_both_in_one(self, staff_client, page, tmp_path):
        press(staff_client, page, "_publish", query="?suggestion=1", body="From staff and file.")
        page.refresh_from_db()
        assert page.body == "From staff and file."
        assert not ContentFile.objects.exclude(suggestion="").exists()
        export_content(tmp_path, progress=no_progress)
        assert (tmp_path / "en/topics/rest.md").read_text().endswith("From staff and file.\n")

    @pytest.mark.parametrize("query", ["", "?mine=", "?mine=" + "9" * 5000, "?mine=1"])
    def test_an_empty_answer_or_a_made_up_text_decides_nothing(self, staff_client, page, query):
        assert staff_client.post(url("decide", page.pk) + query).status_code in (302, 404)
        assert ContentFile.objects.exclude(suggestion="").exists()

    def test_a_merge_that_is_only_a_draft_leaves_it_open(self, member, page):
        browser = member("Editor")
        response = press(browser, page, "_save_draft", query="?suggestion=1", body="Both.")
        assert response.status_code == 200
        assert ContentFile.objects.exclude(suggestion="").exists()

    def test_an_editor_does_not_decide_what_patients_see(self, member, page):
        browser = member("Editor")
        for choice in ("keep", "take"):
            assert browser.post(url("decide", page.pk), {choice: "1"}).status_code == 403
        assert ContentFile.objects.exclude(suggestion="").exists()


class TestEveryRowOfTheImportTable:
    """docs/adr/0002: whatever file and staff did, and whatever is then decided on the screen, files and pages agree."""

    @pytest.mark.parametrize(
        ("file", "staff_types", "button", "live"),
        [
            ({}, {}, None, ("Rest", "Old.")),
            ({"body": "File."}, {}, None, ("Rest", "File.")),
            ({}, {"body": "Staff."}, None, ("Rest", "Staff.")),
            ({"body": "Both."}, {"body": "Both."}, None, ("Rest", "Both.")),
            ({"title": "File title"}, {"body": "Staff."}, None, ("File title", "Staff.")),
            ({"body": "File."}, {"body": "Staff."}, "keep", ("Rest", "Staff.")),
            ({"body": "File."}, {"body": "Staff."}, "take", ("Rest", "File.")),
            ({"body": "File.", "title": "File title"}, {"body": "Staff."}, "keep", ("File title", "Staff.")),
            ({"body": "File.", "title": "File title"}, {"body": "Staff."}, "take", ("File title", "File.")),
            ({"body": "File."}, {"body": "Staff."}, "merge", ("Rest", "Staff and file.")),
            (None, {"body": "Staff."}, None, ("Rest", "Staff.")),
        ],
    )
    def test_is_decided_and_what_is_exported_is_what_is_live(self, staff_client, tmp_path, file, staff_types, button, live):
        write_rest(tmp_path, "Old.")
        import_content(tmp_path)
        page = Topic.objects.get()
        if staff_types:
            press(staff_client, page, "_publish", **staff_types)
        if file is None:
            (tmp_path / "en/topics/rest.md").unlink()
        else:
            write_rest(tmp_path, file.get("body", "Old."), **{key: value for key, value in file.items() if key != "body"})
        import_content(tmp_path)
        waits = b"says something else" in open_form(staff_client, page).content
        assert waits is (button is not None)
        if button == "merge":
            press(staff_client, page, "_publish", query="?suggestion=1", body="Staff and file.")
        elif button:
            asked = staff_client.get(url("decide", page.pk))
            staff_client.post(url("decide", page.pk), {button: "1", "based_on": asked.context["present"].pk})
        page = Topic.objects.get()
        assert (page.title, page.body) == live
        assert b"says something else" not in open_form(staff_client, page).content
        export_content(tmp_path, progress=no_progress)
        exported = (tmp_path / "en/topics/rest.md").read_text()
        assert exported == serialize(live_document(page)) == page.revision.text
        import_content(tmp_path)
        page.refresh_from_db()
        assert (page.title, page.body) == live

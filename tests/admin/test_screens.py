"""The screens about a page: its buttons, drafts, previews, versions, and two texts that stand against each other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education import publishing
from education.models import PreviewLink, Revision, Topic
from education.models.page import today
from education.publishing import live_document
from tests.admin.filled import add_url, change_url, open_form, press, typed, url, words
from tests.factories import make_page

pytestmark = pytest.mark.django_db

PUBLIC = "/topics/dry-needling/"


class TestButtons:
    def test_a_draft_waits_beside_the_published_text(self, staff_client, client):
        page = make_page(body="Old words.")
        response = press(staff_client, page, "_save_draft", body="New words.")
        assert "still see the published text" in words(response)
        assert "New words." in response.content.decode(), "the form shows the draft"
        assert "Old words." in client.get(PUBLIC).content.decode()
        assert "Published; draft waiting" in staff_client.get(url("changelist")).content.decode()
        press(staff_client, page, "_publish")
        assert "New words." in client.get(PUBLIC).content.decode()

    def test_a_new_page_is_a_draft_first(self, staff_client, client):
        data = typed(staff_client.get(add_url(Topic)), title="Rest", slug="rest", summary="Why.", body="Rest well.")
        data.pop("_publish")
        response = staff_client.post(add_url(Topic), {**data, "_save_draft": "1"}, follow=True)
        assert "do not see it" in words(response)
        assert client.get("/topics/rest/").status_code == 404
        assert "Patients see" in words(press(staff_client, Topic.objects.get(slug="rest"), "_publish"))
        assert client.get("/topics/rest/").status_code == 200

    def test_a_text_for_a_later_day_waits_until_then(self, staff_client, client):
        page = make_page(body="Old words.")
        day = today() + timedelta(days=3)
        response = press(staff_client, page, "_publish_on", body="New words.", publish_on=day.isoformat())
        assert "will be published on" in words(response)
        assert f'value="{day.isoformat()}"' in response.content.decode()
        assert "Old words." in client.get(PUBLIC).content.decode()
        publishing.publish_due(day)
        page.refresh_from_db()
        assert (page.body, page.draft) == ("New words.", None)

    @pytest.mark.parametrize("day", ["", "2020-01-01"])
    def test_a_day_that_is_none_ahead_is_asked_for(self, staff_client, day):
        page = make_page()
        response = press(staff_client, page, "_publish_on", publish_on=day)
        assert "after today" in response.content.decode()

    def test_unpublishing_happens_at_once_whatever_the_form_holds(self, staff_client, client):
        """Also when the waiting draft no longer fits to the other pages."""
        make_page("topics", "gone")
        page = make_page("faqs", "does-it-hurt", topic="gone", body="Public.")
        make_page()
        press(staff_client, page, "_save_draft", topic=Topic.objects.get(slug="dry-needling").pk)
        Topic.objects.filter(slug="dry-needling").delete()
        response = staff_client.post(reverse("admin:education_faq_unpublish", args=[page.pk]), follow=True)
        assert "no longer see" in words(response)
        assert client.get("/faqs/does-it-hurt/").status_code == 404
        page.refresh_from_db()
        assert page.draft, "the draft waits on"

    def test_a_draft_can_be_thrown_away(self, staff_client, client):
        page = make_page()
        press(staff_client, page, "_save_draft", body="Not so.")
        staff_client.post(url("discard", page.pk))
        page.refresh_from_db()
        assert page.draft is None
        assert "Not so." in publishing.history(page).first().text
        assert not publishing.deleted_pages().exists()
        assert client.get(PUBLIC).status_code == 200

    def test_an_address_changes_by_publishing_alone(self, staff_client, client):
        page = make_page()
        assert "Change the address with" in press(staff_client, page, "_save_draft", slug="needles").content.decode()
        press(staff_client, page, "_publish", slug="needles")
        assert client.get(PUBLIC).headers["Location"] == "/topics/needles/"

    def test_the_address_of_a_deleted_page_is_not_taken_over(self, staff_client, staff):
        publishing.delete(page=make_page("topics", "rest"), by=staff)
        response = press(staff_client, make_page(), "_publish", slug="rest")
        assert "A deleted page had this address" in response.content.decode()

    def test_a_correction_to_a_planned_page_does_not_claim_to_be_planned(self, staff_client):
        page = make_page(publish_on=today() + timedelta(days=9))
        response = press(staff_client, page, "_save_draft", body="Corrected.")
        assert "text before it still becomes public" in words(response)
        assert "draft waiting" in staff_client.get(url("changelist")).content.decode()

    def test_a_plan_that_a_new_draft_takes_back_is_said(self, staff_client):
        page, day = make_page(), today() + timedelta(days=9)
        press(staff_client, page, "_publish_on", body="New.", publish_on=day.isoformat())
        response = press(staff_client, page, "_save_draft", body="Newer.", publish_on=day.isoformat())
        assert "No day is planned" in words(response)

    def test_the_same_form_sent_twice_is_saved_once(self, staff_client):
        page = make_page()
        data = {**typed(open_form(staff_client, page), body="New."), "_publish": "1"}
        staff_client.post(change_url(page), data)
        assert "saved already" in words(staff_client.post(change_url(page), data, follow=True))
        assert not Revision.objects.exclude(started_from=None).exists()

    def test_an_editor_saves_drafts_and_publishes_nothing(self, member):
        page, browser = make_page(), member("Editor")
        form = open_form(browser, page).content.decode()
        assert 'name="_save_draft"' in form
        assert 'name="_publish"' not in form
        assert 'form="page-unpublish"' not in form
        press(browser, page, "_save_draft", body="New words.")
        page.refresh_from_db()
        assert page.draft
        assert browser.post(url("unpublish", page.pk)).status_code == 403
        for forged in ("_publish", "_publish_on"):
            data = {**typed(open_form(browser, page), body="Forged."), "publish_on": (today() + timedelta(days=2)).isoformat()}
            data.pop("_publish")
            assert browser.post(change_url(page), {**data, forged: "1"}).status_code == 403
        page.refresh_from_db()
        assert (page.status, page.body, page.draft_due) == ("published", "Some text.", None)

    @pytest.mark.parametrize("field", ["status", "reviewed_by", "reviewed_on", "reviewed_text", "review_state", "draft_due"])
    def test_forged_fields_change_nothing(self, member, field):
        page, browser = make_page(), member("Publisher")
        press(browser, page, "_publish", body="New words.", **{field: "2026-01-01"})
        page.refresh_from_db()
        assert (page.body, page.status, page.review_state, page.draft_due) == ("New words.", "published", "never", None)


class TestPreview:
    def test_shows_what_is_typed_on_the_public_page_and_saves_nothing(self, staff_client, client):
        page = make_page(body="Old words.")
        data = typed(open_form(staff_client, page), body="New **words**.")
        data.pop("_publish")
        before = Revision.objects.count()
        response = staff_client.post(url("preview", page.pk), data)
        html = response.content.decode()
        assert "New <strong>words</strong>." in html
        assert "Patients do not see this text" in html
        assert 'id="_main"' in html
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert Revision.objects.count() == before
        assert "Old words." in client.get(PUBLIC).content.decode()
        page.refresh_from_db()
        assert page.body == "Old words."

    def test_of_a_page_that_is_not_there_yet(self, staff_client):
        data = typed(staff_client.get(add_url(Topic)), title="Rest", slug="rest", summary="Why.", body="Rest well.")
        data.pop("_publish")
        assert "Rest well." in staff_client.post(url("add_preview"), data).content.decode()
        assert not Topic.objects.exists()

    def test_says_what_to_mend_first(self, staff_client):
        page = make_page()
        response = staff_client.post(url("preview", page.pk), {**typed(open_form(staff_client, page)), "title": ""})
        assert response.status_code == 400
        assert "Title" in response.content.decode()

    def test_is_the_published_page_once_published(self, staff_client, staff, client):
        """Every kind of page: what was previewed is what is public, but for the line that says preview."""
        for collection in ("topics", "conditions", "faqs", "packets", "clinic"):
            page = make_page(collection, "clinic" if collection == "clinic" else "dry-needling", body="Words.")
            page = publishing.save_draft(document=live_document(page).changed(summary="Shorter."), page=page, by=staff)
            preview = staff_client.get(reverse(f"admin:education_{page._meta.model_name}_preview", args=[page.pk]))
            page = publishing.publish(page=page, by=staff)
            public = client.get(page.get_absolute_url()).content.decode()
            assert "Shorter." in public
            assert main_of(preview.content.decode()) == main_of(public)

    def test_a_colleague_reads_it_by_a_link_for_a_day(self, staff_client, staff, client):
        page = make_page()
        publishing.save_draft(document=live_document(page), page=page, by=staff)
        press(staff_client, page, "_save_draft", body="New words.")
        link = words(staff_client.post(url("share", page.pk), follow=True)).split('href="')[1].split('"')[0]
        path = "/" + link.split("/", 3)[3]
        client.logout()
        response = client.get(path)
        assert "New words." in response.content.decode()
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        client.force_login(staff)
        assert "ended" in words(client.post(url("end_link", page.pk, PreviewLink.objects.get().pk), follow=True))
        assert client.get(path).status_code == 404
        PreviewLink.objects.update(revoked_at=None)
        assert client.get(path).status_code == 200
        PreviewLink.objects.update(expires_at=timezone.now())
        assert client.get(path).status_code == 404
        assert client.get("/preview/nothing/").status_code == 404


class TestVersions:
    def test_lists_compares_and_restores(self, staff_client, client):
        page = make_page(body="Rest for one day.")
        press(staff_client, page, "_publish", body="Rest for two days.", note="More rest")
        history = staff_client.get(url("history", page.pk)).content.decode()
        assert "More rest" in history
        assert "patients see this" in history
        new, old = publishing.history(page)
        shown = staff_client.get(url("compare", old.pk, new.pk)).content.decode()
        assert "<del>one day</del>" in shown or "<del>one</del>" in shown
        response = staff_client.post(url("restore", old.pk), follow=True)
        assert "patients see it now" in words(response)
        assert "Rest for one day." in client.get(PUBLIC).content.decode()
        assert publishing.history(page).count() == 3

    def test_any_two_versions_are_compared(self, staff_client):
        page = make_page(body="One.")
        for body in ("Two.", "Three."):
            press(staff_client, page, "_publish", body=body)
        newest, _, oldest = publishing.history(page)
        response = staff_client.get(url("history", page.pk), {"from": newest.pk, "to": oldest.pk})
        assert response.headers["Location"] == url("compare", oldest.pk, newest.pk)

    def test_versions_of_other_kinds_of_pages_are_not_shown(self, member):
        browser = member("Editor")
        source = make_page("sources", "study")
        page = make_page()
        assert browser.get(url("compare", source.revision_id, page.revision_id)).status_code == 404
        assert browser.post(url("restore", source.revision_id)).status_code == 404

    def test_a_deleted_page_comes_back_as_a_draft(self, staff_client, client):
        page = make_page("conditions", "headaches")
        make_page(body="See [headaches](condition:headaches).")
        question = staff_client.get(reverse("admin:education_condition_delete", args=[page.pk])).content.decode()
        assert "Dry needling" in question, "says what leads to it"
        staff_client.post(reverse("admin:education_condition_delete", args=[page.pk]), {"post": "yes"})
        gone = reverse("admin:education_condition_deleted")
        assert "Headaches" in staff_client.get(gone).content.decode()
        staff_client.post(reverse("admin:education_condition_restore", args=[page.revision_id]))
        assert "No page of this kind" in staff_client.get(gone).content.decode()
        assert client.get("/conditions/headaches/").status_code == 404


class TestSigningOff:
    def test_is_for_this_very_text(self, member, client, staff):
        page = make_page()
        browser = member("Clinical reviewer")
        assert browser.get(change_url(page)).status_code == 200
        screen = browser.get(url("review", page.pk))
        assert "Some text." in screen.content.decode()
        data = {"reviewed_by": "Dr. Vale", "review_due": "2030-01-01", "based_on": page.revision_id}
        browser.post(url("review", page.pk), data)
        assert "Dr. Vale" in client.get(PUBLIC).content.decode()
        publishing.save(page=page, by=staff, document=replace(live_document(Topic.objects.get()), body="Changed."))
        assert "hanged since" in client.get(PUBLIC).content.decode()
        response = browser.post(url("review", page.pk), data, follow=True)
        assert "changed while you were reading" in words(response)

    def test_shows_all_that_is_signed(self, member):
        page = make_page("conditions", "headaches", evidence_summary="Two small trials.", also_known_as=("sore head",))
        screen = member("Clinical reviewer").get(reverse("admin:education_condition_review", args=[page.pk])).content.decode()
        assert "Two small trials." in screen
        assert "sore head" in screen

    @pytest.mark.parametrize("changes", [{"reviewed_by": "Dr\u202eX"}, {"review_due": "1999-01-01"}])
    def test_says_what_is_wrong_with_it(self, member, changes):
        page = make_page()
        data = {"reviewed_by": "Dr. Vale", "review_due": "2030-01-01", "based_on": page.revision_id}
        response = member("Clinical reviewer").post(url("review", page.pk), data | changes)
        assert response.status_code == 200
        assert "errorlist" in response.content.decode()

    @pytest.mark.parametrize("group", ["Editor", "Publisher"])
    def test_is_for_reviewers_only(self, member, group):
        page = make_page()
        browser = member(group)
        assert browser.get(url("review", page.pk)).status_code == 403

    def test_a_reviewer_changes_no_text(self, member):
        page = make_page()
        browser = member("Clinical reviewer")
        assert browser.post(change_url(page), {"title": "X", "_publish": "1"}).status_code == 403
        assert browser.post(url("restore", page.revision_id)).status_code == 403


def main_of(html):
    return html.partition("<main")[2].partition("</main>")[0]

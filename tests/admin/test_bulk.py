"""Several pages at once: asked for first, done one by one, refused to those who may not."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from education import publishing
from education.admin.bulk import MOST_PAGES
from education.models import Alias, Topic
from education.models.page import today
from education.publishing import staff_document
from tests.factories import make_page
from tests.publishing.words import member_of, new_text, user_who_may

pytestmark = pytest.mark.django_db

LIST = reverse("admin:education_topic_changelist")
ACTIONS = ("publish_selected", "unpublish_selected", "review_selected", "delete_selected")


@pytest.fixture
def pages():
    """Three published pages and a draft."""
    return [*(make_page(slug=f"topic-{number}", body=f"Text {number}.") for number in range(3)), make_page(status=None)]


def choose(client, action, pages, **more):
    """Tick pages in the list and press Go."""
    return client.post(LIST, {"action": action, "_selected_action": [page.pk for page in pages], **more})


def confirm(client, response, **typed):
    """Press the button of the screen that asks, as a browser does."""
    form = BeautifulSoup(response.content, "html.parser").find("div", id="content-main").find("form")
    data = {}
    for field in form.find_all("input", attrs={"name": True}):
        data.setdefault(field["name"], []).append(field.get("value", ""))
    return client.post(LIST, {**data, **typed}, follow=True)


def words(response):
    return [str(message) for message in response.context["messages"]]


def offered(client):
    form = BeautifulSoup(client.get(LIST).content, "html.parser").find("select", attrs={"name": "action"})
    return [option["value"] for option in form.find_all("option") if option["value"]] if form else []


def statuses():
    return dict(Topic.objects.values_list("slug", "status"))


class TestPublishing:
    def test_is_asked_for_with_the_pages_and_their_count(self, staff_client, staff, pages):
        publishing.save_draft(document=new_text(pages[0], body="Newer."), by=staff, page=pages[0])
        chosen = [pages[0], pages[3]]
        asked = choose(staff_client, "publish_selected", chosen)
        text = asked.content.decode()
        assert "<h2>2 pages</h2>" in text
        assert "Published; draft waiting" in text
        assert all(page.title in text for page in chosen)
        assert pages[1].title not in text
        assert statuses()["dry-needling"] == "draft", "nothing happens before the answer"
        done = confirm(staff_client, asked)
        assert words(done) == ["2 pages are public now."]
        assert statuses()["dry-needling"] == "published"
        assert Topic.objects.get(pk=pages[0].pk).body == "Newer."

    def test_one_that_was_changed_meanwhile_is_told_and_the_others_are_done(self, staff_client, staff, pages):
        for page in pages[:3]:
            publishing.save_draft(document=new_text(page, body="Seen."), by=staff, page=page)
        asked = choose(staff_client, "publish_selected", pages[:3])
        publishing.save_draft(document=new_text(pages[1], body="Not seen."), by=staff, page=pages[1])
        publishing.delete(page=pages[2], by=staff)
        told = words(confirm(staff_client, asked))
        assert told == [
            "Not done: Topic 1: somebody changed it meanwhile.",
            "Not done: a page: it was deleted meanwhile.",
            "1 page is public now.",
        ]
        assert [page.body for page in Topic.objects.filter(pk__in=[page.pk for page in pages[:2]])] == ["Seen.", "Text 1."]

    def test_one_that_does_not_fit_to_the_others_is_told_with_the_reason(self, staff_client, staff, pages):
        publishing.save_draft(document=new_text(pages[3], aliases=("old",)), by=staff, page=pages[3])
        asked = choose(staff_client, "publish_selected", pages[3:])
        Alias.objects.filter(slug="old").delete()
        make_page(slug="other", aliases=("old",))
        (told,) = words(confirm(staff_client, asked))
        assert told.startswith("Not done: Dry needling: expected a name of its own")

    def test_unpublishing_keeps_the_texts(self, staff_client, pages):
        done = confirm(staff_client, choose(staff_client, "unpublish_selected", pages[:2]))
        assert words(done) == ["Patients no longer see 2 pages."]
        assert statuses() == {"topic-0": "draft", "topic-1": "draft", "topic-2": "published", "dry-needling": "draft"}
        assert staff_document(Topic.objects.get(slug="topic-0")).body == "Text 0."

    def test_more_than_anybody_can_look_over_is_refused(self, staff_client):
        pages = [make_page(slug=f"topic-{number}") for number in range(MOST_PAGES + 1)]
        for action in ACTIONS:
            response = choose(staff_client, action, pages, select_across=1)
            assert response.status_code == 302
            (told,) = words(staff_client.get(response.headers["Location"]))
            assert "up to 50 pages" in told
        assert set(statuses().values()) == {"published"}

    def test_each_is_logged(self, staff_client, pages, caplog, django_capture_on_commit_callbacks):
        asked = choose(staff_client, "unpublish_selected", pages[:2])
        with caplog.at_level("INFO", "education.audit"), django_capture_on_commit_callbacks(execute=True):
            confirm(staff_client, asked)
        assert [json.loads(record.message)["event"] for record in caplog.records] == ["unpublished"] * 2


class TestSigningOff:
    DUE = (today() + timedelta(days=100)).isoformat()

    def test_asks_for_a_name_and_a_day_and_shows_every_text(self, staff_client, pages):
        asked = choose(staff_client, "review_selected", pages[:2])
        text = asked.content.decode()
        assert "Text 0." in text
        assert "Text 1." in text
        done = confirm(staff_client, asked, reviewed_by="Dr. A. Example", review_due=self.DUE)
        assert words(done) == ["2 pages were signed off."]
        rows = Topic.objects.filter(review_state="current").values_list("reviewed_by", "reviewed_on", "review_due")
        assert [(name, day, due.isoformat()) for name, day, due in rows] == [("Dr. A. Example", today(), self.DUE)] * 2

    @pytest.mark.parametrize("typed", [{"reviewed_by": ""}, {"review_due": ""}])
    def test_without_them_nothing_is_signed(self, staff_client, pages, typed):
        asked = choose(staff_client, "review_selected", pages[:2])
        again = confirm(staff_client, asked, **{"reviewed_by": "Dr. A", "review_due": self.DUE, **typed})
        assert "This field is required." in again.content.decode()
        assert "<h2>2 pages</h2>" in again.content.decode()
        assert not Topic.objects.exclude(review_state="never").exists()

    def test_is_bound_to_the_texts_as_shown(self, staff_client, staff, pages):
        """A text that changed after it was read is not signed; also not when the form is sent a second time."""
        asked = choose(staff_client, "review_selected", pages[:2])
        publishing.save(document=new_text(pages[0], body="Not read."), by=staff, page=pages[0])
        done = confirm(staff_client, asked, review_due=self.DUE)
        assert words(done) == ["Not done: Topic 0: somebody changed it meanwhile.", "1 page was signed off."]
        assert dict(Topic.objects.values_list("slug", "review_state"))["topic-0"] == "never"

    def test_asking_again_keeps_the_texts_that_were_shown_first(self, staff_client, staff, pages):
        asked = choose(staff_client, "review_selected", pages[:1])
        publishing.save(document=new_text(pages[0], body="Not read."), by=staff, page=pages[0])
        again = confirm(staff_client, asked, reviewed_by="")
        assert "Not read." in again.content.decode(), "what is bound to the button is what stands above it"
        assert words(confirm(staff_client, again, reviewed_by="Dr. A")) == ["1 page was signed off."]

    def test_the_public_text_is_signed_and_not_the_draft(self, staff_client, staff, pages):
        publishing.save_draft(document=new_text(pages[0], body="Draft words."), by=staff, page=pages[0])
        asked = choose(staff_client, "review_selected", pages[:1])
        assert "Text 0." in asked.content.decode()
        assert "Draft words." not in asked.content.decode()
        assert words(confirm(staff_client, asked)) == ["1 page was signed off."]


class TestDeleting:
    def test_names_what_leads_to_the_pages(self, staff_client, pages):
        make_page("conditions", "headaches", body="See [this](topic:topic-0).")
        asked = choose(staff_client, "delete_selected", pages[:2])
        assert "<h2>2 pages</h2>" in asked.content.decode()
        assert "Headaches</a>" in asked.content.decode()
        assert len(statuses()) == 4, "nothing happens before the answer"
        done = confirm(staff_client, asked)
        assert words(done) == ["Successfully deleted 2 topics."]
        assert set(statuses()) == {"topic-2", "dry-needling"}
        assert {revision.page for revision in publishing.deleted_pages()} == {"en/topics/topic-0", "en/topics/topic-1"}

    def test_says_when_nothing_leads_there(self, staff_client, pages):
        assert "No other page leads to them." in choose(staff_client, "delete_selected", pages[:1]).content.decode()

    def test_what_is_published_only_those_delete_who_publish(self, client, pages):
        client.force_login(user_who_may("view_topic", "delete_topic", "change_topic"))
        asked = choose(client, "delete_selected", pages)
        assert "published topics" in asked.content.decode()
        assert choose(client, "delete_selected", pages, post="yes").status_code == 403
        assert len(statuses()) == 4
        assert choose(client, "delete_selected", pages[3:], post="yes").status_code == 302
        assert len(statuses()) == 3


class TestWhoMay:
    OFFERED = {
        "Editor": [],
        "Publisher": ["publish_selected", "unpublish_selected", "delete_selected"],
        "Clinical reviewer": ["review_selected"],
    }

    @pytest.mark.parametrize("group", OFFERED)
    def test_only_what_one_may_is_offered_and_all_else_refused(self, client, pages, group):
        client.force_login(member_of(group))
        assert sorted(offered(client)) == sorted(self.OFFERED[group])
        for action in ACTIONS:
            for forged in ({}, {"confirmed": "yes", "based_on": f"{pages[0].pk}:{pages[0].revision_id}"}, {"post": "yes"}):
                if action not in self.OFFERED[group]:
                    assert choose(client, action, pages[:1], **forged).status_code == 403
        assert statuses()["topic-0"] == "published"
        assert Topic.objects.get(slug="topic-0").review_state == "never"

    @pytest.mark.parametrize("based_on", ["", "1", "1:", ":", "a:b", "1:2:3", "9999:1"])
    def test_a_form_that_names_no_version_does_nothing(self, staff_client, pages, based_on):
        response = choose(staff_client, "unpublish_selected", pages[:1], confirmed="yes", based_on=based_on)
        assert response.status_code == 302
        assert statuses()["topic-0"] == "published"

    def test_superusers_are_offered_all(self, staff_client, pages):
        assert sorted(offered(staff_client)) == sorted(ACTIONS)

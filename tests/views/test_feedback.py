"""A patient says whether a page helped; nobody learns who it was."""

import logging
import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from education.models import Feedback
from tests.factories import make_page

pytestmark = pytest.mark.django_db

VOTE = "/feedback/topics/dry-needling/"


@pytest.fixture
def client():
    """A browser without cookies, on a site that checks for forged forms."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def later(monkeypatch):
    """Lets some seconds pass at once."""
    start = time.time()
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: start + seconds)


def form_of(response, action=None):
    page = BeautifulSoup(response.content, "html.parser")
    form = page.find("form", class_="feedback")
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    return form["action"], fields


def send_comment(client, later, text, answer="no", **changes):
    """Vote, wait, write, send: what a person does."""
    shown = client.get(client.post(VOTE, {"helpful": answer}).headers["Location"])
    action, fields = form_of(shown)
    later(10)
    return client.post(action, {**fields, "comment": text, **changes})


class TestAPerson:
    @pytest.mark.parametrize(
        ("collection", "slug"), [("topics", "dry-needling"), ("conditions", "headaches"), ("faqs", "does-it-hurt")]
    )
    def test_says_yes_on_the_page_and_adds_a_sentence(self, client, later, collection, slug):
        make_page()
        page = make_page(collection, slug) if collection != "topics" else None
        response = client.get(f"/{collection}/{slug}/")
        action, fields = form_of(response)
        voted = client.post(action, {**fields, "helpful": "yes"})
        assert voted.status_code == 303
        asked = client.get(voted.headers["Location"])
        assert "Do not write anything personal" in asked.content.decode()
        action, fields = form_of(asked)
        later(10)
        sent = client.post(action, {**fields, "comment": "It was\r\nclear."})
        assert sent.status_code == 303
        thanked = client.get(sent.headers["Location"])
        assert "Thank you" in thanked.content.decode()
        assert f'href="/{collection}/{slug}/"' in thanked.content.decode()
        row = Feedback.objects.get()
        assert (row.page, row.helpful, row.comment) == (f"en/{collection}/{slug}", True, "It was clear.")
        assert page is None or row.page == page.identity
        assert not client.cookies

    def test_who_sends_no_sentence_has_voted_all_the_same(self, client, later):
        make_page()
        assert send_comment(client, later, "  ").status_code == 303
        assert [(row.helpful, row.comment) for row in Feedback.objects.all()] == [(False, "")]

    @pytest.mark.parametrize(("wait", "words"), [(1, "Clear."), (50_000, "Clear."), (10, "x" * 501)])
    def test_gets_the_form_again_with_the_words_in_it(self, client, later, wait, words):
        """Too soon, too late, too long: nothing that was typed is lost."""
        make_page()
        action, fields = form_of(client.get(client.post(VOTE, {"helpful": "no"}).headers["Location"]))
        later(wait)
        again = client.post(action, {**fields, "comment": words})
        assert again.status_code == 200
        page = BeautifulSoup(again.content, "html.parser")
        assert page.find("textarea").get_text().removeprefix("\n") == words
        assert page.find(role="alert")["id"] in page.find("textarea")["aria-describedby"]
        later(wait + 10)
        assert client.post(action, {**form_of(again)[1], "comment": "Clear."}).status_code == 303
        assert Feedback.objects.get().comment == "Clear."

    def test_who_opens_the_address_by_hand_comes_to_the_page(self, client):
        make_page()
        assert client.get(VOTE).headers["Location"] == "/topics/dry-needling/"
        assert client.post(VOTE, {"helpful": "perhaps"}).headers["Location"] == "/topics/dry-needling/"
        assert not Feedback.objects.exists()


class TestABot:
    def test_that_fills_every_field_is_thanked_and_not_kept(self, client, later):
        make_page()
        assert client.post(VOTE, {"helpful": "yes", "website": "x"}).status_code == 303
        assert not Feedback.objects.exists()
        send_comment(client, later, "Buy", website="x")
        assert Feedback.objects.get().comment == ""

    def test_that_posts_a_thousand_times_from_as_many_addresses_stores_at_most_20(self, client):
        make_page()
        for number in range(1000):
            client.post(VOTE, {"helpful": "yes"}, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        assert 0 < Feedback.objects.count() <= 20

    def test_that_makes_up_addresses_is_known_by_the_one_the_proxy_saw(self, client):
        make_page()
        for number in range(100):
            client.post(VOTE, {"helpful": "yes"}, headers={"x-forwarded-for": f"10.0.0.{number}, 192.0.2.1"})
        assert Feedback.objects.count() == 10

    def test_a_full_hour_is_said_and_not_hidden(self, client):
        make_page()
        for _ in range(10):
            client.post(VOTE, {"helpful": "yes"})
        response = client.post(VOTE, {"helpful": "yes"})
        assert response.status_code == 429
        assert "could not keep yours" in response.content.decode()

    @pytest.mark.parametrize(
        "content_type", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]
    )
    def test_more_than_2_kb_are_not_even_read(self, client, content_type):
        make_page()
        response = client.post(VOTE, b"helpful=yes&x=" + b"y" * 2048, content_type=content_type)
        assert response.status_code == 413
        assert not Feedback.objects.exists()


class TestOtherSites:
    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"sec-fetch-site": "none"},
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://testserver.evil.example"},
            {"origin": "http://testserver@evil.example"},
            {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        ],
    )
    def test_cannot_vote_for_their_readers(self, client, headers):
        make_page()
        assert client.post(VOTE, {"helpful": "yes"}, headers=headers).status_code == 403
        assert not Feedback.objects.exists()

    @pytest.mark.parametrize(
        "headers", [{}, {"origin": "http://testserver"}, {"sec-fetch-site": "same-origin", "origin": "null"}]
    )
    def test_old_and_new_browsers_on_the_page_itself_can(self, client, headers):
        make_page()
        assert client.post(VOTE, {"helpful": "yes"}, headers=headers).status_code == 303
        assert Feedback.objects.count() == 1


class TestOnlyPublishedPages:
    @pytest.mark.parametrize(
        "address",
        ["topics/secret", "topics/nowhere", "glossary/word", "sources/study", "clinic/clinic", "../admin", "topics/x'--"],
    )
    @pytest.mark.parametrize("step", ["", "yes/", "thanks/"])
    def test_take_feedback(self, client, address, step):
        make_page("topics", "secret", status=None)
        make_page("glossary", "word")
        make_page("sources", "study")
        make_page("clinic", "clinic")
        post = client.post(f"/feedback/{address}/{step}", {"helpful": "yes"})
        assert post.status_code in ((404, 405) if step == "thanks/" else (404,))
        assert client.get(f"/feedback/{address}/{step}").status_code == 404
        assert not Feedback.objects.exists()

    def test_and_only_two_answers(self, client):
        make_page()
        assert client.get(f"{VOTE}maybe/").status_code == 404


class TestWhatIsLeftBehind:
    @pytest.mark.parametrize("step", ["", "yes/", "thanks/"])
    def test_nothing_is_cached_set_or_indexed(self, client, step):
        make_page()
        response = client.get(VOTE + step)
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        assert "Disallow: /feedback/" in client.get("/robots.txt").content.decode()

    @pytest.mark.parametrize(
        "hostile",
        [
            "<script>alert(1)</script>",
            "{{ 7|add:7 }}{% debug %}",
            "'; DROP TABLE education_feedback; --",
            "\x00\x01\u202e\u2028",
            "=cmd|' /C calc'!A0",
            "\ud7ff\U0010ffff" * 50,
        ],
    )
    def test_hostile_text_is_text(self, client, later, hostile):
        make_page()
        assert send_comment(client, later, hostile).status_code == 303
        action, fields = form_of(client.get(f"{VOTE}no/"))
        again = client.post(action, {**fields, "comment": hostile})
        assert again.status_code == 200
        assert not BeautifulSoup(again.content, "html.parser").find("form").find("script")
        assert Feedback.objects.count() == 1

    @pytest.mark.parametrize(
        "body", [b"\xff\xfe=%ff&helpful=yes", b"%00=%00", b"&" * 2000, b"helpful=yes&helpful=no", b"a=" * 500]
    )
    def test_broken_forms_do_no_harm(self, client, body):
        make_page()
        response = client.post(VOTE, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (302, 303, 400)

    def test_what_was_written_and_from_where_stands_in_no_log(self, client, later, caplog):
        """S50: the words of patients and their addresses go to the database and the cache, or nowhere."""
        make_page()
        with caplog.at_level(logging.DEBUG):
            sentinel = {"comment": "Sentinelword", "REMOTE_ADDR": "192.0.2.99"}
            send_comment(client, later, "Sentinelword")
            client.post(VOTE, {"helpful": "yes", **sentinel}, headers={"sec-fetch-site": "cross-site"})
            client.post(f"{VOTE}no/", {"comment": "Sentinelword"}, REMOTE_ADDR="192.0.2.99")
            client.post("/feedback/topics/nowhere/", sentinel, REMOTE_ADDR="192.0.2.99")
        logged = "\n".join(
            f"{record.getMessage()} {record.exc_text}" for record in caplog.records if record.name != "django.db.backends"
        )
        assert "Sentinelword" not in logged
        assert "192.0.2.99" not in logged

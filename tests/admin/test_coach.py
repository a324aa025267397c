"""Advice on a page as it is typed: the rules that `check_content` holds files against, applied to the form."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse

from education.admin.coach import LONGEST
from education.checks import Site, check
from education.models import PAGE_MODELS, Revision, Topic
from education.models.page import BODY_MAX_LENGTH
from education.publishing import live_document
from education.sync import import_content
from education.sync.check import parse_all
from education.sync.read import read_folder
from tests.admin.filled import add_url, change_url, open_form, typed
from tests.admin.test_editor import make_editor, make_user
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def ask(client, form, **data):
    """What the coach answers to a form with some fields."""
    return client.post(reverse("editor-coach"), {"form": form, **data})


def messages(response):
    """What it found."""
    assert response.status_code == 200, response.content
    return [finding.message for finding in response.context["advice"].findings]


class TestTheSameAsTheCommand:
    def test_for_every_page_that_ships(self, staff_client):
        """One implementation: what the command finds in a file, the editor shows beside the same text."""
        import_content(settings.CONTENT_DIR)
        documents = [file.document for file in parse_all(read_folder(settings.CONTENT_DIR, []), [])]
        site = Site.of(documents, today=datetime.now(UTC).date())
        by_name = {str(document.identity): document for document in documents}
        compared = 0
        for model in PAGE_MODELS.values():
            for page in model.objects.all()[:12]:
                data = typed(open_form(staff_client, page))
                response = ask(staff_client, change_url(page), **data)
                assert messages(response) == [finding.message for finding in check(by_name[page.identity], site)], page.identity
                compared += 1
        assert compared > 30

    def test_for_a_page_with_many_faults(self, staff_client):
        body = "Victims of pain get a miracle.\n\n#### Deep\n\nThe WHO says so. " + "word " * 30 + "\n\n[here](page:topics)"
        page = make_page("conditions", "headaches", title="T" * 70, summary="A guaranteed cure.", body=body)
        found = ask(staff_client, change_url(page), **typed(open_form(staff_client, page))).context["advice"].findings
        expected = check(live_document(page), Site(today=datetime.now(UTC).date()))
        assert list(found) == list(expected)
        assert len(found) > 10


class TestWhatIsTyped:
    def test_counts_and_not_what_is_saved(self, staff_client):
        page = make_page(body="A miracle.")
        data = typed(open_form(staff_client, page), body="This may help.", summary="It is 100% safe.")
        found = messages(ask(staff_client, change_url(page), **data))
        assert not [message for message in found if "miracle" in message]
        assert [message for message in found if "“100%” sounds like a promise" in message]

    def test_counts_before_the_form_is_complete(self, staff_client):
        found = messages(ask(staff_client, add_url(Topic), body="A miracle."))
        assert any("miracle" in message for message in found)
        assert any("summary" in message for message in found)

    def test_counts_though_it_is_too_long_to_save(self, staff_client):
        found = messages(ask(staff_client, add_url(Topic), title="x" * 200, body="Words."))
        assert "Shorten the title to 65 characters; it has 200." in found

    def test_writes_nothing(self, staff_client):
        page = make_page()
        before = Revision.objects.count()
        messages(ask(staff_client, change_url(page), title="Other", slug="other", body="Other."))
        page.refresh_from_db()
        assert (page.title, Revision.objects.count()) == ("Dry needling", before)

    def test_of_an_empty_form_is_not_judged(self, staff_client):
        answer = ask(staff_client, add_url(Topic)).content.decode()
        assert "Advice comes as you write." in answer
        assert "hint" not in answer

    def test_is_shown_escaped(self, staff_client):
        answer = ask(staff_client, add_url(Topic), title="T", body="Victims of <script>alert(1)</script>.").content.decode()
        assert "<script" not in answer


class TestTheAnswer:
    def test_tells_of_links_to_nothing_and_not_of_links_to_drafts(self, staff_client):
        make_page("topics", "hidden", status="draft")
        found = messages(ask(staff_client, add_url(Topic), body="[One](topic:hidden) and [two](topic:nowhere)."))
        assert [message for message in found if "a page that exists" in message] == [
            "Expected a page that exists, found a link to 'topic:nowhere'."
        ]

    def test_tells_of_a_picture_without_words_once(self, staff_client):
        found = messages(ask(staff_client, add_url(Topic), body="![](/media/pictures/a.png)"))
        assert len([message for message in found if "what the picture shows" in message and "caption" not in message]) == 1

    def test_offers_to_link_a_word_that_the_glossary_has(self, staff_client):
        make_page("glossary", "fascia", title="fascia")
        hints = ask(staff_client, add_url(Topic), title="T", body="The fascia moves.").context["advice"].to_consider
        assert [hint.link for hint in hints if hint.link] == ["[fascia](term:fascia)"]

    def test_offers_to_add_a_word_to_those_who_may(self, staff_client, client):
        def offered(browser):
            hints = ask(browser, add_url(Topic), title="T", body="Ask about CBT & edema.").context["advice"].to_consider
            return [hint.new_term for hint in hints if hint.new_term]

        assert offered(staff_client) == [
            f"{reverse('admin:education_glossaryterm_add')}?title={word}" for word in ("edema", "CBT")
        ]
        client.logout()
        client.force_login(make_user("add_topic", is_staff=True))
        assert offered(client) == []

    def test_names_grade_and_longest_sentences(self, staff_client):
        text = "One two. One two three four five six. " + "One two three. " * 5
        advice = ask(staff_client, add_url(Topic), title="T", body=text).context["advice"]
        assert advice.longest[0].text == "One two three four five six."
        assert len(advice.longest) == LONGEST
        assert (advice.grade, advice.is_easy) == (1, True)

    def test_takes_the_same_few_queries_however_large_the_site_is(self, staff_client, django_assert_max_num_queries):
        page = make_page()
        data = typed(open_form(staff_client, page))
        with django_assert_max_num_queries(30) as few:
            ask(staff_client, change_url(page), **data)
        for number in range(20):
            make_page("topics", f"topic-{number}")
            make_page("glossary", f"term-{number}")
        with django_assert_max_num_queries(len(few.captured_queries)):
            ask(staff_client, change_url(page), **data)


class TestWhatIsRefused:
    @pytest.mark.parametrize("form", ["", "/", "/admin/", "/nowhere/", "/admin/auth/user/1/change/", "/admin/education/topic/"])
    def test_the_address_of_no_form_of_a_page(self, staff_client, form):
        response = ask(staff_client, form, body="Words.")
        assert response.status_code in (400, 403)
        assert set(response.json()) == {"error"}

    def test_a_page_that_is_gone(self, staff_client):
        assert ask(staff_client, reverse("admin:education_topic_change", args=[99]), body="Words.").status_code == 403

    def test_a_kind_of_page_that_one_may_not_edit(self, client):
        condition = make_page("conditions", "headaches")
        client.force_login(make_editor("topic"))
        assert ask(client, change_url(condition), body="Words.").status_code == 403
        assert ask(client, add_url(Topic), body="Words.").status_code == 403

    def test_more_text_than_a_page_may_have(self, staff_client):
        assert ask(staff_client, add_url(Topic), body="a" * (BODY_MAX_LENGTH + 1)).status_code == 400

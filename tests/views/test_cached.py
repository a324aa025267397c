"""Pages from the cache are the pages that a fresh rendering gives, and nobody's but everybody's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError, transaction
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from education.caching import kept
from education.images import add_picture, remove_picture
from education.models import PAGE_MODELS, Topic
from education.models.page import today
from education.publishing import Change, delete, publish, record, save_draft, unpublish
from education.views import cached
from tests.factories import make_document, make_page
from tests.publishing.words import new_text
from tests.views.pictures import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_minute")]

# Views of the public site that are never kept, each with its reason.
NOT_KEPT = {
    "education:search": "what one searches for is nobody else's business",
    "education:picked-packet": "anybody can make up as many as there are sets of pages",
    "education:picked-packet-qr": "as above",
    "education:pdf": "large, and as many as there are packets",
    "education:shared-preview": "for one colleague",
    "education:styleguide": "for staff",
    "education:feedback": "a form's answer",
    "education:feedback-thanks": "a form's answer",
    "education:feedback-comment": "a form's answer",
}

ADDRESSES = [
    "/",
    "/topics/",
    "/topics/dry-needling/",
    "/topics/dry-needling/?print=large",
    "/topics/after/",
    "/conditions/",
    "/conditions/headaches/",
    "/faqs/",
    "/faqs/does-it-hurt/",
    "/glossary/",
    "/packets/",
    "/packets/first-visit/",
    "/packets/first-visit/qr.svg",
    "/p/",
    "/paper.css",
    "/feed.xml",
]
PAGES = [address for address in ADDRESSES if "." not in address]


@pytest.fixture
def site(media_folder):
    """A page of every kind, all of them linked, with a picture."""
    picture = add_picture(upload())
    body = f"A [twitch](term:twitch) in a *trigger point* [@study]. See [after](topic:after).\n\n![A needle]({picture.address})"
    make_page("clinic", "clinic", title="A Clinic", body="Welcome.", shortcuts=("topics/after",))
    make_page("sources", "study", title="A study")
    make_page("glossary", "trigger-point", title="trigger point")
    make_page("glossary", "twitch")
    make_page(conditions=("headaches",), body=body)
    make_page("topics", "after", parent="dry-needling")
    make_page("conditions", "headaches", body=body)
    make_page("faqs", "does-it-hurt", conditions=("headaches",))
    make_page("packets", "first-visit", pages=("topics/dry-needling", "faqs/does-it-hurt"), body="Read this.")
    return picture


def fresh(client, address):
    """The page as it is rendered for one who is not answered from the cache."""
    return client.get(address, headers={"Authorization": "none"})


def seen(client, address):
    """What a request finds: the status and the body."""
    response = client.get(address)
    return response.status_code, response.content


def edit(collection, slug, **values):
    page = PAGE_MODELS[collection].objects.get(slug=slug)
    record([Change(make_document(collection, page.slug, **values), page)])


CHANGES = {
    "a page is edited": lambda staff, picture: edit("topics", "dry-needling", title="Needles", conditions=("headaches",)),
    "a page is unpublished": lambda staff, picture: unpublish(page=Topic.objects.get(slug="after"), by=staff),
    "a page is deleted": lambda staff, picture: delete(page=Topic.objects.get(slug="after"), by=staff),
    "a page is new": lambda staff, picture: make_page("topics", "new", parent="dry-needling"),
    "a page gets another address": lambda staff, picture: record(
        [Change(make_document("topics", "later"), Topic.objects.get(slug="after"))]
    ),
    "a condition": lambda staff, picture: edit("conditions", "headaches", evidence="good", summary="Pain in the head."),
    "a question": lambda staff, picture: edit("faqs", "does-it-hurt", title="Will it hurt?"),
    "a packet": lambda staff, picture: edit("packets", "first-visit", pages=("topics/after",), body="Read that."),
    "a word of the glossary": lambda staff, picture: edit("glossary", "trigger-point", summary="A sore spot."),
    "a source": lambda staff, picture: edit("sources", "study", title="Another study"),
    "the clinic": lambda staff, picture: edit("clinic", "clinic", title="Another Clinic", body="Hello.", phone="555 1234"),
    "a picture goes": lambda staff, picture: remove_picture(picture),
}


class TestWhatChangesShowsOnTheNextRequest:
    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
    def test_on_every_page(self, client, staff, site, change):
        before = {address: seen(client, address) for address in ADDRESSES}
        assert {status for status, _body in before.values()} == {200}
        change(staff, site)
        after = {address: seen(client, address) for address in ADDRESSES}
        expected = {
            address: (response.status_code, response.content) for address in ADDRESSES if (response := fresh(client, address))
        }
        assert after == expected
        assert after != before
        assert {address: seen(client, address) for address in ADDRESSES} == expected

    def test_and_what_is_undone_leaves_the_page_as_it_was(self, client, site):
        before = seen(client, "/topics/dry-needling/")
        with transaction.atomic():
            edit("topics", "dry-needling", title="Needles")
            assert seen(client, "/topics/dry-needling/") != before
            transaction.set_rollback(True)
        assert seen(client, "/topics/dry-needling/") == before

    def test_when_its_day_comes(self, client, staff, site, monkeypatch):
        """Nobody publishes it then: the date is part of what a page is kept under."""
        topic = Topic.objects.get(slug="after")
        publish(page=topic, by=staff, document=new_text(topic, body="Later text."), publish_on=today() + timedelta(days=1))
        make_page("topics", "next-week", publish_on=today() + timedelta(days=1))
        for address in PAGES:
            client.get(address)
        assert b"next-week" not in client.get("/topics/").content
        monkeypatch.setattr("education.models.page.today", lambda: today() + timedelta(days=1))
        monkeypatch.setattr("education.caching.pages.today", lambda: today() + timedelta(days=1))
        assert b"next-week" in client.get("/topics/").content

    def test_a_draft_changes_nothing(self, client, staff, site, django_assert_num_queries):
        client.get("/topics/after/")
        topic = Topic.objects.get(slug="after")
        save_draft(page=topic, by=staff, document=new_text(topic, body="Secret."))
        with django_assert_num_queries(0):
            assert b"Secret" not in client.get("/topics/after/").content


class TestWhatIsAskedAgain:
    @pytest.mark.parametrize("address", [*ADDRESSES, "/social"])
    def test_is_not_rendered_again(self, client, site, django_assert_num_queries, address):
        """Not for GET, nor HEAD, nor who asks whether it changed. The version's own query is not Django's."""
        if address == "/social":
            page = client.get("/topics/dry-needling/").content.decode()
            address = "/social/" + page.partition("/social/")[2].partition('"')[0]
        first = client.get(address)
        with django_assert_num_queries(0):
            again = client.get(address)
            head = client.head(address)
            unchanged = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)
        assert (head.status_code, head.content, head.headers) == (200, b"", first.headers)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["ETag"] == first.headers["ETag"]

    def test_who_knows_the_page_is_told_so_by_a_process_that_does_not(self, client, site, django_assert_num_queries):
        etag = client.get("/topics/after/").headers["ETag"]
        kept.store.clear()
        with django_assert_num_queries(0):
            assert client.get("/topics/after/", headers={"If-None-Match": f'"other", {etag}'}).status_code == 304

    def test_a_page_that_another_process_made_comes_from_the_shared_cache(
        self, client, site, settings, django_assert_num_queries
    ):
        settings.PAGE_CACHE_SHARED = True
        first = client.get("/topics/after/")
        kept.store.clear()
        with django_assert_num_queries(0):
            assert client.get("/topics/after/").content == first.content
        edit("topics", "after", title="Later")
        assert b"Later" in client.get("/topics/after/").content

    def test_nobody_else_keeps_a_page_without_asking(self, client, site):
        for address in PAGES:
            assert client.get(address).headers["Cache-Control"] == "public, max-age=0, must-revalidate", address
            assert client.get(address).headers["Vary"] == "Accept-Encoding", address

    def test_what_is_not_there_is_asked_for_again(self, client, site):
        """Else a new page would go on missing where somebody looked too early."""
        response = client.get("/topics/nowhere/")
        assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-cache")
        make_page("topics", "nowhere")
        assert client.get("/topics/nowhere/").status_code == 200


class TestWhileTheDatabaseDoesNotAnswer:
    @pytest.fixture
    def outage(self, monkeypatch):
        def begin():
            def fail(connection):
                raise OperationalError("the server is away")

            monkeypatch.setattr("education.caching.pages.read_version", fail)

        return begin

    def test_pages_are_shown_as_they_last_were(self, client, site, outage, caplog):
        """F12. For a while: someone may have changed them through another process."""
        before = client.get("/topics/after/")
        outage()
        for _ in range(20):
            assert client.get("/topics/after/").content == before.content
            assert client.get("/topics/after/", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
        assert [record.levelname for record in caplog.records if record.name == "education.caching.pages"] == ["ERROR"]

    def test_not_for_long(self, client, site, outage, monkeypatch):
        before = client.get("/topics/after/")
        outage()
        edit("topics", "after", title="Later")
        monkeypatch.setattr("education.caching.pages.OUTAGE", 0)
        assert client.get("/topics/after/").content != before.content

    def test_one_at_a_time_finds_out(self, client, site, outage, monkeypatch):
        """A name that nobody knows any more may take seconds: the other threads show meanwhile what is kept."""
        before = client.get("/topics/after/")
        outage()
        client.get("/topics/after/")
        asked, answer_comes = Event(), Event()

        def ask_long(connection):
            asked.set()
            answer_comes.wait(10)
            raise OperationalError("the server is away")

        monkeypatch.setattr("education.caching.pages.read_version", ask_long)
        with ThreadPoolExecutor() as threads:
            first = threads.submit(kept.key, "https:/?")
            assert asked.wait(10)
            try:
                assert client.get("/topics/after/").content == before.content
                assert not first.done()
            finally:
                answer_comes.set()

    def test_nothing_is_kept_then(self, client, site, outage):
        """What is made while nobody knows the version could be of any."""
        client.get("/")
        outage()
        kept.store.clear()
        assert client.get("/topics/after/").status_code == 200
        assert not kept.store._entries


class TestWhatIsKept:
    def test_is_said_for_every_public_view(self):
        """A new view is kept by nobody's oversight: it is in one list or the other."""
        resolver = get_resolver()
        names = {f"education:{pattern.name}" for pattern in _patterns(resolver) if pattern.name} | {"feed"}
        assert names == set(cached.CACHED) | set(NOT_KEPT)

    @pytest.mark.parametrize(
        "address",
        ["/search/?q=pain", "/healthz", "/robots.txt", "/sitemap.xml", "/topics/nowhere/", "/admin/login/", "/pdf/topics/after/"],
    )
    def test_nothing_else_is(self, client, site, address):
        client.get(address)
        assert not kept.store._entries

    def test_unknown_parameters_share_one_entry(self, client, site):
        """S34."""
        plain = client.get("/topics/")
        for number in range(100):
            page = client.get(f"/topics/?utm_{number}={number}&fbclid={number}&print=no&page=1&q=<b>{number}")
            assert page.content == plain.content
        assert len(kept.store._entries) == 1

    def test_pages_past_the_last_and_numbers_in_other_spellings_are_not(self, client, site):
        for number in ("0", "01", "2", "99999", "-1", "1.0", "last", "٣", "+1", "1 "):
            client.get("/topics/", {"page": number})
        assert not kept.store._entries

    def test_known_parameters_have_their_own(self, client, site):
        assert b"large-print" in client.get("/topics/after/?x=1&print=large").content
        assert b"large-print" not in client.get("/topics/after/").content
        assert len(kept.store._entries) == 2

    def test_what_somebody_ticked_is_not(self, client, site):
        assert b"checked" in client.get("/p/?pages=topics/after").content
        assert b"checked" not in client.get("/p/").content


def _patterns(resolver, namespace=None):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if namespace == "education":
                yield pattern
        else:
            yield from _patterns(pattern, pattern.namespace or namespace)

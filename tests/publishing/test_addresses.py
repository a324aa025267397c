"""Pages that move: old addresses lead on, history and content file move along, links stay."""

import pytest

from education.documents import ContentErrors, Document, Identity
from education.models import FAQ, Alias, ContentFile, Revision, Topic
from education.publishing import Change, delete, find_page, live_document, publish, record, save, save_draft
from tests.factories import make_document, make_page
from tests.publishing.rows import all_rows

pytestmark = pytest.mark.django_db


def renamed(page, slug, by, **changes):
    document = live_document(page).changed(**changes)
    return save(document=Document(document.identity._replace(slug=slug), document.fields, document.body), by=by, page=page)


def topic_at(slug):
    return find_page(Identity("en", "topics", slug))


class TestWhenAPageIsRenamed:
    def test_its_old_address_leads_to_it(self, staff):
        page = renamed(make_page(), "needling", staff)
        assert page.slug == "needling"
        assert live_document(page).get("aliases") == ("dry-needling",)
        assert topic_at("dry-needling") == topic_at("needling") == page

    def test_older_addresses_lead_to_it_too(self, staff):
        page = make_page(aliases=("oldest",))
        for slug in ("second", "third"):
            page = renamed(page, slug, staff)
        assert live_document(page).get("aliases") == ("oldest", "dry-needling", "second")
        assert {topic_at(slug) for slug in ("oldest", "dry-needling", "second", "third")} == {page}

    def test_and_back_its_address_is_no_old_one(self, staff):
        page = renamed(renamed(make_page(), "needling", staff), "dry-needling", staff)
        assert live_document(page).get("aliases") == ("needling",)
        assert list(Alias.objects.values_list("slug", "target")) == [("needling", "dry-needling")]

    def test_its_history_and_content_file_move_along(self, staff):
        page = make_page()
        ContentFile.objects.create(page=page.identity, slug=page.slug)
        page = renamed(page, "needling", staff)
        assert Revision.objects.filter(page="en/topics/needling").count() == 2
        assert not Revision.objects.filter(page="en/topics/dry-needling").exists()
        assert (ContentFile.objects.get().page, ContentFile.objects.get().slug) == ("en/topics/needling", "dry-needling")

    def test_pages_that_name_it_by_its_old_address_stay_linked(self, staff):
        page = make_page()
        child = make_page(slug="child", parent="dry-needling")
        page = renamed(page, "needling", staff)
        question = make_page("faqs", "does-it-hurt")  # of the topic dry-needling
        child = save(document=live_document(child).changed(title="New"), by=staff, page=child)
        assert (child.parent, question.topic) == (page, page)

    def test_together_with_a_page_that_names_it_both_are_written(self, staff):
        """One import may move a topic and change its questions."""
        page = make_page()
        question = make_page("faqs", "does-it-hurt")
        moved = Document(live_document(page).identity._replace(slug="needling"), live_document(page).fields, "Text.")
        record([Change(live_document(question).changed(title="New?"), question), Change(moved, page)])
        assert FAQ.objects.get().topic.slug == "needling"

    def test_to_the_address_of_another_page_nothing_is_written(self, staff):
        page = make_page(aliases=("old",))
        make_page(slug="other", aliases=("taken",))
        before = all_rows()
        with pytest.raises(ContentErrors, match="slug: expected an address of its own; this one leads to en/topics/other"):
            renamed(page, "taken", staff)
        assert all_rows() == before

    def test_to_the_address_of_a_deleted_page_with_a_file_nothing_is_written(self, staff):
        """Two files would be one page's, and no import could go on."""
        page, other = make_page(), make_page(slug="other")
        ContentFile.objects.create(page=other.identity, slug=other.slug)
        delete(page=other, by=staff)
        before = all_rows()
        with pytest.raises(ContentErrors, match="a deleted page has it, and a content file"):
            renamed(page, "other", staff)
        assert all_rows() == before


class TestOldAddresses:
    @pytest.mark.parametrize("page", [None, "second"])
    def test_of_another_page_are_refused(self, staff, page):
        """An address leads to one page."""
        make_page(slug="first", aliases=("old",))
        page = page and make_page(slug=page)
        before = all_rows()
        with pytest.raises(
            ContentErrors, match="aliases: expected a name of its own; 'old' is an old address of en/topics/first"
        ):
            save(document=make_document(slug="second", aliases=("old",)), by=staff, page=page)
        assert all_rows() == before

    def test_that_another_page_took_while_a_draft_waited_are_that_page_s(self, staff):
        """It stays where it is and can be changed; they lead on once it is deleted."""
        page = make_page()
        page = save_draft(document=live_document(page).changed(aliases=("free",)), by=staff, page=page)
        other = make_page(slug="free")
        page = publish(page=page, by=staff)
        other = save(document=live_document(other).changed(summary="Changed."), by=staff, page=other)
        assert topic_at("free") == other
        delete(page=other, by=staff)
        assert topic_at("free") == page

    def test_are_never_the_page_s_own(self, staff):
        """No import could go on: its file would claim the name of a page."""
        page = make_page()
        page = save(document=live_document(page).changed(aliases=("old", "dry-needling")), by=staff, page=page)
        assert live_document(page).get("aliases") == ("old",)
        assert Alias.objects.get().slug == "old"

    def test_may_move_from_one_page_to_another_at_once(self):
        """In whatever order the two are written."""
        first, second = make_page(slug="first", aliases=("old",)), make_page(slug="second")
        for order in (1, -1):
            without = Change(live_document(first).changed(aliases=()), first)
            with_it = Change(live_document(second).changed(aliases=("old",)), second)
            record([without, with_it][::order])
            assert Alias.objects.get().target == second.slug
            first, second = Topic.objects.get(pk=second.pk), Topic.objects.get(pk=first.pk)

    def test_in_another_collection_are_something_else(self):
        make_page(slug="first", aliases=("old",))
        make_page("conditions", "first", aliases=("old",))
        assert Alias.objects.count() == 2


class TestTopicsInACircle:
    @pytest.mark.parametrize("parent", ["top", "middle", "low", "was-low"])
    def test_are_refused(self, staff, parent):
        """A topic below itself has no place on the site."""
        top = make_page(slug="top")
        make_page(slug="middle", parent="top")
        make_page(slug="low", parent="middle", aliases=("was-low",))
        before = all_rows()
        with pytest.raises(ContentErrors, match="en/topics/top:1: parent: expected a topic that does not stand below this one"):
            save(document=live_document(top).changed(parent=parent), by=staff, page=top)
        assert all_rows() == before

    def test_that_are_turned_round_at_once_are_none(self):
        top, low = make_page(slug="top"), make_page(slug="low", parent="top")
        record([Change(live_document(top).changed(parent="low"), top), Change(live_document(low).changed(parent=None), low)])
        assert Topic.objects.get(slug="top").parent.slug == "low"
        assert Topic.objects.get(slug="low").parent is None

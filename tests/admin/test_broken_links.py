"""Broken links on the admin's first page: they come and go with the pages that they lead to."""

from datetime import timedelta
from functools import partial

import pytest

from education import publishing
from education.models.page import today
from tests.admin.first_page import look, make_calm, url
from tests.factories import make_document, make_page
from tests.publishing.words import new_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def calm(staff):
    """Makes pages about which there is nothing to do."""
    return partial(make_calm, staff)


class TestBrokenLinks:
    @pytest.fixture
    def linked(self, calm):
        """A page, and one that leads to it."""
        return calm(slug="rest"), calm("faqs", "how", body="Read [this](topic:rest).", topic="rest")

    def broken(self, client):
        found = look(client).get("broken-links")
        return found and (found.addresses, found.notes)

    def test_a_link_breaks_with_the_page_that_it_leads_to_and_is_mended_with_it(self, staff_client, staff, linked):
        """It is the other page that changes."""
        rest, asking = linked
        assert self.broken(staff_client) is None
        publishing.unpublish(page=rest, by=staff)
        assert self.broken(staff_client) == ([url(asking)], ["topics/rest"])
        publishing.publish(page=rest, by=staff)
        assert self.broken(staff_client) is None

    def test_a_renamed_page_is_still_found_until_it_is_deleted(self, staff_client, staff, calm):
        rest = calm(slug="rest")
        term = calm("glossary", "calm", body="See [this](topic:rest).")
        document = make_document(slug="sleep")
        rest = publishing.save(document=document, by=staff, page=rest)
        assert self.broken(staff_client) is None
        publishing.delete(page=rest, by=staff)
        assert self.broken(staff_client) == ([url(term)], ["topics/rest"])
        make_page(slug="rest")
        assert self.broken(staff_client) is None

    def test_an_old_address_that_is_given_up_breaks_links_to_it(self, staff_client, staff, calm):
        rest = calm(slug="sleep", aliases=("rest",))
        term = calm("glossary", "calm", body="See [this](topic:rest).")
        assert self.broken(staff_client) is None
        publishing.save(document=new_text(rest, aliases=()), by=staff, page=rest)
        assert self.broken(staff_client) == ([url(term)], ["topics/rest"])

    def test_a_page_that_comes_later_counts_from_its_day(self, staff_client, staff, linked):
        rest, asking = linked
        publishing.publish(page=publishing.unpublish(page=rest, by=staff), by=staff, publish_on=today() + timedelta(days=1))
        assert self.broken(staff_client) == ([url(asking)], ["topics/rest"])

    def test_citations_and_packets_count_and_the_site_s_own_pages_do_not(self, staff_client, calm):
        page = calm(body="It helps [@gone-2020]. See [home](page:home).")
        packet = calm("packets", "first", pages=("topics/dry-needling", "topics/gone"))
        assert self.broken(staff_client) == ([url(page), url(packet)], ["sources/gone-2020", "topics/gone"])

    def test_patients_meet_none_on_a_page_that_they_do_not_see(self, staff_client, staff, linked):
        rest, asking = linked
        publishing.unpublish(page=asking, by=staff)
        publishing.unpublish(page=rest, by=staff)
        assert self.broken(staff_client) is None

    def test_a_page_that_was_deleted_breaks_them(self, staff_client, staff, calm):
        rest = calm(slug="rest")
        term = calm("glossary", "calm", body="See [this](topic:rest).")
        publishing.delete(page=rest, by=staff)
        assert self.broken(staff_client) == ([url(term)], ["topics/rest"])

    def test_goes_away_when_the_text_is_mended(self, staff_client, staff, linked):
        rest, asking = linked
        publishing.unpublish(page=rest, by=staff)
        publishing.save(document=new_text(asking, body="Rest."), by=staff, page=asking)
        assert self.broken(staff_client) is None

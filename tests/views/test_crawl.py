"""A walk over the whole site with the content that ships, as a crawler or a curious patient would do it."""

from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from education.models import FAQ, Condition, GlossaryTerm, Topic
from education.sync import import_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client):
    """Every page that can be reached from the home page, parsed, by its address."""
    import_content(settings.CONTENT_DIR)
    pages, waiting = {}, ["/"]
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        pages[address] = BeautifulSoup(response.content, "html.parser") if "html" in response["Content-Type"] else None
        waiting += [link for link in inside_links(address, pages[address]) if link not in pages]
    return pages


def inside_links(address, page):
    for href, _ in all_links(page):
        parts = urlsplit(href)
        if not parts.netloc and not parts.scheme and not parts.path.startswith(("/static/", "/admin/")):
            yield (parts.path or urlsplit(address).path) + (f"?{parts.query}" if parts.query else "")


def all_links(page):
    return [(link["href"], link) for link in page.find_all("a", href=True)] if page else []


def test_every_published_page_is_found_and_every_link_and_anchor_leads_somewhere(site):
    """No page is an orphan, no link dead."""
    published = {page.get_absolute_url() for model in (Topic, Condition, FAQ) for page in model.objects.published()}
    assert published - set(site) == set()
    terms = {term.slug for term in GlossaryTerm.objects.published()}
    assert terms <= {tag["id"] for tag in site["/glossary/"].find_all(id=True)}
    dead = []
    for address, page in site.items():
        for href, link in all_links(page):
            parts = urlsplit(href)
            if parts.netloc or parts.scheme or not parts.fragment:
                continue
            target = site[parts.path or address]
            if not target.find(id=unquote(parts.fragment)):
                dead.append(f"{address}: {href}")
            assert link.get_text(strip=True) or link.get("aria-label"), f"{address}: {href} has no words"
    assert dead == []


def test_every_page_is_described_for_those_who_search(site):
    descriptions = {}
    for address, page in site.items():
        if page and not urlsplit(address).query:
            description = page.find("meta", attrs={"name": "description"})
            assert description, address
            assert description["content"].strip(), address
            descriptions[address] = description["content"]
    assert len(set(descriptions.values())) == len(descriptions)


def test_a_walk_over_the_static_files_of_a_page_finds_them_all(site, client):
    links = {link["href"] for link in site["/"].find_all("link", href=True)}
    assert links
    for address in links:
        response = client.get(address)
        assert response.status_code == 200, address
        response.close()

"""The whole site with the content that ships: every page found, every link alive, every page valid HTML."""

import os
import subprocess
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from education.models import FAQ, Condition, GlossaryTerm, Packet, Topic
from education.sync import import_content
from tests.crawler import links, parsed, walk

VNU_JAR = os.environ.get("VNU_JAR")


@pytest.fixture(scope="module")
def responses(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        import_content(settings.CONTENT_DIR)
        pages = walk(Client())
        picked = "&".join(
            f"pages={name}" for name in ("topics/after-your-visit", "conditions/headaches", "faqs/can-i-drive-home")
        )
        made = Client().get(f"/p/?make=1&{picked}").headers["Location"]
        for address in (made, f"/p/?{picked}", "/p/?make=1", "/topics/after-your-visit/?print=large", "/nowhere/"):
            pages[address] = Client().get(address)
        models = (Topic, Condition, FAQ, Packet)
        published = {page.get_absolute_url() for model in models for page in model.objects.published()}
        terms = set(GlossaryTerm.objects.published().values_list("slug", flat=True))
        transaction.set_rollback(True)
    return pages, published, terms


@pytest.fixture(scope="module")
def site(responses):
    """Every page, parsed, by its address."""
    return {address: parsed(response) for address, response in responses[0].items()}


def test_every_published_page_is_found(responses, site):
    """No page is an orphan."""
    _, published, terms = responses
    assert published - set(site) == set()
    assert terms <= {tag["id"] for tag in site["/glossary/"].find_all(id=True)}


def test_every_link_and_anchor_leads_somewhere_and_has_words(site):
    dead = []
    for address, page in site.items():
        for href, link in links(page):
            parts = urlsplit(href)
            assert link.get_text(strip=True) or link.get("aria-label"), f"{address}: {href} has no words"
            if not parts.netloc and not parts.scheme and parts.fragment:
                target = site[parts.path or address]
                if not target.find(id=unquote(parts.fragment)):
                    dead.append(f"{address}: {href}")
    assert dead == []


def test_every_page_is_described_for_those_who_search(site):
    pages = {address: page for address, page in site.items() if page and not urlsplit(address).query and address != "/nowhere/"}
    descriptions = [page.find("meta", attrs={"name": "description"})["content"] for page in pages.values()]
    assert all(descriptions)
    assert len(set(descriptions)) == len(pages)
    assert len({page.title.get_text() for page in pages.values()}) == len(pages)


@pytest.mark.django_db
def test_the_files_a_page_needs_are_there(site, client):
    pages = [page for page in site.values() if page]
    files = {link["href"] for page in pages for link in page.find_all("link", rel=["stylesheet", "icon"])}
    files |= {tag["src"] for page in pages for tag in page.find_all(src=True) if not tag["src"].endswith("/qr.svg")}
    assert files
    for address in files:
        response = client.get(address)
        assert response.status_code == 200, address
        response.close()


@pytest.mark.skipif(not VNU_JAR, reason="VNU_JAR must name the Nu checker; .ci/run brings it")
def test_every_page_is_valid_html(responses, tmp_path):
    """The Nu Html Checker finds neither an error nor anything to warn of."""
    for number, (address, response) in enumerate(responses[0].items()):
        if parsed(response):
            name = address.strip("/").replace("/", "_").replace("?", "-") or "home"
            (tmp_path / f"{number}-{name}.html").write_bytes(response.content)
    command = ["java", "-jar", VNU_JAR, "--skip-non-html", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""

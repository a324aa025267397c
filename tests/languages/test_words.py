"""Every word of the interface can be translated: nothing that a patient sees or hears stands in the code for good."""

import re

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from education.views import paper
from education.views.topics import TopicList
from tests.crawler import parsed, walk
from tests.languages.catalogue import MARKED
from tests.languages.greek import greek_documents

TEMPLATES = settings.BASE_DIR / "templates"
READ_OUT = ("aria-label", "alt", "title", "placeholder", "label", "aria-description", "aria-valuetext")
DESCRIBING = re.compile("description|og:title|og:site_name|alt$")
ADDRESS = re.compile(r"https?://[^\s⟧]+")
LATIN = re.compile(r"[A-Za-z]+(?:[ ’'-]+[A-Za-z]+)*")
NO_TEXT = re.compile(r"{% (comment|blocktranslate)\b.*?{% end\1 %}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def texts_of(page):
    """What a parsed page says: its running text as one, and every text that stands in an attribute. What authors type as
    code means the same in every language."""
    for machine in page(["script", "style", "code"]):
        machine.decompose()
    # Languages are named in their own words.
    for name in page.select(".languages__link"):
        name.decompose()
    yield "".join(text for text in page.find_all(string=True) if not isinstance(text, (Comment, Doctype)))
    for tag in page.select("*"):
        yield from (tag[name] for name in READ_OUT if name in tag.attrs)
        if tag.name == "meta" and DESCRIBING.search(tag.get("name") or tag.get("property") or ""):
            yield tag["content"]
        if tag.name == "input" and tag.get("type") in ("submit", "button", "reset"):
            yield tag["value"]


def bare_words(page):
    """The Latin words on a page that are not within marks; typed out addresses aside."""
    return {words for text in texts_of(page) for words in LATIN.findall(MARKED.sub("", ADDRESS.sub("", text)))}


def bare_words_of_template(source):
    return bare_words(BeautifulSoup(NO_TEXT.sub("", source), "html.parser"))


class TestTemplates:
    @pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
    def test_have_no_word_of_their_own(self, path):
        """Also in what is seldom shown."""
        assert bare_words_of_template(path.read_text()) == set()

    @pytest.mark.parametrize(
        "source",
        [
            "<p>Bare</p>",
            '<p>{% translate "Kept" %} bare</p>',
            "{% if error %}Bare{% endif %}",
            '<nav aria-label="Main"></nav>',
            '<img alt="A needle">',
            '<input type="submit" value="Send">',
            '<meta name="description" content="Words">',
        ],
    )
    def test_a_bare_word_is_found(self, source):
        assert bare_words_of_template(source)


ADDRESSES = [
    "/el/search/",
    "/el/search/?q=βελόνα",
    "/el/search/?q=βελόνα&page=2",
    "/el/search/?q=βελόνα&kind=topics",
    "/el/search/?q=βελόωνα",
    "/el/search/?q=ξψζξψζ",
    "/el/p/?pages=topics/velona",
    "/el/p/?make=1",
    "/el/topics/?page=2",
    "/el/topics/velona/?print=large",
    "/el/pdf/el/topics/velona/",
    "/el/feedback/topics/velona/yes/",
    "/el/feedback/topics/velona/no/",
    "/el/feedback/topics/velona/thanks/",
    "/el/nowhere/",
]


@pytest.fixture
def greek_site(add_language, monkeypatch):
    add_language("el", greek_documents())
    monkeypatch.setattr(TopicList, "paginate_by", 10)


def make_packet(client, *names):
    return client.get("/el/p/", {"make": 1, "pages": names}).headers["Location"]


@pytest.mark.usefixtures("greek_site")
class TestPages:
    def test_say_nothing_that_is_neither_content_nor_translated(self, client, monkeypatch):
        monkeypatch.setattr(paper, "pdf_maker", lambda: None)  # a server without Pango says so on the page
        picked = make_packet(client, "topics/velona", "faqs/poso")
        responses = {address: response for address, response in walk(client, "/el/").items() if address.startswith("/el/")}
        responses |= {address: client.get(address) for address in [*ADDRESSES, picked, f"{picked.rstrip('/')}-zzzzz/"]}
        pages = {address: parsed(response) for address, response in responses.items()}
        assert len(pages) > 40
        assert all(page.find(string=MARKED) for page in pages.values())
        assert {address: words for address, page in pages.items() if (words := bare_words(page))} == {}

    @pytest.mark.parametrize("sent", [{"comment": "ξ" * 501}, {"comment": "ναι", "token": "x"}])
    def test_say_what_to_mend_in_feedback(self, client, sent):
        page = parsed(client.post("/el/feedback/topics/velona/no/", sent))
        assert MARKED.fullmatch(page.find(role="alert").get_text())
        assert bare_words(page) == set()

    def test_refuse_in_words_that_are_translated(self, client):
        foreign = client.post("/el/feedback/topics/velona/", {"helpful": "yes"}, headers={"sec-fetch-site": "cross-site"})
        long = client.post("/el/feedback/topics/velona/no/", {"comment": "x" * 3000})
        assert [MARKED.sub("", response.content.decode()) for response in (foreign, long)] == ["", ""]

    def test_the_page_for_our_own_mistakes_is_translated_too(self):
        with override("el"):
            page = BeautifulSoup(render_to_string("500.html"), "html.parser")
        assert (page.html["lang"], page.find("a")["href"], bare_words(page)) == ("el", "/el/", set())

    def test_the_feed_and_the_word_before_page_numbers_on_paper(self, client):
        assert "Κλινική: " in MARKED.sub(lambda match: match[0][1:-1], client.get("/el/feed.xml").content.decode())
        assert "⟦p.⟧" in client.get("/el/paper.css").content.decode()

    def test_a_word_that_the_catalogue_lacks_is_found(self, client, monkeypatch):
        monkeypatch.setattr(TopicList, "title", "Topics")
        assert bare_words(parsed(Client().get("/el/topics/"))) == {"Topics"}

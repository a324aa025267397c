"""PDFs: tagged and complete. They need WeasyPrint, which CI has."""

import os
import re
import sys
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from pypdf import PdfReader

from education.handouts import pdf, pdf_maker
from tests.factories import make_page
from tests.paper import missing_on_paper, pages_of, squeezed, text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(pdf_maker() is None and not os.environ.get("CI"), reason="WeasyPrint is not here"),
]

SITE = "https://clinic.example"
FOOTER = r"AlkalineWellnessCenter(·[^·/]*)?\d+/\d+$"
BODY = """
See [the start](topic:dry-needling#one) and [NHS](https://www.nhs.uk/), said someone [@brady-2014].

::: emergency Call 911 now if:
- you have chest pain
:::

## One

| a | b |
|---|---|
| 1 | 2 |

## Two

Text.
"""


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    make_page("clinic", "clinic", title="Alkaline Wellness Center", body="Welcome.")
    make_page("sources", "brady-2014", title="A study", doi="10.1000/182")
    make_page("topics", "dry-needling", title="Dry needling", body=BODY)
    make_page("topics", "after-your-visit", title="After your visit", body="Rest. See [it](topic:dry-needling).")
    make_page("faqs", "does-it-hurt", title="Does it hurt?", body="A little.")
    make_page("packets", "first-visit", title="First visit", pages=("topics/dry-needling", "topics/after-your-visit"))


def download(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return response


def read(client, address):
    return PdfReader(BytesIO(download(client, address).content))


def bookmarks(entries):
    """The titles of a document's bookmarks, those below another indented."""
    for entry in entries:
        if isinstance(entry, list):
            yield from (f"  {title}" for title in bookmarks(entry))
        else:
            yield entry.title


def structure(pdf):
    """Everything in a document's structure tree."""
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node["/K"]] if "/K" in node else []


def tags(pdf):
    """The roles of everything in a document's structure tree."""
    return {str(node.get("/S")) for node in structure(pdf)}


class TestAPdf:
    @pytest.mark.parametrize("address", ["/pdf/topics/dry-needling/", "/pdf/packets/first-visit/"])
    def test_has_tags_a_title_and_a_language(self, client, address):
        pdf = read(client, address)
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert pdf.metadata.title.endswith(" – Alkaline Wellness Center")
        assert re.search(r"pdfuaid:part\W+1\b", root["/Metadata"].get_data().decode()), "it says that it is PDF/UA-1"
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Link", "/Table", "/TH", "/TD"} <= tags(pdf)

    def test_says_of_each_head_in_a_table_what_it_is_the_head_of(self, client):
        """A screen reader reads a cell with the heads of its column and row."""
        pdf = read(client, "/pdf/topics/dry-needling/")
        root = pdf.trailer["/Root"]["/StructTreeRoot"]
        names = root["/IDTree"]["/Names"]
        heads = {name: place.get_object() for name, place in zip(names[::2], names[1::2], strict=True)}
        assert list(heads) == sorted(heads)
        assert {head["/S"] for head in heads.values()} == {"/TH"}
        assert [head["/A"]["/Scope"] for head in heads.values()] == ["/Column", "/Column"]
        assert {name for cell in structure(pdf) if cell.get("/S") == "/TD" for name in cell["/A"]["/Headers"]} == set(heads)

    def test_leaves_no_picture_without_words(self, client, caplog):
        """The QR code has an alternative text; the clinic's mark, which says nothing, is left out."""
        download(client, "/pdf/packets/first-visit/")
        assert [line for line in caplog.messages if "alt description" in line] == []

    def test_has_bookmarks(self, client):
        assert list(bookmarks(read(client, "/pdf/packets/first-visit/").outline))[:5] == [
            "First visit",
            "  What is in this packet",
            "  1. Dry needling",
            "    Emergency advice: Call 911 now if:",
            "    One",
        ]

    @pytest.mark.parametrize("address", ["/topics/dry-needling/", "/topics/dry-needling/?print=large", "/faqs/does-it-hurt/"])
    def test_holds_all_that_the_page_says_with_typed_addresses(self, client, address):
        html = client.get(address).content.decode()
        printed = pages_of(download(client, f"/pdf{address}").content, FOOTER)
        assert missing_on_paper(html, SITE, printed) == []

    def test_of_a_packet_holds_every_page_and_says_on_which_sheet_it_is(self, client):
        printed = text_of(download(client, "/pdf/packets/first-visit/").content)
        for words in ("1. Dry needling", "2. After your visit", "https://clinic.example/packets/first-visit/", "[1]", "(p. 2)"):
            assert squeezed(words) in printed, words

    def test_names_on_every_sheet_the_clinic_the_review_and_the_number(self, client):
        pages = read(client, "/pdf/packets/first-visit/").pages
        assert len(pages) >= 3
        for number, page in enumerate(pages, start=1):
            text = squeezed(page.extract_text())
            assert text.endswith(f"{number}/{len(pages)}")
            assert "AlkalineWellnessCenter" in text
        assert "AlkalineWellnessCenter·Notyetreviewedbyaclinician2/" in squeezed(pages[1].extract_text())

    @pytest.mark.parametrize(("query", "width", "height"), [("", 612, 792), ("?paper=a4", 595, 842), ("?paper=legal", 612, 792)])
    def test_is_for_letter_unless_a4_is_asked_for(self, client, query, width, height):
        box = read(client, f"/pdf/faqs/does-it-hurt/{query}").pages[0].mediabox
        assert (round(box.width), round(box.height)) == (width, height)

    @pytest.mark.parametrize(("query", "least"), [("", 12), ("?print=large", 16)])
    def test_has_no_text_that_is_too_small(self, client, query, least):
        sizes = set()

        def note(text, matrix, text_matrix, _font, size):
            if any(map(str.isalnum, text)):  # the mark of a card is a drawing
                sizes.add(round(abs(size * text_matrix[3] * matrix[3]), 1))

        for page in read(client, f"/pdf/topics/dry-needling/{query}").pages:
            page.extract_text(visitor_text=note)
        assert sizes
        assert min(sizes) >= least

    def test_shows_the_pictures_that_staff_uploaded(self, client, media_folder):
        (media_folder / "pictures").mkdir(parents=True)
        Image.new("RGB", (60, 40), "green").save(media_folder / "pictures" / "a.png")
        make_page("topics", "with-picture", body="![A green field](/media/pictures/a.png)")
        assert len(read(client, "/pdf/topics/with-picture/").pages[0].images) == 1

    def test_is_a_download_with_the_page_s_name_that_search_engines_leave(self, client):
        response = download(client, "/pdf/faqs/does-it-hurt/")
        assert response.headers["Content-Disposition"] == 'attachment; filename="does-it-hurt.pdf"'
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert not response.cookies

    def test_of_an_old_address_is_that_of_the_new_one(self, client):
        make_page("faqs", "new-name", aliases=("old-name",))
        response = client.get("/pdf/faqs/old-name/?paper=a4")
        assert (response.status_code, response.headers["Location"]) == (302, "/pdf/faqs/new-name/?paper=a4")

    def test_of_a_packet_that_was_picked(self, client):
        path = client.get("/p/", {"pages": ["faqs/does-it-hurt"], "make": "1"}).headers["Location"]
        assert squeezed("1. Does it hurt?") in text_of(download(client, f"/pdf{path}").content)

    def test_is_offered_on_the_page_in_the_print_that_is_shown(self, client):
        page = BeautifulSoup(client.get("/faqs/does-it-hurt/?print=large").content, "html.parser")
        assert page.find("a", string="PDF, Letter")["href"] == "/pdf/faqs/does-it-hurt/?print=large"
        assert page.find("a", string="PDF, A4")["href"] == "/pdf/faqs/does-it-hurt/?paper=a4&print=large"

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "nowhere/",
            "faqs/",
            "admin/",
            "media/a.png",
            "pdf/faqs/does-it-hurt/",
            "faqs/none/",
            "p/zzzzz/",
            "%2e%2e/etc/passwd",
        ],
    )
    def test_is_made_of_no_other_page(self, client, path):
        assert client.get(f"/pdf/{path}").status_code == 404

    def test_of_a_draft_is_nowhere(self, client):
        make_page("faqs", "secret", status=None)
        assert client.get("/pdf/faqs/secret/").status_code == 404


class TestWhereNoPdfCanBeMade:
    @pytest.fixture
    def without_weasyprint(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        pdf_maker.cache_clear()
        yield
        pdf_maker.cache_clear()

    @pytest.mark.usefixtures("without_weasyprint")
    @pytest.mark.parametrize("path", ["/faqs/does-it-hurt/", "/packets/first-visit/"])
    def test_none_is_offered_and_the_page_itself_says_so(self, client, path):
        assert "/pdf/" not in client.get(path).content.decode()
        response = client.get(f"/pdf{path}?print=large")
        assert response.status_code == 200
        text = BeautifulSoup(response.content, "html.parser").find("main").get_text(" ")
        assert "cannot make PDF files" in text
        assert "print this page instead" in text
        assert b'class="large-print"' in response.content
        assert response.headers["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize(
        "drawing",
        ["import sys; sys.exit(1)", "import time; time.sleep(60)"],
        ids=["the process dies", "the process hangs"],
    )
    def test_where_drawing_fails_the_page_itself_says_so(self, client, monkeypatch, tmp_path, drawing):
        (tmp_path / "drawing.py").write_text(drawing)
        monkeypatch.setattr(pdf, "_DRAWING", tmp_path / "drawing.py")
        monkeypatch.setattr(pdf, "MOST_SECONDS", 1)
        response = client.get("/pdf/faqs/does-it-hurt/")
        assert response.status_code == 503
        assert "cannot make PDF files" in response.content.decode()

    def test_one_at_a_time_is_made_and_who_comes_meanwhile_is_told_so(self, client):
        """A PDF takes seconds of a processor: many at once must not take the site away from everyone else."""
        with pdf._making:
            response = client.get("/pdf/faqs/does-it-hurt/")
        assert response.status_code == 503
        assert "Another PDF is being made." in response.content.decode()
        assert download(client, "/pdf/faqs/does-it-hurt/")

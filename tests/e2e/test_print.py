"""On paper every page is whole, and its QR code leads a phone back to it."""

import io
import re
import urllib.request

import pytest
from PIL import Image

from tests.e2e.addresses import KINDS
from tests.paper import left_alone, missing_on_paper, pages_of, text_of

CM = 96 / 2.54
POINT = 96 / 72
MAKE = "/p/?make=1&pages=topics/after-your-visit&pages=conditions/headaches&pages=faqs/can-i-drive-home"

SMALLEST_TEXT = """() => {
    const sizes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() && element.checkVisibility() && !element.closest(".visually-hidden"))
            sizes.push([parseFloat(getComputedStyle(element).fontSize), element.outerHTML.slice(0, 90)]);
    }
    return sizes.sort((a, b) => a[0] - b[0])[0];
}"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def every_address(site_url):
    sitemap = urllib.request.urlopen(f"{site_url}/sitemap.xml").read().decode()
    return re.findall(r"<loc>([^<]+)</loc>", sitemap)


def test_every_page_prints_whole_with_typed_addresses(page, site_url):
    """Answers open, nothing cut off, and behind every link where it leads."""
    missing = {}
    addresses = [*every_address(site_url), site_url + MAKE]
    assert len(addresses) > 50
    for address in addresses:
        page.goto(address)
        if found := missing_on_paper(page.content(), site_url, pages_of(page.pdf(format="Letter"))):
            missing[address] = found
    assert missing == {}


@pytest.mark.parametrize("address", ["/topics/after-your-visit/", "/packets/first-visit/"])
@pytest.mark.parametrize(("paper", "query"), [("A4", ""), ("Letter", "?print=large"), ("A4", "?print=large")])
def test_so_it_does_on_other_paper_and_in_large_print(page, site_url, address, paper, query):
    page.goto(site_url + address + query)
    assert missing_on_paper(page.content(), site_url, pages_of(page.pdf(format=paper))) == []


def test_what_finds_ones_way_on_a_screen_is_not_printed(page, site_url):
    page.goto(f"{site_url}/topics/after-your-visit/")
    printed = text_of(page.pdf())
    for words in ("Skiptothemaintext", "Wasthispagehelpful", "Makeapacket", "Relatedtopics", "Onthispage", "Backtotext"):
        assert words not in printed, words


@pytest.mark.parametrize("address", KINDS)
def test_no_text_on_paper_is_smaller_than_12_points(page, site_url, address):
    page.goto(site_url + address)
    page.emulate_media(media="print")
    size, where = page.evaluate(SMALLEST_TEXT)
    assert size >= (16 if "print=large" in address else 12) * POINT - 0.01, where


@pytest.mark.parametrize("address", ["/", "/topics/after-your-visit/", "/packets/first-visit/"])
def test_the_words_print_this_page_do_it(page, site_url, address):
    page.goto(site_url + address)
    page.evaluate("addEventListener('beforeprint', () => document.title = 'printing')")
    page.get_by_role("button", name="print this page").press("Enter")
    pytest.importorskip("playwright.sync_api").expect(page).to_have_title("printing")


@pytest.mark.parametrize("address", ["/topics/dry-needling-risks/", "/topics/what-research-shows/?print=large"])
def test_wherever_a_sheet_ends_no_heading_and_no_head_of_a_table_stands_alone_at_its_foot(page, site_url, address):
    page.goto(site_url + address)
    html = page.content()
    for centimetres in range(0, 24, 2):
        page.evaluate("length => document.querySelector('.prose').style.paddingBlockStart = length", f"{centimetres}cm")
        assert left_alone(html, pages_of(page.pdf(format="Letter"))) == [], centimetres


def test_a_fault_on_paper_is_found(page, site_url):
    """The tests above can fail: an answer that is closed and an address that is not typed out are missed."""
    for fault in ("querySelector('.faq .prose').hidden = true", "querySelector('link[media=print]').remove()"):
        page.goto(f"{site_url}/faqs/")
        html = page.content()
        page.evaluate(f"document.{fault}")
        assert missing_on_paper(html, site_url, pages_of(page.pdf()))


class TestAQrCode:
    @pytest.mark.parametrize("start", ["/packets/first-visit/", MAKE])
    def test_leads_a_phone_to_the_packet_from_the_screen_and_from_paper(self, page, site_url, start):
        zxingcpp = pytest.importorskip("zxingcpp")
        for media in ("screen", "print"):
            page.goto(site_url + start)
            page.emulate_media(media=media)
            title, code = page.title(), page.locator(".packet-address__qr")
            picture = Image.open(io.BytesIO(code.screenshot()))
            address = zxingcpp.read_barcode(picture).text
            assert address.startswith(f"{site_url}/p")
            page.goto(address)
            assert page.title() == title
            assert page.locator(".packet-part").count() >= 3

    def test_is_at_least_two_and_a_half_centimetres_wide_on_paper(self, page, site_url):
        """Without its quiet zone, four modules on each side."""
        for start in ("/packets/first-visit/", MAKE):
            page.goto(site_url + start)
            page.emulate_media(media="print")
            code = page.locator(".packet-address__qr")
            svg = urllib.request.urlopen(site_url + code.get_attribute("src")).read().decode()
            modules = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
            assert code.bounding_box()["width"] * (modules - 8) / modules >= 2.5 * CM


def test_a_packet_is_made_by_keyboard_alone(page, site_url):
    """Tick two pages, make the packet: three keys besides Tab."""
    page.goto(f"{site_url}/p/")
    for name in ("Side effects and risks", "After your visit"):
        page.get_by_label(name, exact=True).focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"{site_url}/p/[0-9a-z]{{5}}-[0-9a-z]{{5}}/"))
    assert page.locator(".packet-part").count() == 2

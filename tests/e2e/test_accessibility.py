"""Every page is for everyone: axe finds nothing, in any light and at any size; the keyboard reaches everything."""

import os
from pathlib import Path

import pytest

from tests.e2e.addresses import KINDS

AXE = Path(os.environ.get("AXE_JS", "var/tools/node_modules/axe-core/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {
    "phone, light": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "phone, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "desktop, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "forced colours, dark": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active", "color_scheme": "dark"},
}
TWICE_THE_TEXT = "html { font-size: 200% !important }"
WIDE_TEXT = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }
"""

pytestmark = pytest.mark.skipif(
    not AXE.exists() and not os.environ.get("CI"), reason="AXE_JS must name axe-core; .ci/run brings it"
)


def find_faults(page):
    """What axe finds on an open page, as lines of rule and element."""
    page.evaluate(AXE.read_text())
    result = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{fault['id']}: {node['html'][:120]}" for fault in result["violations"] for node in fault["nodes"]]


@pytest.fixture(params=LOOKS)
def page(request, chromium):
    context = chromium.new_context(bypass_csp=True, **LOOKS[request.param])
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium):
    context = chromium.new_context(bypass_csp=True, **LOOKS["phone, light"])
    yield context.new_page()
    context.close()


def test_axe_finds_nothing(page, site_url):
    faults = {}
    for address in KINDS:
        page.goto(site_url + address)
        faults[address] = find_faults(page)
    assert {address: found for address, found in faults.items() if found} == {}


def test_axe_finds_nothing_with_text_twice_as_large_and_nothing_scrolls_sideways(phone, site_url):
    """WCAG 1.4.4 and 1.4.10: text at 200%, on a phone as wide as others' text is read at, and on the narrowest too."""
    phone.set_viewport_size({"width": 640, "height": 900})
    for address in KINDS:
        phone.goto(site_url + address)
        phone.add_style_tag(content=TWICE_THE_TEXT)
        assert find_faults(phone) == [], address
        assert phone.evaluate("document.documentElement.scrollWidth") <= 640, address
        phone.set_viewport_size({"width": 320, "height": 900})
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, address
        phone.set_viewport_size({"width": 640, "height": 900})


def test_text_spaced_by_its_reader_has_room(phone, site_url):
    """WCAG 1.4.12: nothing scrolls sideways, and nothing is cut off."""
    for address in KINDS:
        phone.goto(site_url + address)
        phone.add_style_tag(content=WIDE_TEXT)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, address
        cut_off = """() => [...document.querySelectorAll("main *, header *, footer *")]
            .filter(element => getComputedStyle(element).overflow === "hidden" && !element.matches(".visually-hidden"))
            .filter(element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
            .map(element => element.className)"""
        assert phone.evaluate(cut_off) == [], address


LONG_WORD = "pneumonoultramicroscopicsilicovolcanoconiosis"
SAY_IT_EVERYWHERE = """word => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const said = walker.currentNode, around = said.parentElement;
        if (said.data.trim() && !around.closest("script, button, .site-nav, caption")) said.data = word + " " + said.data;
    }
}"""


def test_a_word_of_45_letters_widens_nothing(phone, site_url):
    """WCAG 1.4.10: whatever authors write in a title, a link, a list or a card; only tables scroll, by themselves."""
    for address in KINDS:
        phone.goto(site_url + address)
        phone.evaluate(SAY_IT_EVERYWHERE, LONG_WORD)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize(
    "fault",
    [
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/img/favicon.svg\">')",
        "document.querySelector('main p').style.color = '#ccc'",
        "document.documentElement.removeAttribute('lang')",
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<a href=\"/\"></a>')",
    ],
)
def test_a_fault_that_is_put_in_is_found(phone, site_url, fault):
    phone.goto(f"{site_url}/topics/dry-needling/")
    phone.evaluate(fault)
    assert find_faults(phone)


@pytest.mark.parametrize("address", KINDS)
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(phone, site_url, address):
    """WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7: Tab goes over every link and field once, each is seen to have the focus."""
    phone.goto(site_url + address)
    expected = phone.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, [tabindex="0"]')]
            .filter(element => element.checkVisibility() && element.tabIndex >= 0).length"""
    )
    reached = []
    for _ in range(expected + 1):
        phone.keyboard.press("Tab")
        here = phone.evaluate(
            """() => {
                const at = document.activeElement;
                if (at === document.body) return null;
                const all = [...document.querySelectorAll('*')];
                const style = getComputedStyle(at);
                const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.textDecorationLine !== 'none';
                return [all.indexOf(at), seen];
            }"""
        )
        if here is None:
            break
        reached.append(here)
    places = [place for place, _ in reached]
    assert len(set(places)) == expected
    assert places == sorted(places)
    assert all(seen for _, seen in reached)


WHERE_THE_FOCUS_IS = """() => {
    const at = document.activeElement;
    const seen = [...at.getClientRects()].some(
        box => at.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)));
    return {id: at.id, text: at.textContent.trim(), seen};
}"""


@pytest.mark.parametrize("look", ["phone, light", "desktop, light"])
def test_a_meaning_is_read_and_left_by_keyboard_and_hides_no_focus(chromium, site_url, look):
    """WCAG 2.1.1, 2.4.11: Enter on a word opens its meaning over the page, Enter on its link or Escape goes back."""
    page = chromium.new_page(reduced_motion="reduce", **LOOKS[look])
    page.goto(f"{site_url}/topics/dry-needling/")
    page.focus("#_use-trigger-point")
    height = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    meaning = page.locator("#_term-trigger-point")
    assert meaning.evaluate("element => getComputedStyle(element).position") == "fixed"
    assert page.evaluate("scrollY") == height
    assert page.evaluate(WHERE_THE_FOCUS_IS)["id"] == "_term-trigger-point"
    page.keyboard.press("Tab")
    back = page.evaluate(WHERE_THE_FOCUS_IS)
    assert back["text"].startswith("Back to the text")
    assert back["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate(WHERE_THE_FOCUS_IS)["id"] == "_use-trigger-point"
    assert meaning.evaluate("element => getComputedStyle(element).position") == "static"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate(WHERE_THE_FOCUS_IS)["id"] == "_use-trigger-point"
    assert meaning.evaluate("element => getComputedStyle(element).position") == "static"
    page.keyboard.press("Enter")
    for key in ["Tab"] * 8 + ["Shift+Tab"] * 16:
        page.keyboard.press(key)
        assert page.evaluate(WHERE_THE_FOCUS_IS)["seen"], key
    page.close()

"""What a browser really loads, keeps and runs on public pages."""

from urllib.parse import urlsplit

import pytest

from tests.e2e.addresses import KINDS


@pytest.fixture
def visit(chromium, site_url):
    """Open a page in a browser that has never been here; gives what was loaded, said and kept."""
    contexts = []

    def open_page(address, **options):
        context = chromium.new_context(viewport={"width": 360, "height": 740}, **options)
        contexts.append(context)
        page = context.new_page()
        seen = {"requests": [], "console": [], "page": page, "context": context}
        page.on("response", lambda response: seen["requests"].append(response))  # noqa: PLW0108 - playwright marks the function
        page.on("console", lambda message: seen["console"].append(message.text))
        page.goto(site_url + address, wait_until="networkidle")
        return seen

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", KINDS)
def test_nothing_leaves_this_site_and_nothing_is_kept(visit, site_url, address):
    """S19: no third-party request, no cookie, no storage; S18: no violation of the content security policy."""
    seen = visit(address)
    assert {urlsplit(response.url).netloc for response in seen["requests"]} == {urlsplit(site_url).netloc}
    assert seen["context"].cookies() == []
    assert seen["page"].evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert [text for text in seen["console"] if "404" not in text] == []


def test_the_hub_is_light_on_its_first_visit(visit):
    """HTML, styles and pictures together at most 60 kB over the wire, in at most 8 requests, and nothing moves."""
    seen = visit("/topics/dry-needling/")
    page = seen["page"]
    assert len(seen["requests"]) <= 8
    assert sum(response.request.sizes()["responseBodySize"] for response in seen["requests"]) <= 60_000
    shift = page.evaluate(
        """() => new Promise(done => {
            let total = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) total += entry.value; })
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(total), 300);
        })"""
    )
    assert shift == 0


@pytest.mark.parametrize("address", KINDS)
def test_the_same_words_are_there_without_javascript(visit, address):
    with_scripts = visit(address)["page"].inner_text("body")
    assert visit(address, java_script_enabled=False)["page"].inner_text("body") == with_scripts


@pytest.mark.parametrize("address", KINDS)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways(visit, address, width):
    page = visit(address)["page"]
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width

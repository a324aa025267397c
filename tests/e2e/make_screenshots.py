"""Takes the pictures on docs/screenshots.md: `make screenshots`."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

FOLDER = Path(settings.BASE_DIR) / "docs" / "screenshots"
PAGES = {
    "home": "/",
    "hub": "/topics/dry-needling/",
    "after": "/topics/after-your-visit/",
    "condition": "/conditions/neck-and-back-pain/",
    "faq": "/faqs/does-dry-needling-hurt/",
    "search": "/search/?q=dri+needeling",
    "glossary": "/topics/trigger-points/#_term-trigger-point",
    "packet": "/packets/after-your-visit/",
}
# Name, width and height of the window in CSS pixels, colours.
LOOKS = (("320", 320, 720, "light"), ("320-dark", 320, 720, "dark"), ("768", 768, 1024, "light"), ("1280", 1280, 960, "light"))
LOOKS += (("1280-dark", 1280, 960, "dark"),)
# US Letter with the margins of print.css, in CSS pixels.
PAPER = {"width": 816 - 2 * 60, "height": 1056 - 2 * 68}
QUALITY = 55


@pytest.mark.parametrize("name", PAGES)
def test_take(chromium, site_url, name):
    for look, width, height, colours in LOOKS:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
        page = context.new_page()
        assert page.goto(site_url + PAGES[name]).ok
        _keep(page, f"{name}-{look}")
        context.close()
    page = chromium.new_page(viewport=PAPER)
    page.emulate_media(media="print")
    page.goto(site_url + PAGES[name].partition("#")[0])
    _keep(page, f"{name}-print")
    page.close()


def _keep(page, name):
    FOLDER.mkdir(exist_ok=True)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.thumbnail((800, 800))
    picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)

"""Takes the pictures of docs/content-guide.md: `make screenshots`."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.e2e import staff

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
WIDTH, HEIGHT = 1280, 900
WIDEST = 1000  # of a picture, in pixels
QUALITY = 60


@pytest.fixture(scope="module")
def log_in(chromium, staff_site_url):
    """Opens a browser for a member of staff, logged in; gives its page."""
    contexts = []

    def opened(name):
        contexts.append(chromium.new_context(base_url=staff_site_url, viewport={"width": WIDTH, "height": HEIGHT}))
        page = contexts[-1].new_page()
        staff.log_in(page, staff_site_url, name)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def ann(log_in):
    """Ann, who publishes."""
    return log_in("ann")


@pytest.fixture
def text(ann, staff_site_url):
    """The text of a page that ann has open."""
    return staff.open_topic(ann, staff_site_url)


def test_first(ann):
    ann.goto("/admin/")
    keep(ann.screenshot(), "first")


def test_list(ann):
    ann.goto("/admin/education/topic/")
    keep(ann.screenshot(), "list")


def test_form(ann, text):
    keep(ann.screenshot(), "form")


def test_toolbar(ann, text):
    keep(ann.locator(".markdownx__text").screenshot(), "toolbar", height=190)


def test_coach(ann, text):
    text.fill(text.input_value() + "\n\nDry needling is guaranteed to work. [Click here](topic:after-your-vist).\n")
    ann.wait_for_selector(".coach__hints--mend")
    keep(ann.locator(".coach").screenshot(), "coach")


@pytest.mark.parametrize(("tool", "name"), [("Link", "link"), ("Care card", "card")])
def test_dialog(ann, text, tool, name):
    ann.get_by_role("button", name=tool, exact=True).click()
    if name == "link":
        ann.keyboard.type("visit")
        ann.wait_for_selector(".choice:has-text('After your visit')")
    ann.mouse.move(0, 0)
    keep(ann.locator(".editor-dialog").screenshot(), name)
    ann.keyboard.press("Escape")


def test_pictures(ann, staff_site_url):
    for drawing, words in (("pain-cycle", "Four arrows in a circle"), ("lying-positions", "Three ways to lie on a table")):
        ann.goto(f"/static/img/{drawing}.svg")
        picture = {"name": "drawing.png", "mimeType": "image/png", "buffer": ann.locator("svg").screenshot()}
        ann.goto("/admin/education/picture/add/")
        ann.set_input_files("#id_upload", picture)
        ann.fill("#id_alt", words)
        ann.get_by_role("button", name="Save and continue editing").click()
        line = ann.inner_text(".picture-line")
    body = staff.open_topic(ann, staff_site_url)
    body.fill(f"{body.input_value()}\n\n{line}\n")
    ann.get_by_role("button", name="Publish", exact=True).click()
    ann.goto("/admin/education/picture/")
    keep(ann.screenshot(), "pictures", height=460)


def test_history_and_conflict(ann, log_in, staff_site_url):
    ben = log_in("ben")
    mine = staff.open_topic(ben, staff_site_url, "Your dry needling visit")
    theirs = staff.open_topic(ann, staff_site_url, "Your dry needling visit")
    theirs.fill(theirs.input_value().replace("minutes", "min.", 1) + "\nBring a list of your medicines.\n")
    ann.fill("#id_note", "What to bring")
    ann.get_by_role("button", name="Publish", exact=True).click()
    ann.get_by_role("link", name="History", exact=True).click()
    keep(ann.screenshot(), "history", height=420)
    mine.fill(mine.input_value() + "\nCome 10 minutes early.\n")
    ben.get_by_role("button", name="Save draft").click()
    keep(ben.screenshot(), "conflict")


def keep(data, name, height=None):
    """Store a screenshot as a small file, its first `height` pixels only if that is given."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(height or picture.height, picture.height)))
    picture.thumbnail((WIDEST, 4 * WIDEST))
    FOLDER.mkdir(exist_ok=True)
    picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)

"""The guide for staff: one click away, with its pictures, and in the words that stand on the screen."""

import ast
import re
from pathlib import Path

import django.contrib.admin
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.text import capfirst

from education.models import PAGE_MODELS, Feedback, Picture
from education.rendering.reading import read, read_blocks

ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs" / "content-guide.md"
PICTURES = ROOT / "docs" / "guide"
_TRANSLATED = re.compile(r"""{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')""")


def words_on_screens():
    """What templates and code show: the project's own, and those of Django's admin; labels begin with a capital letter."""
    templates = [ROOT / "templates" / "admin", ROOT / "templates" / "markdownx", Path(django.contrib.admin.__file__).parent]
    for folder in templates:
        for path in folder.rglob("*.html"):
            yield from ("".join(found) for found in _TRANSLATED.findall(path.read_text()))
    code = [*(ROOT / "education" / "admin").glob("*.py"), *(ROOT / "education" / "models").glob("*.py")]
    for path in [*code, ROOT / "education" / "migrations" / "0006_staff.py"]:
        nodes = ast.walk(ast.parse(path.read_text()))
        yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    for model in (*PAGE_MODELS.values(), Feedback, Picture):
        yield str(model._meta.verbose_name_plural)
        yield from (str(field.verbose_name) for field in model._meta.fields)


def test_every_word_in_bold_stands_on_a_screen():
    """Staff look for exactly the word that they read."""
    known = set(map(capfirst, words_on_screens()))
    quoted = re.findall(r"\*\*([^*]+)\*\*", GUIDE.read_text())
    assert len(quoted) > 50
    assert [words for words in quoted if words not in known] == []


def test_can_be_read_by_anyone():
    """It keeps the rule that it teaches."""
    reading = read(read_blocks(GUIDE.read_text()))
    assert reading.grade <= 6
    assert reading.share_longer_than(20) < 0.02


class TestPictures:
    def test_are_all_there_described_and_small(self):
        shown = re.findall(r'!\[([^\]]+)\]\(guide/([\w-]+\.webp) "[^"]+"\)', GUIDE.read_text())
        assert len(shown) == GUIDE.read_text().count("![")
        assert {name for _, name in shown} == {path.name for path in PICTURES.iterdir()}
        assert max(path.stat().st_size for path in PICTURES.iterdir()) < 80_000

    def test_are_found_as_static_files(self):
        assert all(finders.find(f"guide/{path.name}") for path in PICTURES.iterdir())


@pytest.mark.django_db
class TestInTheAdmin:
    @pytest.fixture
    def page(self, client):
        """The guide as somebody without any role sees it."""
        client.force_login(get_user_model().objects.create_user("new", password="a password for tests", is_staff=True))
        return BeautifulSoup(client.get(reverse("guide")).content, "html.parser")

    def test_is_one_click_away_from_every_screen(self, staff_client):
        for name in ("index", "education_topic_changelist", "education_topic_add"):
            html = staff_client.get(reverse(f"admin:{name}")).content.decode()
            assert f'href="{reverse("guide")}"' in html

    def test_is_the_file(self, page):
        assert page.h1.get_text() == "Guide"
        headings = [heading.get_text() for heading in page.select(".guide__text h2")]
        assert headings == re.findall(r"^## (.+)", GUIDE.read_text(), re.MULTILINE)
        assert headings[0] == "Change a page in one minute"
        for cell in ("Take the file’s", "Keep theirs", "Good to know"):
            assert cell in page.select_one(".guide__text").get_text()

    def test_its_links_and_pictures_lead_somewhere(self, page):
        ids = {element["id"] for element in page.select("[id]")}
        links = [link["href"][1:] for link in page.select('#content-main a[href^="#"]')]
        assert len(links) >= 10
        assert set(links) <= ids
        images = page.select(".guide__text img")
        assert len(images) == len(list(PICTURES.iterdir()))
        for image in images:
            assert finders.find(image["src"].removeprefix(settings.STATIC_URL))
            assert int(image["width"]) > 300
            assert image["alt"]

    def test_is_for_staff(self, client):
        assert client.get(reverse("guide")).headers["Location"].startswith("/admin/login/")

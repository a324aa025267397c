"""The picture of a page that other sites show."""

from io import BytesIO

import pytest
from PIL import Image, ImageFont

from education import seo
from education.models import Clinic, Topic
from education.seo.picture import SIGNS, can_draw

CLINIC = Clinic(title="A Clinic", slug="clinic")


def pixels(title, name="A Clinic"):
    with Image.open(BytesIO(seo.draw(title, name))) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB")


def is_plain(picture, box):
    return len(picture.crop(box).getcolors()) == 1


class TestThePicture:
    @pytest.mark.parametrize(
        "title", ["Pain", "What happens at a dry needling visit, step by step", "word " * 30, "W" * 150, "日本語 ☃ \u202e", ""]
    )
    def test_has_the_size_that_sites_ask_for_and_the_title_stands_within_it(self, title):
        picture = pixels(title)
        assert picture.size == (1200, 630)
        assert is_plain(picture, (0, 30, 60, 470))
        assert is_plain(picture, (0, 470, 1200, 479)) or title == "W" * 150

    def test_is_small_and_says_its_words(self):
        assert len(seo.draw("Dry needling", "A Clinic")) < 30_000
        assert pixels("Dry needling").tobytes() != pixels("Dry cupping").tobytes()
        assert not is_plain(pixels("Dry needling"), (80, 100, 600, 400))

    def test_has_another_address_when_its_words_change(self):
        page = Topic(title="Dry needling", slug="dry-needling")
        before = seo.picture_path(page, CLINIC)
        assert seo.picture_path(page, CLINIC) == before
        assert seo.picture_path(page, None) != before
        page.title = "Needling"
        assert seo.picture_path(page, CLINIC) != before

    def test_of_the_clinic_does_not_say_its_name_twice(self):
        assert seo.picture_words(CLINIC, CLINIC) == ("A Clinic", "Patient education")

    def test_is_left_out_where_the_typeface_lacks_a_sign(self):
        """What it has stands in a list, so that pages need not load it: the list and the typeface agree."""
        font = ImageFont.load_default(24)
        box = bytes(font.getmask("\uffff"))
        drawn = {sign for sign in map(chr, range(33, 0x3000)) if sign.isprintable() and bytes(font.getmask(sign)) != box}
        assert {sign for sign in drawn if not sign.isspace()} == SIGNS
        assert can_draw(["Does it hurt?", "A Clinic"])
        assert not can_draw(["¿Duele?", "A Clinic"])

"""What a page's text refers to, looked up."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from education.images import store_picture
from education.models import Picture
from education.prose import render_prose
from tests.corpus.pictures import make_picture, upload_of

pytestmark = pytest.mark.django_db


def image_in(text):
    return BeautifulSoup(render_prose([text], "en").bodies[0].html, "html.parser").img


class TestPictures:
    def test_that_staff_uploaded_have_their_size_and_narrower_files(self):
        address = store_picture(upload_of(make_picture("JPEG", size=(1200, 600))))
        image = image_in(f"![a]({address})")
        assert (image["src"], image["width"], image["height"]) == (address, "1200", "600")
        stem = address.removesuffix(".jpg")
        assert (
            image.find_previous_sibling("source")["srcset"]
            == f"{stem}-480.webp 480w, {stem}-960.webp 960w, {stem}-1200.webp 1200w"
        )

    def test_of_the_site_have_the_size_that_they_give_themselves(self):
        drawings = [path for path in (settings.BASE_DIR / "static/img").glob("*.svg") if path.stem != "favicon"]
        assert drawings
        for path in drawings:
            image = image_in(f"![a](/static/img/{path.name})")
            assert int(image["width"]) > 100, path
            assert int(image["height"]) > 100, path

    @pytest.mark.parametrize(
        "address",
        [
            "/media/pictures/gone.jpg",
            "/static/img/gone.svg",
            "/static/img/favicon.svg",
            "/static/css/site.css",
            f"/static/{'x' * 3000}.svg",
        ],
    )
    def test_of_unknown_size_are_shown_all_the_same(self, address):
        assert image_in(f"![a]({address})").attrs == {"src": address, "alt": "a"}

    def test_take_one_query_however_many_there_are(self, django_assert_num_queries):
        Picture.objects.bulk_create(Picture(name=f"pictures/{number}.png", width=9, height=9) for number in range(20))
        text = "\n\n".join(f"![a](/media/pictures/{number}.png)" for number in range(20))
        with django_assert_num_queries(1):
            render_prose([text, text], "en", id_prefixes=("a", "b"), explain=False)

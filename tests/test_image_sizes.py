"""Small screens get small files of a picture, and every page knows its size before it loads."""

import pytest
from PIL import Image

from education.images import store_picture
from education.models import Picture
from tests.corpus.pictures import make_picture, stored, upload_of

pytestmark = pytest.mark.django_db


class TestSizes:
    def test_are_stored_for_every_width_up_to_its_own(self, media_folder):
        address = store_picture(upload_of(make_picture("JPEG", size=(1000, 500))))
        picture = Picture.objects.get()
        assert address == f"/media/{picture.name}"
        assert (picture.width, picture.height) == (1000, 500)
        assert list(picture.variants) == [480, 960, 1000]
        for width, name in picture.variants.items():
            with Image.open(media_folder / name) as variant:
                assert (variant.format, variant.size) == ("WEBP", (width, width // 2))
        assert len(stored(media_folder)) == 4

    @pytest.mark.parametrize(("width", "count"), [(300, 0), (480, 0), (481, 2), (1440, 3), (1441, 3), (4000, 3)])
    def test_are_never_wider_than_it(self, media_folder, width, count):
        store_picture(upload_of(make_picture(size=(width, 4))))
        assert len(stored(media_folder)) == 1 + count

    def test_are_of_the_picture_the_right_way_up_and_keep_what_is_seen_through(self, media_folder):
        exif = Image.Exif()
        exif[0x0112] = 6
        store_picture(upload_of(make_picture("PNG", mode="RGBA", color=(255, 0, 0, 0), size=(400, 800), exif=exif)))
        picture = Picture.objects.get()
        assert (picture.width, picture.height) == (800, 400)
        with Image.open(media_folder / picture.variants[480]) as variant:
            assert variant.size == (480, 240)
            assert variant.convert("RGBA").getpixel((0, 0))[3] == 0

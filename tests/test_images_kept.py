from io import BytesIO

import pytest
from PIL import Image

from education.images import store_picture
from tests.corpus.pictures import encode, make_picture, png_chunk, srgb_profile, stored, upload_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(media_folder):
    """Store bytes as a picture; gives the bytes that were stored, after a look that its narrower copies hide nothing."""

    def run(data, *args):
        address = store_picture(upload_of(data, *args))
        for copy in stored(media_folder):
            assert b"SECRET" not in copy.read_bytes()
        return (media_folder / address.removeprefix("/media/")).read_bytes()

    return run


class TestHiddenWords:
    """S12: nothing that is not seen gets onto the site: no place, no camera, no name, no program."""

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_of_the_camera_are_gone(self, store, kind):
        exif = Image.Exif()
        exif[0x010F] = "SECRET-CAMERA"
        exif.get_ifd(0x8825)[29] = "SECRET-PLACE"
        extra = {"xmp": b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"} if kind in ("JPEG", "WEBP") else {}
        data = make_picture(kind, size=(500, 20), exif=exif, **extra)
        assert b"SECRET-CAMERA" in data
        assert b"SECRET" not in store(data)

    def test_in_comments_are_gone(self, store):
        data = make_picture("JPEG", comment=b"SECRET")
        assert b"SECRET" in data
        assert b"SECRET" not in store(data)

    @pytest.mark.parametrize("kind", [b"tEXt", b"iTXt", b"zTXt", b"prIv"])
    def test_in_chunks_of_a_png_are_gone(self, store, kind):
        data = make_picture()
        words = b"Author\0" + {b"iTXt": b"\0\0\0\0SECRET", b"zTXt": b"\0x\x9c\x0bv\x85\x00"}.get(kind, b"SECRET")
        hidden = data[:33] + png_chunk(kind, words) + data[33:]
        result = store(hidden)
        assert kind not in result
        assert b"SECRET" not in result

    def test_in_a_gif_are_gone(self, store):
        data = make_picture("GIF", comment=b"SECRET")
        assert b"SECRET" in data
        assert b"SECRET" not in store(data)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
    def test_behind_the_picture_are_gone(self, store, kind):
        program = b"<?php system($_GET['c']); ?><script>alert(1)</script>"
        assert b"<" + b"?php" not in store(make_picture(kind) + program)

    def test_in_a_colour_profile_are_gone(self, store):
        data = make_picture("JPEG", icc_profile=srgb_profile())
        assert b"ICC_PROFILE" in data
        assert b"ICC_PROFILE" not in store(data)


class TestWhatIsSeen:
    """A stored picture looks as it did."""

    def shown(self, data, mode="RGBA"):
        return Image.open(BytesIO(data)).convert(mode)

    def near(self, pixel, expected):
        return all(abs(one - other) <= 6 for one, other in zip(pixel, expected, strict=True))

    def test_turned_picture_is_turned(self, store):
        """A phone stores a picture as its sensor lay, and which way up it is."""
        picture = Image.new("RGB", (40, 20), "white")
        picture.paste("black", (0, 0, 20, 20))
        exif = Image.Exif()
        exif[0x0112] = 6
        result = self.shown(store(encode(picture, "JPEG", exif=exif)))
        assert result.size == (20, 40)
        assert self.near(result.getpixel((10, 5)), (0, 0, 0, 255))
        assert self.near(result.getpixel((10, 35)), (255, 255, 255, 255))

    def test_colours_of_a_profile_are_kept(self, store):
        data = make_picture("JPEG", color=(200, 100, 50), icc_profile=srgb_profile())
        assert self.near(self.shown(store(data), "RGB").getpixel((0, 0)), (200, 100, 50))

    def test_broken_profile_is_passed_over(self, store):
        data = make_picture("PNG", color=(200, 100, 50), icc_profile=b"broken")
        assert self.shown(store(data), "RGB").getpixel((0, 0)) == (200, 100, 50)

    @pytest.mark.parametrize("profile", [{}, {"icc_profile": srgb_profile()}], ids=["plain", "with profile"])
    @pytest.mark.parametrize(
        ("mode", "color", "expected"), [("RGBA", (255, 0, 0, 100), (255, 0, 0, 100)), ("LA", (9, 100), (9, 9, 9, 100))]
    )
    def test_transparency_is_kept(self, store, mode, color, expected, profile):
        data = make_picture(mode=mode, color=color, **profile)
        assert self.shown(store(data)).getpixel((0, 0)) == expected

    @pytest.mark.parametrize(("transparency", "alpha"), [(1, 0), (b"\xff\x10", 16)])
    def test_transparency_of_a_palette_is_kept(self, store, transparency, alpha):
        picture = Image.new("P", (4, 4), 1)
        picture.putpalette([0, 0, 0, 10, 200, 10])
        assert self.shown(store(encode(picture, transparency=transparency))).getpixel((0, 0)) == (10, 200, 10, alpha)

    def test_transparency_of_a_gif_is_kept(self, store):
        picture = Image.new("P", (4, 4), 1)
        picture.putpalette([0, 0, 0, 10, 200, 10])
        assert self.shown(store(encode(picture, "GIF", transparency=1))).getpixel((0, 0))[3] == 0

    def test_printers_colours_become_screen_colours(self, store):
        data = store(make_picture("JPEG", mode="CMYK", color=(0, 255, 255, 0)))
        assert Image.open(BytesIO(data)).mode == "RGB"
        assert self.near(self.shown(data, "RGB").getpixel((0, 0)), (255, 0, 0))

    def test_fine_greys_stay_grey(self, store):
        data = store(make_picture(mode="I;16", color=0x8000))
        assert self.near(self.shown(data, "RGB").getpixel((0, 0)), (128, 128, 128))

    def test_moving_picture_becomes_its_first_frame(self, store):
        frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
        result = Image.open(BytesIO(store(encode(frames[0], "GIF", save_all=True, append_images=frames[1:]))))
        assert getattr(result, "n_frames", 1) == 1
        assert result.convert("RGB").getpixel((0, 0)) == (255, 0, 0)

    def test_jpeg_of_a_phone_with_a_second_picture_is_taken(self, store):
        first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
        result = Image.open(BytesIO(store(encode(first, "MPO", save_all=True, append_images=[second]))))
        assert result.format == "JPEG"
        assert self.near(result.getpixel((0, 0)), (254, 0, 0))

    def test_second_picture_of_a_phone_does_not_count(self, store):
        first = Image.new("RGB", (5000, 4000), "red")
        assert store(encode(first, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))]))

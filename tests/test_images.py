import gzip
import re
import struct
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image, ImageFile

from education.images import MAX_BYTES, PictureRefused, store_picture
from education.models import Picture
from tests.corpus.pictures import gif_of, make_picture, png_bomb, png_chunk, stored, upload_of, webp_bomb

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
SVGS = {
    "plain": SVG.encode(),
    "with declaration": b'<?xml version="1.0"?>' + SVG.encode(),
    "with doctype": (DOCTYPE + SVG).encode(),
    "with entities": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    "with byte order mark": b"\xef\xbb\xbf" + SVG.encode(),
    "in UTF-16": SVG.encode("utf-16"),
    "in UTF-16 without mark": SVG.encode("utf-16-be"),
    "in UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-svg onload=+ACI-alert(1)+ACI-/+AD4-',
    "compressed": gzip.compress(SVG.encode()),
    "behind a comment and spaces": b"\n \n<!-- x -->" + SVG.encode(),
    "behind the start of a GIF": b"GIF89a=1;" + SVG.encode(),
    "in HTML": b"<html><body>" + SVG.encode(),
}


@pytest.fixture
def refused(media_folder):
    """Try to store bytes; gives the words of the refusal, after which no file may be there."""

    def run(data, *args):
        with pytest.raises(PictureRefused) as caught:
            store_picture(upload_of(data, *args))
        assert stored(media_folder) == []
        assert not Picture.objects.exists()
        return str(caught.value)

    return run


def memory(name):
    """A line of what Linux says about this process's memory, in MB."""
    return int(re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


class TestTooLarge:
    """S11: a picture's size is known before it is decoded; 10 MB and 25 million pixels are the most."""

    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")  # as on a server
    def test_small_file_of_many_pixels_is_refused_at_once_and_without_memory(self, refused):
        bomb = png_bomb(13_000, 13_000)
        assert len(bomb) < 600_000
        Path("/proc/self/clear_refs").write_text("5")
        before, start = memory("VmRSS"), time.perf_counter()
        assert "25 million" in refused(bomb)
        assert time.perf_counter() - start < 0.2
        assert memory("VmHWM") - before < 50

    @pytest.mark.parametrize("size", [(5001, 5000), (25_000_001, 1), (60_000, 60_000)])
    def test_more_than_25_million_pixels_are_refused(self, refused, size):
        header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
        assert "25 million" in refused(make_picture()[:8] + png_chunk(b"IHDR", header) + make_picture()[33:])

    @pytest.mark.parametrize("size", [(16_384, 10), (10, 16_384)])
    def test_longer_side_than_webp_can_hold_is_refused(self, refused, size):
        """Its narrower copies could not be written."""
        assert refused(make_picture(size=size)).endswith("at most 16,383 can be taken on a side.")

    def test_moving_picture_counts_every_frame(self, refused):
        assert refused(gif_of(600, 600, 100), "a.gif", "image/gif") == (
            "The picture has 600 × 600 pixels in 100 frames; at most 25 million can be taken."
        )

    def test_frame_larger_than_the_picture_counts(self, refused):
        assert "25 million" in refused(gif_of(1, 1, 1, (13_000, 13_000)), "a.gif", "image/gif")

    def test_webp_of_a_hundred_bytes_is_refused(self, refused):
        assert "25 million" in refused(webp_bomb(16_383), "a.webp", "image/webp")

    def test_file_over_10_mb_is_refused_before_it_is_read(self, refused):
        assert refused(make_picture() + b"\0" * MAX_BYTES) == "The picture is 10.0 MB; at most 10 MB can be taken."


class TestNotAPicture:
    """S10: what a file is called and claims to be does not count; what it decodes to does."""

    @pytest.mark.parametrize(
        ("data", "name", "content_type"),
        [
            (b"", "x.png", "image/png"),
            (b"\0" * 100, "x.png", "image/png"),
            (b"just words", "x.jpg", "image/jpeg"),
            (b"<html><script>alert(1)</script></html>", "x.gif", "image/gif"),
            (b"GIF89a<script>alert(1)</script>", "x.gif", "image/gif"),
            (b"<?php system($_GET['c']); ?>", "x.php", "image/png"),
            (b"%PDF-1.7\n%", "x.pdf", "application/pdf"),
            (b"PK\x03\x04", "x.png", "image/png"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "x.png", "image/png"),
            (make_picture("BMP"), "x.png", "image/png"),
            (make_picture("TIFF"), "x.png", "image/png"),
            (make_picture("ICO", size=(16, 16)), "x.png", "image/png"),
            (make_picture("PNG")[:40], "x.png", "image/png"),
            (make_picture("PNG").replace(b"IDAT", b"IDAX"), "x.png", "image/png"),
            (make_picture("JPEG", size=(300, 300))[:-300], "x.jpg", "image/jpeg"),
            (make_picture("JPEG")[:20], "x.jpg", "image/jpeg"),
            (make_picture("WEBP")[:-10], "x.webp", "image/webp"),
        ],
    )  # fmt: skip
    def test_is_refused(self, refused, data, name, content_type):
        assert refused(data, name, content_type) == "The file is not a picture that can be read. Send a JPEG, PNG, WebP or GIF."

    def test_half_a_picture_is_refused_whatever_another_library_allows(self, refused, monkeypatch):
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        assert "not a picture" in refused(make_picture("JPEG", size=(300, 300))[:-300])

    def test_no_other_decoder_ever_sees_the_file(self, refused, monkeypatch):
        """Pillow knows fifty formats, and starts Ghostscript for one of them."""
        asked = []
        Image.preinit()
        monkeypatch.setattr(Image, "ID", [*Image.ID, "SPY"])
        monkeypatch.setitem(Image.OPEN, "SPY", (None, asked.append))
        refused(b"%!PS-Adobe-3.0 EPSF-3.0\n")
        assert asked == []

    @pytest.mark.parametrize("svg", SVGS)
    @pytest.mark.parametrize("name", ["x.svg", "x.png"])
    def test_svg_is_refused(self, refused, svg, name):
        """S13: an SVG is a document with scripts."""
        assert "not a picture" in refused(SVGS[svg], name, "image/svg+xml" if name == "x.svg" else "image/png")


class TestName:
    """S10: the name and ending under which a picture is stored are ours."""

    @pytest.mark.parametrize(
        "name",
        [
            "../../x.png",
            "/etc/passwd",
            "a\0.php",
            "x.php",
            "x.html",
            "é" * 300 + ".png",
            "con",
            ".htaccess",
            "x.png.exe",
            "a/b\\c.png",
        ],
    )
    def test_of_the_sender_is_not_used(self, media_folder, name):
        upload = upload_of(make_picture())
        upload._name = name  # past Django's own cleaning
        address = store_picture(upload)
        (path,) = stored(media_folder)
        assert Picture.objects.get().name == f"pictures/{path.name}"
        assert path.parent == Path(media_folder) / "pictures"
        assert re.fullmatch(r"/media/pictures/[0-9a-f]{32}\.png", address)

    @pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "png")])
    @pytest.mark.parametrize("name", ["x.gif", "x.php", "x"])
    def test_ends_as_the_picture_is(self, media_folder, kind, ending, name):
        assert re.fullmatch(
            rf"/media/pictures/[0-9a-f]{{32}}\.{ending}", store_picture(upload_of(make_picture(kind), name, "image/gif"))
        )
        assert Image.open(BytesIO(stored(media_folder)[0].read_bytes())).format == {"GIF": "PNG"}.get(kind, kind)

    def test_differs_for_the_same_picture(self, media_folder):
        assert store_picture(upload_of(make_picture())) != store_picture(upload_of(make_picture()))
        assert len(stored(media_folder)) == 2


class TestFullDisk:
    """F04: a picture is stored whole, or not at all and with words that help."""

    def test_leaves_no_half_of_it(self, refused, monkeypatch):
        save = FileSystemStorage._save

        def fill_up(storage, name, content):
            if name.endswith("-480.webp"):
                raise OSError(28, "No space left on device")
            return save(storage, name, content)

        monkeypatch.setattr(FileSystemStorage, "_save", fill_up)
        assert "disk may be full" in refused(make_picture(size=(600, 400)))

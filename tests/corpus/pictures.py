"""Pictures as files, honest and hostile, made as they are needed."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms


def encode(picture, kind="PNG", **options):
    """A Pillow image as the bytes of a file."""
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def make_picture(kind="PNG", mode="RGB", size=(4, 3), color=None, **options):
    """The bytes of a picture of one colour."""
    return encode(Image.new(mode, size, color or 0), kind, **options)


def upload_of(data, name="picture.png", content_type="image/png"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type)


def srgb_profile():
    """A colour profile as cameras and screens write it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def png_bomb(width, height):
    """A PNG file of a few hundred kB that is `width` × `height` black pixels; `height` is a multiple of 100."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    rows = squeeze.compress(b"\0" * (1 + width * 3) * 100) + squeeze.flush(zlib.Z_FULL_FLUSH)
    checksum = (height * (1 + width * 3) % 65_521 << 16) | 1
    data = b"\x78\xda" + rows * (height // 100) + b"\x03\0" + struct.pack(">I", checksum)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def png_chunk(kind, data):
    """One chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gif_of(width, height, frames, frame_size=(1, 1)):
    """A GIF file of `width` × `height` pixels with many small frames."""
    header = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, *frame_size, 0) + b"\x02\x02\x44\x01\0"
    return header + frame * frames + b"\x3b"


def webp_bomb(side):
    """A WebP file of a hundred bytes whose canvas is `side` × `side` pixels."""
    still = make_picture("WEBP", size=(1, 1), lossless=True)[12:]
    canvas = b"\x02\0\0\0" + (side - 1).to_bytes(3, "little") * 2
    frame = b"\0" * 12 + b"\x09\0\0\0" + still
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in ((b"VP8X", canvas), (b"ANIM", b"\0" * 6), (b"ANMF", frame))
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def stored(folder):
    """Every file below the folder for uploads."""
    return [path for path in Path(folder).rglob("*") if path.is_file()]

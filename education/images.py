"""Pictures that staff upload: decoded, cleaned of everything but what is seen, stored under a name of ours."""

import secrets
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_SAVED_AS = {"JPEG": ("JPEG", "jpg"), "PNG": ("PNG", "png"), "WEBP": ("WEBP", "webp"), "GIF": ("PNG", "png")}


class PictureRefused(Exception):
    """Why a file is not taken as a picture, in words for the person who sent it."""


def store_picture(upload):
    """Store an uploaded file (a Django `File`) as a picture; gives its address.

    The picture is decoded and written anew: no metadata, no hidden payload and no name of the sender's survive. A moving
    picture becomes its first frame. Raises PictureRefused; then nothing is stored.
    """
    if upload.size > MAX_BYTES:
        raise PictureRefused(f"The picture is {upload.size / 1024 / 1024:.1f} MB; at most 10 MB can be taken.")
    data, ending = _clean(upload)
    name = default_storage.save(f"pictures/{secrets.token_hex(16)}.{ending}", ContentFile(data))
    return default_storage.url(name)


def _clean(upload):
    try:
        with warnings.catch_warnings():
            # The limit below is stricter than the one that Pillow warns about.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                _check_size(picture)
                picture.seek(0)
                return _encode(picture)
    except PictureRefused:
        raise
    except Exception as error:  # noqa: BLE001 - decoders raise whatever a damaged file leads them to
        raise PictureRefused("The file is not a picture that can be read. Send a JPEG, PNG, WebP or GIF.") from error


def _check_size(picture):
    """Refuse too many pixels by what the file says of itself, before anything is decoded."""
    width, height = picture.size
    if width * height > MAX_PIXELS or width * height * getattr(picture, "n_frames", 1) > MAX_PIXELS:
        frames = f" in {picture.n_frames} frames" if getattr(picture, "n_frames", 1) > 1 else ""
        raise PictureRefused(f"The picture has {width} × {height} pixels{frames}; at most 25 million can be taken.")


def _encode(picture):
    kind, ending = _SAVED_AS[picture.format]
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    has_alpha = kind != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    mode = "RGBA" if has_alpha else "RGB"
    seen = _to_srgb(picture, profile, mode) if profile else picture.convert(mode)
    clean = Image.new(mode, seen.size)
    clean.paste(seen)
    output = BytesIO()
    clean.save(output, kind, **({"quality": 85} if kind != "PNG" else {}), optimize=True)
    return output.getvalue(), ending


def _to_srgb(picture, profile, mode):
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        picture = picture if picture.mode in ("RGB", "RGBA", "L", "CMYK") else picture.convert(mode)
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB").convert(mode)
    except ImageCms.PyCMSError:
        return picture.convert(mode)

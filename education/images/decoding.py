"""Files that staff send → pictures without anything but what is seen, by Pillow."""

from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from education.images.refusal import PictureRefused

MAX_PIXELS = 25_000_000
MAX_SIDE = 16_383  # of a WebP file
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# MPO is what Pillow calls the JPEG of a phone that holds further pictures.
_SAVED_AS = {
    "JPEG": ("JPEG", "jpg"),
    "MPO": ("JPEG", "jpg"),
    "PNG": ("PNG", "png"),
    "WEBP": ("WEBP", "webp"),
    "GIF": ("PNG", "png"),
}


def read(upload):
    """The picture as it is seen, without anything else, and its format and ending when stored."""
    # WeasyPrint, once imported, lets the whole process take half a picture for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            _check_size(picture)
            picture.seek(0)
            return _clean(picture), *_SAVED_AS[picture.format]
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("The picture has far more than the 25 million pixels that can be taken.") from error
    except Exception as error:
        # Decoders raise whatever a damaged file leads them to.
        raise PictureRefused("The file is not a picture that can be read. Send a JPEG, PNG, WebP or GIF.") from error


def _check_size(picture):
    """Refuse too many pixels by what the file says of itself, before anything is decoded."""
    width, height = picture.size
    frames = 1
    # Frames are counted only where that is quick. Further pictures in a phone's JPEG are smaller ones, never decoded.
    if width * height <= MAX_PIXELS and picture.format != "MPO":
        frames = getattr(picture, "n_frames", 1)
    if width * height * frames > MAX_PIXELS:
        moving = f" in {frames} frames" if frames > 1 else ""
        raise PictureRefused(f"The picture has {width} × {height} pixels{moving}; at most 25 million can be taken.")
    if max(width, height) > MAX_SIDE:
        raise PictureRefused(f"The picture has {width} × {height} pixels; at most {MAX_SIDE:,} can be taken on a side.")


def _clean(picture):
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if picture.mode == "I;16":
        # Pillow makes everything but the darkest of 65,536 greys white.
        picture = picture.point(lambda grey: grey * (1 / 256)).convert("L")
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    seen = _to_srgb(picture, profile, mode) if profile else picture.convert(mode)
    clean = Image.new(mode, seen.size)
    clean.paste(seen)
    return clean


def encode(picture, kind):
    """The bytes of a picture in a format."""
    output = BytesIO()
    picture.save(output, kind, **({"quality": 85} if kind != "PNG" else {}), optimize=True)
    return output.getvalue()


def _to_srgb(picture, profile, mode):
    """Its colours as a screen without colour profiles shows them. Pillow would drop the transparency on the way."""
    plain = picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        coloured = picture if picture.mode in ("L", "CMYK") else plain.convert("RGB")
        seen = ImageCms.profileToProfile(coloured, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return plain
    if mode == "RGBA":
        seen.putalpha(plain.getchannel("A"))
    return seen

"""Pictures that staff upload: decoded, cleaned of everything but what is seen, stored under a name of ours."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from education.images.refusal import PictureRefused
from education.models import Picture

__all__ = ["MAX_BYTES", "PictureRefused", "add_picture", "remove_picture", "store_picture"]

MAX_BYTES = 10 * 1024 * 1024


def store_picture(upload):
    """Store an uploaded file as `add_picture` does; gives the picture's address."""
    return add_picture(upload).address


def add_picture(upload):
    """Store an uploaded file (a Django `File`) as a picture; gives its `Picture`.

    The picture is decoded and written anew: no metadata, no hidden payload and no name of the sender's survive. A moving
    picture becomes its first frame. Smaller files in WebP are stored beside it, and a `Picture` that knows its size.
    Raises PictureRefused; then nothing is stored.
    """
    if upload.size > MAX_BYTES:
        raise PictureRefused(f"The picture is {upload.size / 1024 / 1024:.1f} MB; at most 10 MB can be taken.")
    from education.images import decoding  # noqa: PLC0415 - only who sends a picture needs Pillow in memory

    seen, kind, ending = decoding.read(upload)
    picture = Picture(name=f"pictures/{secrets.token_hex(16)}.{ending}", width=seen.width, height=seen.height)
    files = {picture.name: decoding.encode(seen, kind)}
    for width, name in picture.variants.items():
        files[name] = decoding.encode(seen.resize((width, max(1, round(seen.height * width / seen.width)))), "WEBP")
    _save(picture, files)
    return picture


def remove_picture(picture):
    """Delete a `Picture`, and its files once that is really written."""
    names = (picture.name, *picture.variants.values())
    picture.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])


def _save(picture, files):
    try:
        for name, data in files.items():
            default_storage.save(name, ContentFile(data))
        picture.save()
    except (OSError, DatabaseError) as error:
        for name in files:
            default_storage.delete(name)
        message = "The picture could not be stored. Tell the person who looks after the site; its disk may be full."
        raise PictureRefused(message) from error

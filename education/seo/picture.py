"""The picture that other sites show where someone shares a page: its title and the clinic's name in the site's colours."""

import string
from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext as _

from education.models import Clinic

SIZE = (1200, 630)
# Another number gives every picture another address, so that nobody keeps an old drawing.
_DRAWING = "1"

# The signs of the typeface that it is drawn in, Pillow's own.
SIGNS = frozenset(string.ascii_letters + string.digits + string.punctuation + "©«°±´·»‘’“”…‹›⁄™")


def picture_words(page, clinic):
    """What a page's picture says: the page's title, and below it the clinic's name (`clinic` may be None)."""
    if isinstance(page, Clinic):
        return page.title, _("Patient education")
    return page.title, clinic.title if clinic else ""


def picture_path(page, clinic):
    """The address on this site of a page's picture; it changes with what the picture shows."""
    digest = sha256("\n".join((_DRAWING, *picture_words(page, clinic))).encode()).hexdigest()[:16]
    return reverse("education:social-picture", args=[page.collection, page.slug, digest])


def can_draw(words):
    """Whether the typeface has every sign of these words: it knows English, and would put boxes in the place of é or ñ."""
    return all(sign in SIGNS or sign.isspace() for sign in "".join(words))


def draw(title, name):
    """A PNG of 1200 × 630 pixels, as bytes, that says `picture_words`."""
    from education.seo.drawing import draw_png  # noqa: PLC0415 - only who draws needs Pillow in memory

    return draw_png(title, name, SIZE)

"""The guide for staff in the admin: docs/content-guide.md, as this site renders Markdown."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _

from education.rendering import Body, Links, SizedPicture

DOCS = Path(settings.BASE_DIR) / "docs"
GUIDE = DOCS / "content-guide.md"
# Where the guide's pictures are, seen from the guide; static files of that name (see STATICFILES_DIRS).
PICTURES = "guide/"


def guide(request):
    """The guide with its contents and pictures."""
    text = GUIDE.read_text().partition("\n")[2]  # the title is the page's heading
    pictures = {static(PICTURES + name): SizedPicture(*size) for name, size in _sizes().items()}
    for name in _sizes():
        text = text.replace(f"]({PICTURES}{name}", f"]({static(PICTURES + name)}")
    prose = Body(text).render(Links(pictures=pictures))
    context = {"title": _("Guide"), "prose": prose, "sections": [one for one in prose.outline if one.level == 2]}
    return TemplateResponse(request, "admin/education/guide.html", {**admin.site.each_context(request), **context})


@cache
def _sizes():
    """The guide's pictures: width and height in pixels by file name."""
    from PIL import Image  # noqa: PLC0415 - only who reads the guide needs Pillow in memory

    sizes = {}
    for path in sorted((DOCS / PICTURES).glob("*.webp")):
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
    return sizes

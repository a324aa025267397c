"""Which pages show a picture, and another picture in its place."""

import re
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q

from education.models import PAGE_MODELS, Page
from education.publishing.pages import live_document, staff_document
from education.publishing.permissions import allowed
from education.publishing.texts import carry_review, write_draft, write_live

# A picture's name wherever a text has it; around it, where it stands as Markdown's pictures do, its words or "decoration".
_PICTURE = re.compile(
    r"(?:!\[((?:\\.|[^\]\\]){0,300})\]\(<?[^\s()<>]{0,100}?)?(pictures/[0-9a-f]{32}\.[a-z]{3,4})(\s+\"decoration\")?"
)


@dataclass(frozen=True)
class Use:
    """A page whose public or drafted text shows a picture, and what the page says that it shows."""

    page: Page
    words: str
    is_decoration: bool


def picture_uses():
    """Where the pictures that staff uploaded are shown: a list of `Use`s, one a page, by the picture's name."""
    found = {}
    for model in PAGE_MODELS.values():
        rows = model.objects.filter(Q(body__contains="pictures/") | Q(draft__text__contains="pictures/"))
        for page in rows.select_related("draft").order_by("title"):
            own = {}
            for text in (page.body, page.draft.text if page.draft else ""):
                for words, name, decoration in _PICTURE.findall(text):
                    own.setdefault(name, Use(page, re.sub(r"\\(.)", r"\1", words), bool(decoration)))
            for name, use in own.items():
                found.setdefault(name, []).append(use)
    return found


@transaction.atomic
def replace_picture(*, old, new, by, note=""):
    """Show `new` wherever a public or drafted text shows `old` (both `Picture`s); gives the changed rows.

    Public texts change at once, drafts stay drafts. Raises PermissionDenied where `by` may not change one of the pages, or
    not publish a public one; then nothing is changed.
    """
    return [_replaced(use.page, old, new, by, note) for use in picture_uses().get(old.name, ())]


def _replaced(page, old, new, by, note):
    page = allowed(page.collection, page, by)
    live, draft, day = live_document(page), page.draft and staff_document(page), page.draft_due
    if old.name in live.body:
        page = write_live(carry_review(_showing(new, old, live), page), page, by, note=note, keep_draft=True)
    if draft and old.name in draft.body:
        page = write_draft(carry_review(_showing(new, old, draft), page), page, by, note=note, draft_due=day)
    return page


def _showing(new, old, document):
    return replace(document, body=document.body.replace(old.name, new.name))

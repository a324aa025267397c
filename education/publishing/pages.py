"""Rows and the documents behind them."""

from education.documents import Identity, parse_text
from education.models import PAGE_MODELS, Alias


def find_page(identity):
    """The row of a page by its identity or an old address of it; None when there is none."""
    pages = PAGE_MODELS[identity.collection].objects.filter(language=identity.language)
    page = pages.filter(slug=identity.slug).first()
    if page is None:
        alias = Alias.objects.filter(language=identity.language, collection=identity.collection, slug=identity.slug).first()
        page = alias and pages.filter(slug=alias.target).first()
    return page


def live_document(page):
    """The text that the row shows, as a document."""
    return parse_text(page.revision.text, Identity.from_string(page.identity))


def staff_document(page):
    """The newest text that staff have: their draft where there is one, else the live text."""
    return parse_text((page.draft or page.revision).text, Identity.from_string(page.identity))

"""Rows and the documents behind them."""

from education.documents import Identity, parse_text
from education.models import PAGE_MODELS, Alias


def find_page(identity):
    """The row of a page by its identity or an old address of it; None when there is none."""
    page = page_at(identity)
    if page is None:
        alias = Alias.objects.filter(language=identity.language, collection=identity.collection, slug=identity.slug).first()
        page = alias and page_at(identity._replace(slug=alias.target))
    return page


def page_at(identity):
    """The row of the page that has this identity now; None when there is none."""
    return PAGE_MODELS[identity.collection].objects.filter(language=identity.language, slug=identity.slug).first()


def locked(model, pk):
    """A page's row as it is now, locked until the transaction ends.

    Its revisions are left to later queries: after a wait, PostgreSQL joins the new row to revisions of before the wait.
    """
    return model.objects.select_for_update().get(pk=pk)


def live_document(page):
    """The text that the row shows, as a document."""
    return parse_text(page.revision.text, Identity.from_string(page.identity))


def staff_document(page):
    """The newest text that staff have: their draft where there is one, else the live text."""
    return parse_text((page.draft or page.revision).text, Identity.from_string(page.identity))

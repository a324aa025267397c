"""What always holds of the site's content, whatever happened to the machine."""

from education.documents import ContentErrors, digest
from education.models import PAGE_MODELS, Revision
from education.publishing import live_document

MOST = 20


def broken_invariants():
    """What does not hold, a line each, at most 20; nothing for content that is whole.

    Every page has a revision and shows its text; every revision's text is the one it was written with.
    """
    found = []
    for line in _broken():
        found.append(line)
        if len(found) == MOST:
            break
    return found


def _broken():
    for pk, page, text, expected in Revision.objects.values_list("pk", "page", "text", "digest").iterator():
        if digest(text) != expected:
            yield f"revision {pk} of {page}: its text is not the one that was written"
    for model in PAGE_MODELS.values():
        for page in model.objects.select_related("revision").iterator():
            if problem := _problem(page):
                yield f"{page.identity}: {problem}"


def _problem(page):
    if page.revision is None:
        return "it has no text"
    try:
        document = live_document(page)
    except ContentErrors as error:
        return f"its text cannot be read: {error}"
    shows_it = (page.slug, page.title, page.body) == (document.identity.slug, document.get("title"), document.body)
    return "" if shows_it else "it does not show its text"

"""What pages were, which are gone, and what leads to a page."""

from django.db.models import Max, Q

from education.documents import COLLECTIONS
from education.models import PAGE_MODELS, Alias, Revision
from education.publishing.pages import live_document, staff_document
from education.rendering import Body


def history(page):
    """The revisions of a page, newest first, those from before a rename too."""
    return Revision.objects.filter(page=page.identity).select_related("author")


def deleted_pages():
    """The last revision of every page that is no more, newest first; `restore` brings one back."""
    there = {
        f"{language}/{name}/{slug}"
        for name, model in PAGE_MODELS.items()
        for language, slug in model.objects.order_by().values_list("language", "slug")
    }
    latest = Revision.objects.filter(started_from=None).order_by().values_list("page").annotate(Max("pk"))
    gone = [pk for page, pk in latest if page not in there]
    return Revision.objects.filter(pk__in=gone).select_related("author")


def linked_from(page):
    """The pages whose public or drafted text leads to a page or names it, packets that hold it too, by collection.

    It counts what authors wrote; that a term's first use on a page is explained does not make a link.
    """
    names = {
        page.slug,
        *Alias.objects.filter(language=page.language, collection=page.collection, target=page.slug).values_list(
            "slug", flat=True
        ),
    }
    wanted = {(page.collection, name) for name in names}
    mentions = Q()
    for text in (text for name in names for text in _ways_to_write(page.collection, name)):
        mentions |= Q(revision__text__contains=text) | Q(draft__text__contains=text)
    found = []
    for model in PAGE_MODELS.values():
        for row in model.objects.filter(mentions, language=page.language).select_related("revision", "draft"):
            documents = [live_document(row), *([staff_document(row)] if row.draft else [])]
            if row != page and any(wanted & _named_in(document) for document in documents):
                found.append(row)
    return found


def _ways_to_write(collection, slug):
    """Every text by which a document can name a page, to leave out most pages before reading the rest."""
    yield from (f": {slug}\n", f"- {slug}\n", f"- {collection}/{slug}\n", f"@{slug}")
    if COLLECTIONS[collection].link_scheme:
        yield f"{COLLECTIONS[collection].link_scheme}:{slug}"


def _named_in(document):
    """The (collection, slug) of all pages that a document names."""
    schema, body = COLLECTIONS[document.identity.collection], Body(document.body)
    named = {tuple(reference) for reference in body.references} | {("sources", slug) for slug in body.citations}
    for key, target in schema.references.items():
        value = document.get(key, ())
        named |= {(target, slug) for slug in ([value] if isinstance(value, str) else value)}
    for key in schema.page_names:
        named |= {tuple(name.split("/")) for name in document.get(key, ())}
    return named

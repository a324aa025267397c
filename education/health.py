"""Pages → how their texts stand: reading grade and links, kept in the transaction that changes the pages.

Whether a link is broken is not kept but asked (`LinkTarget.objects.broken`): that changes with other pages, and with the day.
"""

from collections import defaultdict

from django.db import transaction

from education.checks import CheckedPage, Site
from education.documents import COLLECTIONS, Document, Identity
from education.models import PAGE_MODELS, LinkTarget, PageHealth
from education.prose import find_pages
from education.rendering import Body, Reference

BATCH = 500

_KEPT = [field.name for field in PageHealth._meta.fields if field.name not in ("id", "collection", "page_id")]
_GRADED = ("title", "summary", "evidence_summary")


@transaction.atomic
def examine_pages(pages):
    """Bring what is known up to rows that were written or deleted (these have no `pk` any more), of any collection."""
    gone = [page.identity for page in pages if page.pk is None]
    PageHealth.objects.filter(page__in=gone).delete()
    there = [page for page in pages if page.pk]
    for start in range(0, len(there), BATCH):
        _examine(there[start : start + BATCH])


@transaction.atomic
def rebuild(progress):
    """Make all of it anew; gives how many pages there are. `progress(items, label)` yields the items."""
    PageHealth.objects.all().delete()
    LinkTarget.objects.all().delete()
    count = 0
    for collection, model in PAGE_MODELS.items():
        rows = model.objects.exclude(revision=None).select_related("revision").order_by("pk")
        for start in progress(range(0, rows.count(), BATCH), collection):
            pages = list(rows[start : start + BATCH])
            _examine(pages)
            count += len(pages)
    return count


def on_pages_changed(sender, pages, **kwargs):
    """Receives `publishing.signals.pages_changed`."""
    examine_pages(pages)


def _examine(pages):
    named = {page: _named_in(page) for page in pages}
    titles = _titles({(page.language, reference) for page, found in named.items() for reference in found})
    PageHealth.objects.bulk_create(
        [_health(page, titles) for page in pages],
        update_conflicts=True,
        unique_fields=["collection", "page_id"],
        update_fields=_KEPT,
    )
    _connect({page: {(page.language, *reference) for reference in found} for page, found in named.items()})


def _named_in(page):
    """The pages and sources that a row's text leads to, as a set of `Reference`."""
    body = Body(page.body)
    named = {reference for reference in body.references if reference.collection != "page"}
    named |= {Reference("sources", slug) for slug in body.citations}
    for key in COLLECTIONS[page.collection].page_names:
        named |= {Reference(*name.split("/")) for name in getattr(page, key)}
    return named


def _titles(named):
    """The titles of what is named, by language: a link without words of its own shows them."""
    by_language = defaultdict(set)
    for language, reference in named:
        by_language[language].add(reference)
    return {language: _titles_in(language, found) for language, found in by_language.items()}


def _titles_in(language, references):
    rows = find_pages(references, language, published=False, only=("slug", "title"))
    return {reference: row.title for reference, row in rows.items()}


def _health(page, titles):
    return PageHealth(
        page=page.identity,
        language=page.language,
        collection=page.collection,
        slug=page.slug,
        page_id=page.pk,
        title=page.title,
        status=page.status,
        publish_on=page.publish_on,
        review_state=page.review_state,
        review_due=page.review_due,
        digest=page.revision.digest,
        grade=_grade(page, titles),
    )


def _grade(page, titles):
    if page.collection == "sources":  # other people's words
        return None
    fields = {key: getattr(page, key) for key in _GRADED if getattr(page, key, "")}
    document = Document(Identity(page.language, page.collection, page.slug), fields, page.body)
    return CheckedPage(document, Site(titles=titles)).reading.grade


def _connect(named):
    """Write which pages lead where: for each row a set of (language, collection, slug)."""
    wanted = sorted(set().union(*named.values()))  # in one order, so that two who write do not wait for each other in a circle
    for start in range(0, len(wanted), BATCH):
        portion = [LinkTarget(language=one[0], collection=one[1], slug=one[2]) for one in wanted[start : start + BATCH]]
        LinkTarget.objects.bulk_create(portion, ignore_conflicts=True)
    targets = _target_ids(wanted)
    by_collection = defaultdict(list)
    for page in named:
        by_collection[page.collection].append(page.pk)
    known = {
        (collection, page_id): pk
        for collection, ids in by_collection.items()
        for page_id, pk in PageHealth.objects.filter(collection=collection, page_id__in=ids).values_list("page_id", "pk")
    }
    through = PageHealth.links.through
    through.objects.filter(pagehealth__in=known.values()).delete()
    through.objects.bulk_create(
        [
            through(pagehealth_id=known[page.collection, page.pk], linktarget_id=targets[one])
            for page, found in named.items()
            for one in found
        ],
        batch_size=BATCH,
    )


def _target_ids(wanted):
    """The ids of `LinkTarget`s by (language, collection, slug)."""
    by_place = defaultdict(list)
    for language, collection, slug in wanted:
        by_place[language, collection].append(slug)
    found = {}
    for (language, collection), slugs in by_place.items():
        for start in range(0, len(slugs), BATCH):
            rows = LinkTarget.objects.filter(language=language, collection=collection, slug__in=slugs[start : start + BATCH])
            found |= {(language, collection, slug): pk for slug, pk in rows.values_list("slug", "pk")}
    return found

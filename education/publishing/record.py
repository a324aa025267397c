"""Documents → rows: the one place that writes pages, one or ten thousand at a time."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from education.documents import COLLECTIONS, Document, Identity, digest, review_state, serialize
from education.documents.fields import ListOf
from education.models import PAGE_MODELS, Alias, ContentFile, Page, Revision
from education.publishing.rules import check_together
from education.publishing.signals import pages_changed

BATCH = 500


@dataclass(frozen=True)
class Change:
    """A page's new text. `page` is its row, None for a new page.

    With `draft` the public goes on seeing the old text, until `draft_due` if that is set. Otherwise the new text replaces
    a waiting draft too, unless `keep_draft`.
    """

    document: Document
    page: Page | None = None
    origin: str = Revision.Origin.STAFF
    author: AbstractBaseUser | None = None
    note: str = ""
    draft: bool = False
    draft_due: date | None = None
    keep_draft: bool = False


@transaction.atomic
def record(changes):
    """Write the new texts; gives the changed rows, in no special order.

    A page whose slug changes keeps its old one as an alias, which belongs to its text like everything else. Raises
    ContentErrors where pages would not fit together, ValidationError or IntegrityError where a row would break a rule
    of its model; then nothing is written.
    """
    changes = [_with_old_address(change) for change in changes]
    check_together(changes)
    _write_aliases(changes)
    rows, shown = [], []
    for batch in _batches(changes):
        written = _write_rows(batch)
        rows += written
        shown += [(row, change.document) for row, change in zip(written, batch, strict=True) if not change.draft]
    for start in range(0, len(shown), BATCH):
        connect(shown[start : start + BATCH])
    pages_changed.send(sender=record, pages=[row for row, _ in shown])
    return rows


def _with_old_address(change):
    """The change with the page's address so far among its old ones, and without its own: none is old that it has."""
    own = change.document.identity.slug
    aliases = dict.fromkeys([*change.document.get("aliases", ()), *([change.page.slug] if change.page else [])])
    aliases.pop(own, None)
    return replace(change, document=change.document.changed(aliases=tuple(aliases)))


def _batches(changes):
    """Portions of one collection each; rows that cannot be without another (a question without its topic) come last."""
    by_collection = defaultdict(list)
    for change in changes:
        by_collection[change.document.identity.collection].append(change)
    for name in sorted(by_collection, key=_needs_another):
        own = by_collection[name]
        for start in range(0, len(own), BATCH):
            yield own[start : start + BATCH]


def _needs_another(name):
    collection = COLLECTIONS[name]
    return any(collection.by_name[key].required for key in collection.references)


def _write_rows(changes):
    """Write revisions and rows of one collection; gives the rows in the order of the changes."""
    model = PAGE_MODELS[changes[0].document.identity.collection]
    texts = [serialize(change.document) for change in changes]
    revisions = Revision.objects.bulk_create(
        Revision(
            page=str(change.document.identity),
            text=text,
            digest=digest(text),
            origin=change.origin,
            note=change.note[:200],
            author=change.author,
        )
        for change, text in zip(changes, texts, strict=True)
    )
    targets = _find_ids([change.document for change in changes])
    rows = [change.page or model(language=change.document.identity.language) for change in changes]
    for page, change, revision in zip(rows, changes, revisions, strict=True):
        if change.draft:
            page.draft, page.draft_due = revision, change.draft_due
            page.save(update_fields=["draft", "draft_due"])
        else:
            _show(page, change, revision, targets)
    model.objects.bulk_create([page for page in rows if page.pk is None])
    return rows


def _show(page, change, revision, targets):
    """Make a row show a change; the row is saved unless it is new."""
    if page.pk and page.slug != change.document.identity.slug:
        _rename(page, change.document.identity)
    project(change.document, page, targets)
    page.revision, page.updated_at = revision, timezone.now()
    if not change.keep_draft:
        page.draft = page.draft_due = None
    if page.is_published and page.first_published_at is None:
        page.first_published_at = page.updated_at
    # Each link to another row would ask the database whether it is there.
    page.clean_fields(exclude=[field.name for field in page._meta.fields if field.is_relation])
    if page.pk:
        page.save()


def project(document, page, targets):
    """Set a row's columns from a document, without saving. `targets` holds the ids of the rows that it names."""
    references = COLLECTIONS[document.identity.collection].references
    page.slug, page.body, page.review_state = document.identity.slug, document.body, review_state(document)
    for field in COLLECTIONS[document.identity.collection].fields:
        value = document.get(field.name, field.default)
        if field.name in references and not isinstance(field, ListOf):
            target = (document.identity.language, references[field.name], value)
            setattr(page, f"{field.name}_id", targets.get(target))
        elif field.name != "aliases" and field.name not in references:
            column = page._meta.get_field(field.name)
            if isinstance(field, ListOf):
                value = list(value or ())
            elif value is None and not column.null:
                value = column.get_default()
            setattr(page, field.name, value)


def _rename(page, identity):
    """Move what names the page by its address: its history and its content file."""
    Revision.objects.filter(page=page.identity).update(page=str(identity))
    ContentFile.objects.filter(page=str(identity)).delete()  # of a page that was deleted
    ContentFile.objects.filter(page=page.identity).update(page=str(identity))


def connect(shown):
    """Write the links from page to page, for pairs of a row and its document; needs all rows to be there."""
    targets = _find_ids([document for _, document in shown])
    by_model = defaultdict(list)
    for row, document in shown:
        by_model[type(row)].append((row, document))
    for model, pairs in by_model.items():
        collection = COLLECTIONS[model.collection]
        for name, target in collection.references.items():
            if isinstance(collection.by_name[name], ListOf):
                _connect_many(model, name, target, pairs, targets)
            else:
                _connect_one(model, name, target, pairs, targets)


def _connect_one(model, name, target, pairs, targets):
    moved = []
    for row, document in pairs:
        found = targets.get((row.language, target, document.get(name)))
        if getattr(row, f"{name}_id") != found:
            setattr(row, f"{name}_id", found)
            moved.append(row)
    model.objects.bulk_update(moved, [name])


def _connect_many(model, name, target, pairs, targets):
    relation = model._meta.get_field(name)
    through = relation.remote_field.through
    source, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    through.objects.filter(**{f"{source}__in": [row.pk for row, _ in pairs]}).delete()
    through.objects.bulk_create(
        through(**{source: row.pk, other: pk})
        for row, document in pairs
        for pk in dict.fromkeys(targets.get((row.language, target, slug)) for slug in document.get(name, ()))
        if pk  # staff may have deleted the page that a text still names
    )


def _write_aliases(changes):
    """Make old addresses lead to where the changed pages will be."""
    live = [change for change in changes if not change.draft]
    before = defaultdict(list)
    for change in live:
        if change.page:
            before[change.document.identity[:2]].append(change.page.slug)
    for (language, collection), slugs in before.items():
        for start in range(0, len(slugs), BATCH):
            Alias.objects.filter(language=language, collection=collection, target__in=slugs[start : start + BATCH]).delete()
    Alias.objects.bulk_create(
        Alias(language=language, collection=collection, slug=alias, target=slug)
        for document in (change.document for change in live)
        for language, collection, slug in [document.identity]
        for alias in document.get("aliases", ())
    )


def _find_ids(documents):
    """The ids of the rows that documents name, by (language, collection, slug); old addresses count."""
    wanted = defaultdict(set)
    for document in documents:
        for key, collection in COLLECTIONS[document.identity.collection].references.items():
            value = document.get(key, ())
            wanted[document.identity.language, collection].update([value] if isinstance(value, str) else value)
    found = {}
    for (language, collection), slugs in wanted.items():
        aliases = Alias.objects.filter(language=language, collection=collection, slug__in=slugs)
        moved = dict(aliases.values_list("slug", "target"))
        rows = PAGE_MODELS[collection].objects.filter(language=language, slug__in={*slugs, *moved.values()})
        ids = dict(rows.values_list("slug", "pk"))
        found |= {Identity(language, collection, old): ids[new] for old, new in moved.items() if new in ids}
        found |= {Identity(language, collection, slug): pk for slug, pk in ids.items()}
    return found

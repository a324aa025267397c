"""Documents → rows: the one place that writes pages, one or ten thousand at a time."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from education.documents import COLLECTIONS, Document, digest, serialize
from education.documents.fields import ListOf
from education.models import PAGE_MODELS, Alias, ContentFile, Page, Revision

BATCH = 500


@dataclass(frozen=True)
class Change:
    """A page's new text. `page` is its row, None for a new page.

    With `draft` the public goes on seeing the old text. Otherwise the new text replaces a waiting draft too, unless
    `keep_draft`.
    """

    document: Document
    page: Page | None = None
    origin: str = Revision.Origin.STAFF
    author: AbstractBaseUser | None = None
    note: str = ""
    draft: bool = False
    keep_draft: bool = False


@transaction.atomic
def record(changes):
    """Write the new texts; gives the changed rows, in no special order.

    A page whose slug changes keeps its old one as an alias, which belongs to its text like everything else. Raises
    ValidationError or IntegrityError (and writes nothing) where a row would break a rule of its model.
    """
    rows = []
    by_collection = defaultdict(list)
    for change in changes:
        by_collection[change.document.identity.collection].append(_with_old_address(change))
    # A row that cannot be without another (a question without its topic) comes after it.
    for name in sorted(by_collection, key=_needs_others):
        for start in range(0, len(by_collection[name]), BATCH):
            batch = by_collection[name][start : start + BATCH]
            rows += _record_batch(PAGE_MODELS[name], batch)
    live = [change for changes in by_collection.values() for change in changes if not change.draft]
    for start in range(0, len(live), BATCH):
        _connect(live[start : start + BATCH])
    return rows


def _needs_others(name):
    return any(not isinstance(field, ListOf) and field.required for field in _reference_fields(name)), name


def _reference_fields(name):
    collection = COLLECTIONS[name]
    return [collection.by_name[key] for key in collection.references]


def _with_old_address(change):
    page, identity = change.page, change.document.identity
    if page is None or page.slug == identity.slug:
        return change
    aliases = [alias for alias in change.document.get("aliases", ()) if alias != identity.slug]
    aliases += [] if page.slug in aliases else [page.slug]
    return replace(change, document=change.document.changed(aliases=tuple(aliases)))


def _record_batch(model, changes):
    texts = [serialize(change.document) for change in changes]
    revisions = Revision.objects.bulk_create(
        Revision(
            page=str(change.document.identity),
            text=text,
            digest=digest(text),
            origin=change.origin,
            note=change.note,
            author=change.author,
        )
        for change, text in zip(changes, texts, strict=True)
    )
    targets = _targets([change.document for change in changes])
    created, rows = [], []
    for change, revision in zip(changes, revisions, strict=True):
        page = change.page or model(language=change.document.identity.language)
        if change.draft and change.page:
            page.draft = revision
            page.save(update_fields=["draft"])
        else:
            _rename(page, change.document.identity.slug)
            project(change.document, page, targets)
            page.revision, page.updated_at = revision, timezone.now()
            page.draft = page.draft if change.keep_draft else None
            if page.is_published and page.first_published_at is None:
                page.first_published_at = page.updated_at
            page.clean_fields()
            if change.page:
                page.save()
            else:
                created.append(page)
        rows.append(page)
    model.objects.bulk_create(created)
    return rows


def project(document, page, targets=None):
    """Set a row's columns from a document, without saving.

    `targets` maps (language, collection, slug) to the ids of rows, for the columns that name one other page.
    """
    page.slug = document.identity.slug
    page.body = document.body
    for field in COLLECTIONS[document.identity.collection].fields:
        value = document.get(field.name, field.default)
        if field.name == "aliases" or (isinstance(field, ListOf) and field.name in _references(document)):
            continue
        if field.name in _references(document):
            target = (document.identity.language, _references(document)[field.name], value)
            setattr(page, f"{field.name}_id", (targets or {}).get(target))
            continue
        if isinstance(field, ListOf):
            value = list(value or ())
        column = page._meta.get_field(field.name)
        if value is None and not column.null:
            value = column.get_default()
        setattr(page, field.name, value)


def _references(document):
    return COLLECTIONS[document.identity.collection].references


def _rename(page, slug):
    if not page.pk or page.slug == slug:
        return
    old, new = page.identity, f"{page.language}/{page.collection}/{slug}"
    Revision.objects.filter(page=old).update(page=new)
    ContentFile.objects.filter(page=old).update(page=new)
    Alias.objects.filter(language=page.language, collection=page.collection, slug=slug).delete()


def _connect(changes):
    """Write what needs all rows to be there: links from page to page, and old addresses."""
    documents = [change.document for change in changes]
    rows = _targets(documents, themselves=True)
    targets = {**_targets(documents), **rows}
    for collection in {document.identity.collection for document in documents}:
        model = PAGE_MODELS[collection]
        own = {rows[document.identity]: document for document in documents if document.identity.collection == collection}
        for field in _reference_fields(collection):
            if isinstance(field, ListOf):
                _connect_many(model, field.name, own, targets)
            elif not field.required:
                _connect_one(model, field.name, own, targets)
    _write_aliases(documents)


def _connect_one(model, name, own, targets):
    target_collection = COLLECTIONS[model.collection].references[name]
    pages = [
        model(pk=pk, **{f"{name}_id": targets.get((document.identity.language, target_collection, document.get(name)))})
        for pk, document in own.items()
        if document.get(name)
    ]
    model.objects.bulk_update(pages, [name])


def _connect_many(model, name, own, targets):
    relation = model._meta.get_field(name)
    through = relation.remote_field.through
    source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    target_collection = COLLECTIONS[model.collection].references[name]
    through.objects.filter(**{f"{source}_id__in": list(own)}).delete()
    through.objects.bulk_create(
        through(**{f"{source}_id": pk, f"{target}_id": target_pk})
        for pk, document in own.items()
        for target_pk in dict.fromkeys(
            targets.get((document.identity.language, target_collection, slug)) for slug in document.get(name, ())
        )
        if target_pk  # staff may have deleted the page that a text still names
    )


def _write_aliases(documents):
    for collection in {document.identity.collection for document in documents}:
        for language in {document.identity.language for document in documents}:
            own = [d for d in documents if d.identity.collection == collection and d.identity.language == language]
            targets = [document.identity.slug for document in own]
            Alias.objects.filter(language=language, collection=collection, target__in=targets).delete()
            Alias.objects.bulk_create(
                Alias(language=language, collection=collection, slug=alias, target=document.identity.slug)
                for document in own
                for alias in document.get("aliases", ())
            )


def _targets(documents, *, themselves=False):
    """The ids of the rows that documents name (or are), by (language, collection, slug); old addresses count."""
    wanted = defaultdict(set)
    for document in documents:
        language, collection, slug = document.identity
        if themselves:
            wanted[language, collection].add(slug)
            continue
        for key, target in _references(document).items():
            value = document.get(key, ())
            wanted[language, target].update([value] if isinstance(value, str) else value)
    found = {}
    for (language, collection), slugs in wanted.items():
        aliases = Alias.objects.filter(language=language, collection=collection, slug__in=slugs)
        moved = {} if themselves else dict(aliases.values_list("slug", "target"))
        rows = PAGE_MODELS[collection].objects.filter(language=language, slug__in={*slugs, *moved.values()})
        ids = dict(rows.values_list("slug", "pk"))
        found.update({(language, collection, slug): pk for slug, pk in ids.items()})
        found.update({(language, collection, old): ids[new] for old, new in moved.items() if new in ids})
    return found


def refresh(page):
    """The row as it is now, locked until the transaction ends, with its revisions."""
    return type(page).objects.select_for_update(of=("self",)).select_related("revision", "draft").get(pk=page.pk)


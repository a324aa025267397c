"""What each file means: the base it was last imported as, the file now, and what staff have, field by field.

The table of decisions is in docs/adr/0002; `merge` decides single texts, this module which texts there are.
"""

from dataclasses import dataclass, field

from django.forms.models import model_to_dict

from education.documents import ContentErrors, Document, Identity, digest, merge, parse_text, serialize
from education.documents.review import continued, with_review_of
from education.models import PAGE_MODELS, Alias, ContentFile, Revision
from education.publishing import Change, live_document, staff_document
from education.publishing.pages import locked

DELETED_BY_STAFF = "deleted by staff; remove its file, or restore the page"


@dataclass
class Step:
    """What one file leads to: how it is reported, what is written to its page, what is remembered of it."""

    kind: str
    page: str
    detail: str = ""
    changes: list[Change] = field(default_factory=list)
    content_file: ContentFile | None = None


class State:
    """What the site has, as far as a plan needs it: small facts of every page, the texts only of those that changed."""

    def __init__(self):
        self.rows = {}
        for collection, model in PAGE_MODELS.items():
            rows = model.objects.values_list("language", "slug", "pk", "revision__digest", "draft_id")
            for language, slug, *facts in rows.iterator():
                self.rows[Identity(language, collection, slug)] = facts
        self.moved = {}
        for language, collection, slug, target in Alias.objects.values_list("language", "collection", "slug", "target"):
            self.moved[Identity(language, collection, slug)] = Identity(language, collection, target)
        self.files = ContentFile.objects.defer("text", "suggestion", "conflicts").in_bulk(field_name="page")
        self.imported_as = {}
        for known in self.files.values():
            page = Identity.from_string(known.page)
            self.imported_as[page._replace(slug=known.slug)] = page
        self.waiting = set(ContentFile.objects.exclude(suggestion="").values_list("page", flat=True))

    def page_of(self, identity, document=None):
        """The identity of the page that a file is the text of: what it was imported as, its own, or where an old name leads."""
        names = [identity]
        if document:
            names += [identity._replace(slug=alias) for alias in document.get("aliases", ())]
        for name in names:
            for page in (self.imported_as.get(name), name, self.moved.get(name)):
                if page in self.rows:
                    return page
        return next((self.imported_as[name] for name in names if name in self.imported_as), identity)

    def is_live(self, document):
        """Whether the site shows exactly this text at this address."""
        return document.identity in self.rows and self.rows[document.identity][1] == digest(serialize(document))

    def settled(self, file, file_digest):
        """The step for a file that is the same as at its last import and leaves nothing to decide; else None."""
        page = self.page_of(file.identity)
        known = self.files.get(str(page))
        if known is None or str(page) in self.waiting or (known.file_digest, known.slug) != (file_digest, file.identity.slug):
            return None
        if page not in self.rows:
            return Step("kept", str(page), DELETED_BY_STAFF)
        _, live_digest, draft = self.rows[page]
        edited = live_digest != known.text_digest or page.slug != known.slug
        if draft or edited:
            return Step("kept", str(page), "a draft waits" if draft else "")
        return Step("unchanged", str(page))

    def missing(self, seen):
        """The pages that came from files which are no longer there; `seen` are the pages that still have one."""
        return sorted(page for page in self.files if page not in seen and Identity.from_string(page) in self.rows)


def plan_file(file, file_digest, state):
    """The step for one `ParsedFile` that is new, changed, or has a suggestion waiting."""
    document = file.document
    page_identity = state.page_of(document.identity, document)
    known = state.files.get(str(page_identity))
    if page_identity not in state.rows:
        if known:
            return Step("kept", str(page_identity), DELETED_BY_STAFF)
        content_file = remember(ContentFile(page=str(document.identity)), document, document, file_digest)
        return Step("created", str(document.identity), "", [Change(document, origin=Revision.Origin.FILE)], content_file)
    page = locked(PAGE_MODELS[page_identity.collection], state.rows[page_identity][0])
    return _plan_merge(page, document, known or ContentFile(page=page.identity), file_digest)


def plan_missing(name, state, *, unpublish):
    """The step for a page (its identity as text) whose file is gone. It stays; with `unpublish` only staff see it then.

    Being unpublished counts as the file's doing: when the file comes back, so does the page.
    """
    identity = Identity.from_string(name)
    page = locked(PAGE_MODELS[identity.collection], state.rows[identity][0])
    if not unpublish or page.status != page.Status.PUBLISHED:
        return Step("missing", name)
    document = live_document(page).changed(status=None)
    change = Change(document, page, Revision.Origin.FILE, note="Its file was removed from content/", keep_draft=True)
    known = state.files[name]
    base = _base_of(known)
    if base:
        known.text = serialize(base.changed(status=None))
        known.text_digest = digest(known.text)
    known.file_digest = ""
    return Step("unpublished", name, "", [change], known)


def _base_of(content_file):
    identity = Identity.from_string(content_file.page)._replace(slug=content_file.slug)
    return parse_text(content_file.text, identity, complete=False) if content_file.text else None


@dataclass(frozen=True)
class _Outcome:
    live: Document
    staff: Document
    base: Document
    conflicts: tuple[str, ...]
    taken: tuple[str, ...]
    kept: tuple[str, ...]


def _plan_merge(page, file, content_file, file_digest):
    live, staff, base = live_document(page), staff_document(page), _base_of(content_file)
    file = continued(file, base)
    result = _decide(base, file, live, staff)
    changes = []
    if result.live != live:
        origin = Revision.Origin.MERGE if result.kept or result.conflicts else Revision.Origin.FILE
        changes.append(Change(result.live, page, origin, keep_draft=result.staff != result.live))
    if page.draft and result.staff != staff and not (changes and result.staff == result.live):
        changes.append(Change(result.staff, page, Revision.Origin.MERGE, draft=True, draft_due=page.draft_due))
    before = model_to_dict(content_file)
    content_file.page = str(result.live.identity)
    remember(content_file, file, result.base if base or not result.conflicts else None, file_digest, result.conflicts)
    if result.conflicts:
        kind, detail = "suggested", ", ".join(result.conflicts)
    elif changes:
        kind, detail = ("merged", ", ".join(result.taken)) if result.kept else ("updated", "")
    else:
        kind, detail = ("kept", ", ".join(result.kept)) if result.kept or page.draft else ("unchanged", "")
    return Step(kind, content_file.page, detail, changes, None if model_to_dict(content_file) == before else content_file)


def _decide(base, file, live, staff):
    """Merge the file into the public text and into staff's draft; a part in conflict with either is left as it is in both."""
    merges = [merge(base=base, file=file, staff=ours) for ours in (live, staff)]
    held = {part for merged in merges for part in merged.conflicts} - {"slug"}
    if not all(_is_valid(merged.document) for merged in merges):
        # What each side changed is right by itself but not together (one took away the address, the other the DOI).
        held |= {part for merged in merges for part in merged.taken} - {"slug"}
    if held:
        parts, was = file.parts(), base.parts() if base else {}
        for part in held:
            parts.pop(part, None)
            if part in was:
                parts[part] = was[part]
        file = with_review_of(Document.from_parts(file.identity, parts), file)
        merges = [merge(base=base, file=file, staff=ours) for ours in (live, staff)]
    on_live, on_staff = merges
    return _Outcome(
        live=on_live.document,
        staff=on_staff.document,
        base=on_live.base,
        conflicts=tuple(sorted(held)),
        taken=tuple(part for part in on_live.taken if part not in held),
        kept=tuple(part for part in on_staff.kept if part not in held),
    )


def _is_valid(document):
    try:
        parse_text(serialize(document), document.identity)
    except ContentErrors:
        return False
    return True


def remember(content_file, file, base, file_digest, conflicts=()):
    """Set what a `ContentFile` knows: the base (a document, None while there is none) and, with conflicts, the suggestion."""
    text = serialize(base) if base else ""
    content_file.slug = file.identity.slug
    content_file.text, content_file.text_digest = text, digest(text)
    content_file.file_digest = file_digest
    content_file.suggestion = serialize(file) if conflicts else ""
    content_file.conflicts = list(conflicts)
    return content_file

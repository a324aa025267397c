"""What each file means: the base it was last imported as, the file now, and what staff have, field by field.

The table of decisions is in docs/adr/0002; `merge` decides single texts, this module which texts there are.
"""

from dataclasses import dataclass, field

from education.documents import ContentErrors, Document, Identity, digest, merge, parse_text, serialize
from education.models import PAGE_MODELS, Alias, ContentFile, Revision
from education.publishing import Change, live_document, staff_document

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
        facts = ContentFile.objects.defer("text", "suggestion", "conflicts").in_bulk(field_name="page")
        self.files = facts
        self.waiting = set(ContentFile.objects.exclude(suggestion="").values_list("page", flat=True))

    def page_of(self, identity, document=None):
        """The identity of the page that a file is the text of: its own, or where an old name of it leads."""
        names = [identity]
        if document:
            names += [identity._replace(slug=alias) for alias in document.get("aliases", ())]
        for name in names:
            if name in self.rows:
                return name
            if self.moved.get(name) in self.rows:
                return self.moved[name]
        known = (name for name in names if str(name) in self.files)
        return next(known, identity)

    def settled(self, file, file_digest):
        """The step for a file that is the same as at its last import and leaves nothing to decide; else None."""
        page = self.page_of(file.identity)
        known = self.files.get(str(page))
        if known is None or known.file_digest != file_digest or str(page) in self.waiting:
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
    model = PAGE_MODELS[page_identity.collection]
    page = model.objects.select_related("revision", "draft").get(pk=state.rows[page_identity][0])
    base = parse_text(known.text, page_identity._replace(slug=known.slug), complete=False) if known and known.text else None
    return _plan_merge(page, base, document, known or ContentFile(page=page.identity), file_digest)


@dataclass(frozen=True)
class _Outcome:
    live: Document
    staff: Document
    base: Document
    conflicts: tuple[str, ...]
    taken: tuple[str, ...]
    kept: tuple[str, ...]


def _plan_merge(page, base, file, content_file, file_digest):
    live, staff = live_document(page), staff_document(page)
    result = _decide(base, file, live, staff)
    changes = []
    if result.live != live:
        origin = Revision.Origin.MERGE if result.kept or result.conflicts else Revision.Origin.FILE
        changes.append(Change(result.live, page, origin, keep_draft=True))
    if page.draft and result.staff != staff:
        changes.append(Change(result.staff, page, Revision.Origin.MERGE, draft=True))
    before = (content_file.file_digest, content_file.text, content_file.slug, content_file.suggestion, content_file.conflicts)
    content_file.page = str(result.live.identity)
    remember(content_file, file, result.base if base or not result.conflicts else None, file_digest, result.conflicts)
    after = (content_file.file_digest, content_file.text, content_file.slug, content_file.suggestion, content_file.conflicts)
    if result.conflicts:
        kind, detail = "suggested", ", ".join(result.conflicts)
    elif changes:
        kind, detail = ("merged", ", ".join(result.taken)) if result.kept else ("updated", "")
    else:
        kind, detail = ("kept", ", ".join(result.kept)) if result.kept or page.draft else ("unchanged", "")
    return Step(kind, content_file.page, detail, changes, content_file if before != after else None)


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
        merges = [merge(base=base, file=Document.from_parts(file.identity, parts), staff=ours) for ours in (live, staff)]
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

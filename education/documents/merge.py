"""Three texts decide, field by field: what the file was, what it is, and what staff made of it."""

from dataclasses import dataclass, replace

from education.documents.document import Document
from education.documents.review import REVIEW_MARK, review_mark, with_best_review, with_review_of, without_review


@dataclass(frozen=True)
class Merge:
    """What came of three texts.

    `document`: the text to publish; where both sides changed a part, it holds the staff's.
    `base`: what the file counts as taken over; it moves up to the file except for the parts in conflict.
    `taken`, `kept`, `conflicts`: the parts that came from the file alone, from staff alone, and from both unlike.
    """

    document: Document
    base: Document
    taken: tuple[str, ...]
    kept: tuple[str, ...]
    conflicts: tuple[str, ...]


def merge(*, base, file, staff):
    """Merge the `file` into what `staff` have, knowing the `base` both started from (None: they share nothing).

    All three are documents of one page (their slugs may differ). A review is never in conflict: it is taken from the side
    that changed it; from both, it is the one of the merged text, else the latest. It stays bound to the text that was read.
    """
    result = _merge(base and without_review(base), without_review(file), without_review(staff))
    document = with_best_review(result.document, _reviewed(base, file, staff))
    day_and_name = REVIEW_MARK[:2]  # the third is the site's own writing, and no news to people
    taken = tuple(part for part in day_and_name if document.get(part) != staff.get(part))
    kept = tuple(part for part in day_and_name if not taken and document.get(part) != file.get(part))
    return replace(
        result,
        document=document,
        base=with_review_of(result.base, file),
        taken=result.taken + taken,
        kept=result.kept + kept,
    )


def _reviewed(base, file, staff):
    """The sides whose review the merged text may carry."""
    if base is None:
        return [side for side in (staff, file) if any(review_mark(side))] or [staff]
    if review_mark(file) == review_mark(base) and file.get("reviewed_text") == base.get("reviewed_text"):
        return [staff]
    return [file] if review_mark(staff) == review_mark(base) else [staff, file]


def _merge(base, file, staff):
    ours, theirs = staff.parts(), file.parts()
    start = base.parts() if base else {}
    merged, moved = dict(ours), dict(start)
    taken, kept, conflicts = [], [], []
    for part in dict.fromkeys([*theirs, *ours, *start]):
        was, is_file, is_staff = start.get(part), theirs.get(part), ours.get(part)
        # A draft that began without the file has no word of its status; a file does not publish what staff have not.
        is_draft = base is None and part == "status" and is_staff is None
        if is_staff == is_file or (is_staff == was and not is_draft):
            if is_file != is_staff:
                taken.append(part)
            _put(merged, part, is_file)
            _put(moved, part, is_file)
        elif is_file == was:
            kept.append(part)
        else:
            conflicts.append(part)
    moved.setdefault("slug", file.identity.slug)
    return Merge(
        document=Document.from_parts(staff.identity, merged),
        base=Document.from_parts(file.identity, moved),
        taken=tuple(taken),
        kept=tuple(kept),
        conflicts=tuple(conflicts),
    )


def _put(parts, part, value):
    if value is None:
        parts.pop(part, None)
    else:
        parts[part] = value

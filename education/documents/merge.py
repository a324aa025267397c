"""Three texts decide, field by field: what the file was, what it is, and what staff made of it."""

from dataclasses import dataclass, replace

from education.documents.document import Document

REVIEW_MARK = ("reviewed_on", "reviewed_by")


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

    @property
    def is_mixed(self):
        """Whether the document is put together from both sides."""
        return bool(self.taken and (self.kept or self.conflicts))


def merge(*, base, file, staff):
    """Merge the `file` into what `staff` have, knowing the `base` both started from (None: they share nothing).

    All three are documents of one page (their slugs may differ). A text that is put together from both sides was
    reviewed by nobody, so it loses the review mark.
    """
    result = _merge(base, file, staff)
    if result.is_mixed:
        # Without staff's mark there may be nothing left that the sides do not agree on.
        result = _merge(base, file, staff.changed(**dict.fromkeys(REVIEW_MARK)))
    if result.is_mixed:
        taken = tuple(part for part in result.taken if part not in REVIEW_MARK)
        result = replace(result, document=result.document.changed(**dict.fromkeys(REVIEW_MARK)), taken=taken)
    return result


def _merge(base, file, staff):
    ours, theirs = staff.parts(), file.parts()
    start = base.parts() if base else {}
    merged, moved = dict(ours), dict(start)
    taken, kept, conflicts = [], [], []
    for part in dict.fromkeys([*theirs, *ours, *start]):
        was, is_file, is_staff = start.get(part), theirs.get(part), ours.get(part)
        if is_staff in (is_file, was):
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

"""What differs between two versions of a page: part by part, line by line, word by word within a changed line."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from education.documents.document import Document

SAME, REMOVED, ADDED, GAP = "same", "removed", "added", "gap"

# How many unchanged lines stand around a change.
CONTEXT = 2
# Longer lines are compared as a whole: finding what differs takes the square of their words.
MOST_WORDS = 2000

_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One line of a comparison. `pieces` are pairs of a text and whether it is one of the words that changed.

    `kind` is `same`, `removed`, `added`, or `gap` for unchanged lines left out, which has no pieces.
    """

    kind: str
    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Difference:
    """A part of a page (`title`, `body`, `slug` …) that differs, as lines."""

    part: str
    lines: tuple[Line, ...]


def compare(old: Document | None, new: Document | None):
    """The differences from `old` to `new`, as `Difference`s in the order of the page's parts. None is an empty page."""
    before, after = old.parts() if old else {}, new.parts() if new else {}
    order = dict.fromkeys([*after, *before])
    return tuple(
        Difference(part, _compare_lines(_lines(before.get(part)), _lines(after.get(part))))
        for part in order
        if before.get(part) != after.get(part)
    )


def _lines(value):
    if value in (None, ""):
        return []
    return list(map(str, value)) if isinstance(value, tuple) else str(value).split("\n")


def _compare_lines(old, new):
    found = []
    groups = SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT)
    end = 0
    for group in groups:
        if group[0][1] > end:
            found.append(Line(GAP))
        for kind, start, stop, new_start, new_stop in group:
            if kind == "equal":
                found += [Line(SAME, ((line, False),)) for line in old[start:stop]]
            else:
                found += _changed(old[start:stop], new[new_start:new_stop])
        end = group[-1][2]
    if found and end < len(old):
        found.append(Line(GAP))
    return tuple(found)


def _changed(old, new):
    """Removed and added lines, pair by pair as they stand, so that a changed word stands below the one it replaced."""
    for index in range(max(len(old), len(new))):
        before, after = old[index : index + 1], new[index : index + 1]
        if before and after:
            yield from _pair(before[0], after[0])
        else:
            kind = REMOVED if before else ADDED
            yield Line(kind, (((before or after)[0], True),))


def _pair(old, new):
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [Line(REMOVED, ((old, True),)), Line(ADDED, ((new, True),))]
    removed, added = [], []
    for kind, start, stop, new_start, new_stop in SequenceMatcher(None, before, after).get_opcodes():
        if stop > start:
            removed.append(("".join(before[start:stop]), kind != "equal"))
        if new_stop > new_start:
            added.append(("".join(after[new_start:new_stop]), kind != "equal"))
    return [Line(REMOVED, tuple(removed)), Line(ADDED, tuple(added))]

"""Rule 13: numbers that readers need not work out."""

import re

from education.checks.words import line_of

RATE = re.compile(
    r"\b\d[\d,.]{0,15}(?: to \d[\d,.]{0,15})? (?:in|out of)(?: every)? (\d[\d,]{0,15}(?: (?:million|thousand))?)\b", re.IGNORECASE
)

_SPELLED = re.compile(
    r"(?<=[a-z,;:(] )(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred)"
    r" (?:(?:[a-z-]+ )?[a-z]{2,}s|(?:in|out of)(?: every)? (?:\d+|five|ten|twenty|fifty|hundred))\b"
)
_PERCENT = re.compile(r"(?:\d[\d.,]{0,9})?\d(?: ?%| per ?cent\b)")
_FRACTION = re.compile(
    r"\b(?:(?:a|one|two|three) (?:thirds?|quarters?|fifths?)|half)"
    r" of (?:all |the |these |those )?(?:people|patients|adults|children|women|men)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:twice|half|double|\d+ times) (?:as|more|less|the) (?:likely|common|risk|chance)\b", re.IGNORECASE)
_RESTATED = re.compile(r"\([^()]*\)")


def numbers(page):
    """Numerals; the same denominator throughout; no sums for the reader; percentages also as "1 in 5" (CCI 17, 20)."""
    for key, block in page.prose:
        if found := _SPELLED.search(block.text):
            yield page.note(f"Write numbers as numerals: “{found[0]}”.", key=key, line=line_of(block, found.start()))
        for pattern, advice in (
            (_PERCENT, "Say a percentage also in words: “20% (about 1 in 5)”"),
            (_FRACTION, "Say a share in numerals: “1 in 3”"),
            (_TIMES, "Say how many in 100 it is, before and after, so that readers need not work it out"),
        ):
            if (found := pattern.search(block.text)) and not RATE.search(block.text):
                yield page.note(f"{advice}: “{found[0]}”.", key=key, line=line_of(block, found.start()))
    yield from _denominators(page)


def _denominators(page):
    """What readers compare has one denominator: in a table, a list, a paragraph. Rates in brackets say the same again."""
    groups = {}
    for block in page.blocks:
        if block.kind in ("paragraph", "item", "cell"):
            groups.setdefault(block.within("table") or block.within("list", "steps") or block, []).append(block)
    for blocks in groups.values():
        text = "\n".join(_RESTATED.sub("", block.text) for block in blocks)
        found = list(dict.fromkeys(match[1] for match in RATE.finditer(text)))
        if len(found) > 1:
            message = f"Use the same “in …” for numbers that stand together; here are {' and '.join(found)}."
            yield page.note(message, blocks[0])

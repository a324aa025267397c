"""Rules 10 to 12: abbreviations, words about people, words that promise."""

import re

from education.checks.words import line_of

# Better known short than in full.
KNOWN_ABBREVIATIONS = frozenset("US USA UK U.S. U.K. OK TV ID AM PM PDF QR FAQ II III IV".split())

_ABBREVIATION = re.compile(r"(?<![\w-])(?:[A-Z]{2,6}(?=s?(?![\w-]))|(?:[A-Z]\.){2,})")
_NAMED = re.compile(r"\b(?:stands? for|short for|means?)\b")

_ABOUT_PEOPLE = (
    (re.compile(r"\bsuffer(?:s|ed|ing|ers?)?\b(?: from| with)?", re.IGNORECASE), "say “has” or “lives with”"),
    (re.compile(r"\bvictims?\b(?: of\b)?", re.IGNORECASE), "say “a person with” or “people with”"),
    (re.compile(r"\b(?:afflicted|stricken) (?:with|by)\b", re.IGNORECASE), "say “has”"),
    (re.compile(r"\b(?:wheelchair-bound|(?:confined|bound) to a wheelchair)\b", re.IGNORECASE), "say “uses a wheelchair”"),
    (re.compile(r"\b(?:diabetics|epileptics|schizophrenics|arthritics)\b", re.IGNORECASE), "say “people with” and the illness"),
    (re.compile(r"\bthe (?:disabled|handicapped|elderly)\b", re.IGNORECASE), "say “disabled people” or “older people”"),
)

_PROMISE = re.compile(
    r"\b(?:cure[sd]?|curing|guarantee[sd]?|pain[- ]?free|painless(?:ly)?|miracles?|miraculous|risk-?free"
    r"|(?:completely|totally) safe|no (?:risks?|side effects)|always works?|never fails|permanent relief|instant relief"
    r"|proven to)\b|\b(?:100|(?:one |a )?hundred)(?: ?%| per ?cent)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|not|never|cannot|can't|nothing|nobody|without|isn't|doesn't)\b[^.!?]{0,60}$", re.IGNORECASE)


def abbreviations(page):
    """Abbreviations are written out at their first use (NHS service manual)."""
    named, first = set(), {}
    for key, block in sorted(page.prose, key=lambda pair: pair[0] != "body"):
        explains = bool(_NAMED.search(block.text))
        for found in _ABBREVIATION.finditer("" if block.text.isupper() else block.text):
            first.setdefault(found[0], (key, block, found.start()))
            if first[found[0]][1] is block and (explains or _is_written_out(block.text, found)):
                named.add(found[0])
        for link in page.links_in.get(block, ()):
            if link.href.startswith("term:"):
                named.update(_ABBREVIATION.findall(link.words))
    for short, (key, block, start) in first.items():
        if short not in named and short not in KNOWN_ABBREVIATIONS:
            message = (
                f"Write out “{short}” where it first stands, with the short form in brackets: World Health Organization (WHO)."
            )
            yield page.note(message, key=key, line=line_of(block, start), words=short)


def _is_written_out(text, found):
    """Whether an abbreviation stands with its full words: `full words (FW)` or `FW (full words)`."""
    after = text[found.end() : found.end() + 10].removeprefix("s")
    in_brackets = text[found.start() - 1 : found.start()] == "(" and after.startswith(")")
    return in_brackets or bool(re.match(r" \([a-z]", after, re.IGNORECASE))


def words_about_people(page):
    """No words that make an illness into a fate: "suffering from", "victim of" (NHS service manual)."""
    for key, block in page.keyed_blocks:
        for pattern, instead in _ABOUT_PEOPLE:
            for found in pattern.finditer(block.text):
                message = f"Do not write “{' '.join(found[0].split())}”: {instead}."
                yield page.note(message, key=key, line=line_of(block, found.start()), words=found[0])


def promises(page):
    """No words that promise a result: cure, guaranteed, pain-free, miracle, 100% (the FTC asks for proof of claims)."""
    for key, block in page.keyed_blocks:
        for found in _PROMISE.finditer(block.text):
            if not _DENIED.search(block.text[max(0, found.start() - 80) : found.start()]):
                message = f"“{found[0]}” sounds like a promise. Say what studies found, and how sure it is."
                yield page.note(message, key=key, line=line_of(block, found.start()), words=found[0])

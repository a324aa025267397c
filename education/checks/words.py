"""Rules 6 to 9: reading grade, length of sentences and paragraphs, active voice, plain words first."""

import re

from education.rendering.reading import sentences_of

MOST_GRADE = 8
MOST_WORDS = 20
MOST_SENTENCES = 3

# What patients say themselves needs no explanation each time: these words of the glossary, and these plain forms of others.
EVERYDAY_TERMS = frozenset(["acupuncture", "bruise", "dry-needling", "nerve", "side-effect"])
EVERYDAY_FORMS = frozenset(
    ["posture training", "pretend treatment", "pretend treatments", "reflex", "reflexes", "twitch", "twitches"]
)

_PLAINER = {
    "administer": "give",
    "administered": "given",
    "adverse event": "harm",
    "adverse events": "side effects",
    "ambulate": "walk",
    "analgesic": "pain medicine",
    "analgesics": "pain medicines",
    "approximately": "about",
    "cardiac": "heart",
    "cephalalgia": "headache",
    "cervical": "neck",
    "commence": "start",
    "contraindicated": "not safe for you",
    "contusion": "bruise",
    "discontinue": "stop",
    "dyspnea": "trouble breathing",
    "edema": "swelling",
    "erythema": "redness",
    "hematoma": "large bruise",
    "hypertension": "high blood pressure",
    "in order to": "to",
    "lumbar": "lower back",
    "myalgia": "muscle pain",
    "paresthesia": "tingling",
    "physician": "doctor",
    "physicians": "doctors",
    "prior to": "before",
    "pruritus": "itching",
    "subsequently": "later",
    "syncope": "fainting",
    "utilize": "use",
    "utilise": "use",
}
_JARGON = re.compile(rf"(?<![\w(\"“])(?:{'|'.join(_PLAINER)})(?!\w)(?! \()", re.IGNORECASE)

_BE = r"\b(?:am|is|are|was|were|be|been|being|gets?|got)\b"
_PARTICIPLE = (
    r"(?:\w+ed|given|taken|done|made|shown|seen|found|known|put|told|held|kept|left|led|sent|felt|brought|chosen|written)"
)
_PASSIVE = (
    re.compile(
        rf"{_BE}(?: \w+ly)? {_PARTICIPLE}(?: (?:in|on|to|for|at) (?:\w+ )?\w+)? by "
        r"(?!\w+ing\b|yourself|itself|themselves|hand\b|about\b|then\b|\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:should|must|has to|have to|needs? to) (?:not |always |only |never )?be (?:\w+ly )?(?!used to){_PARTICIPLE}\b",
        re.IGNORECASE,
    ),
)


def reading_grade(page):
    """A reading grade of 6 to 8, medical terms counted as they are (PEMAT 4; Flesch-Kincaid)."""
    for name, measure in (("The page reads", page.reading.whole), ("The paragraphs of this page read", page.reading.running)):
        if measure.grade is not None and measure.grade > MOST_GRADE:
            yield page.note(
                f"{name} at grade {measure.grade:.1f}; aim for {MOST_GRADE} or lower. Use shorter sentences and shorter words."
            )
            return


def sentences_and_paragraphs(page):
    """Sentences of up to 20 words, paragraphs of up to 3 sentences (NHS service manual)."""
    for key, sentences in _by_key(page):
        for sentence in sentences:
            if len(sentence.words) > MOST_WORDS and sentence.kind not in ("heading", "header"):
                start = " ".join(sentence.text.split()[:6])
                message = (
                    f"Make this sentence shorter: it has {len(sentence.words)} words, aim for up to {MOST_WORDS}: “{start} …”"
                )
                yield page.note(message, key=key, line=sentence.line)
    for block in page.blocks:
        if block.kind == "paragraph":
            count = len(_sentences(block))
            if count > MOST_SENTENCES:
                yield page.note(f"Split this paragraph: it has {count} sentences, aim for up to {MOST_SENTENCES}.", block)


def _by_key(page):
    for key, block in page.front:
        yield key, _sentences(block)
    yield "body", page.body_reading.sentences


def _sentences(block):
    return list(sentences_of(block))


def active_voice(page):
    """The active voice: who does what (NHS service manual). Only the clearest passives are found."""
    for key, block in page.prose:
        for pattern in _PASSIVE:
            if found := pattern.search(block.text):
                yield page.note(
                    f"Say who does what, in the active voice: “{' '.join(found[0].split())} …”",
                    key=key,
                    line=line_of(block, found.start()),
                    words=found[0],
                )
                break


def plain_word_first(page):
    """The plain word first, the medical word in brackets; words of the glossary are explained where they are used."""
    for key, block in page.prose:
        for found in _JARGON.finditer(block.text):
            plain = _PLAINER[found[0].lower()]
            message = f"Use the plain word first: “{plain}” for “{found[0]}”; the medical word may follow in brackets."
            yield page.note(message, key=key, line=line_of(block, found.start()), words=found[0])
    if page.collection != "glossary":
        yield from _unexplained(page)


def _unexplained(page):
    """The first use of each glossary word that the page neither links nor explains."""
    explained = page.linked_terms | EVERYDAY_TERMS
    explained |= {slug for slug, *_ in page.site.find_terms(page.language, page.document.get("title", ""))}
    used = {}
    for key, block in page.keyed_blocks:
        for slug, start, end in page.site.find_terms(page.language, block.text):
            if _is_explained(block.text, start, end):
                explained.add(slug)
            is_everyday = block.text[start:end].lower() in EVERYDAY_FORMS
            if key == "body" and block.kind in ("paragraph", "item", "cell") and not is_everyday:
                used.setdefault(slug, (block.text[start:end], line_of(block, start)))
    for slug, (word, line) in used.items():
        if slug not in explained:
            advice = f"the plain word first, then this word in brackets. Or link it: [{word}](term:{slug})."
            yield page.note(f"Explain “{word}” at its first use: {advice}", line=line, words=word)


_MEANING_BEFORE = re.compile(r"(?:\([^)]*|\b(?:called|known as|(?:name|word|term)s?(?: for this)? is)(?: an?| the)?|[“\"])\s*$")
_MEANING_AFTER = re.compile(
    r"[”\"]?(?:[^.;:()]{0,25} \(|,? (?:which )?(?:means?\b|stands? for\b|is when\b)|, (?:which|or|an?|the)\b|: )"
)


def _is_explained(text, start, end):
    """Whether the words around a medical word say what it means."""
    return bool(_MEANING_BEFORE.search(text[max(0, start - 30) : start]) or _MEANING_AFTER.match(text, end))


def line_of(block, offset):
    """The line of a place in a block's text, within the body."""
    return block.line + block.text.count("\n", 0, offset)

"""How hard a text is to read: its blocks as patients see them, sentences, words, syllables, grade.

What counts, and how (docs/adr/0006-plain-language-checks.md gives the reasons):

- A heading, a card's title, a list item and a caption end a sentence with or without a full stop.
- A lead-in that ends in a colon runs on into the first item of its list; the cells of a table's row run on into each other.
- Short list items make any text look easy. So there are two grades: of the whole text, and of its running text alone.
- Addresses of links, citations, code and descriptions of pictures are left out.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from education.rendering.links import Reference
from education.rendering.renderer import PageRenderer
from education.rendering.syntax import card_kind, make_parser

_markdown = make_parser(PageRenderer)

_PARTS = {"container_card": "card", "bullet_list": "list", "ordered_list": "steps", "list_item": "item"}
_PARTS |= {"blockquote": "quote", "table": "table", "tr": "row", "dl": "terms"}
_KINDS = {"heading_open": "heading", "container_card_open": "card title", "th_open": "header", "td_open": "cell"}
_KINDS |= {"caption_open": "caption", "dt_open": "term"}


@dataclass(frozen=True, eq=False)
class Part:
    """What holds blocks: a card, list, steps (a numbered list), item, quote, table, row or terms. `info`: a card's kind."""

    kind: str
    line: int
    info: str = ""


@dataclass(frozen=True, eq=False)
class Block:
    """A run of words that stands by itself: a heading, card title, paragraph, item, header, cell, caption or term.

    `text` is what a reader sees, with `\\n` where the author broke the line; `line` counts from 1 within the body and is 0
    outside it; `level` is a heading's; `parts` hold the block, outermost first; `tokens` are its inline Markdown.
    """

    kind: str
    text: str
    line: int = 0
    level: int = 0
    parts: tuple[Part, ...] = ()
    tokens: tuple = ()

    def within(self, *kinds):
        """The innermost part of one of these kinds that holds the block, or None."""
        return next((part for part in reversed(self.parts) if part.kind in kinds), None)


def read_blocks(text, titles: Mapping[Reference, str] | None = None):
    """The blocks of a Markdown text, in order. `titles` are those of pages, shown for links without words of their own."""
    blocks, parts, opening = [], [], None
    for token in _markdown.parse(text):
        name = token.type.removesuffix("_open").removesuffix("_close")
        line = token.map[0] + 1 if token.map else 0
        if token.type == "inline":
            kind = _KINDS.get(opening.type if opening else "", "paragraph")
            if kind == "paragraph" and parts and parts[-1].kind == "item":
                kind = "item"
            level = int(opening.tag[1]) if kind == "heading" else 0
            words = _visible(token.children, titles or {})
            if len(token.children) == 1 and (caption := token.children[0].attrGet("title")):
                kind, words = "caption", caption
            blocks.append(Block(kind, words, line, level, tuple(parts), tuple(token.children)))
        elif name in _PARTS and token.nesting > 0:
            parts.append(Part(_PARTS[name], line, card_kind(token.info) if name == "container_card" else ""))
        elif name in _PARTS:
            parts.pop()
        opening = token
    return tuple(blocks)


def _visible(tokens, titles):
    """What a reader sees of inline Markdown."""
    shown, hide = [], False
    for token, following in pairwise([*tokens, None]):
        if token.type == "link_open":
            href = token.attrGet("href")
            hide = token.info == "auto" and not href.startswith("tel:")
            if following.type == "link_close":
                shown.append(titles.get(Reference.from_href(href)[0], ""))
        elif token.type == "link_close":
            hide = False
        elif token.type == "text" and not hide:
            shown.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            shown.append("\n")
    return "".join(shown)


@dataclass(frozen=True)
class Sentence:
    """`line` counts as its block's does; `ends` is False where the text runs on into the next block."""

    text: str
    line: int
    kind: str
    words: tuple[str, ...]
    ends: bool = True


@dataclass(frozen=True)
class Measure:
    """Counts of a text."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    @property
    def grade(self):
        """The US school grade that can read the text; None without words. Below 0 is easier than any grade.

        0.39 × words a sentence + 11.8 × syllables a word − 15.59: Kincaid, Fishburne, Rogers and Chissom, "Derivation of new
        readability formulas for Navy enlisted personnel", Research Branch Report 8-75, Naval Technical Training, 1975.
        """
        if not self.words:
            return None
        return 0.39 * self.words / max(1, self.sentences) + 11.8 * self.syllables / self.words - 15.59


@dataclass(frozen=True)
class Reading:
    """A text's measures: of all of it, and of its paragraphs alone (with those in cards)."""

    sentences: tuple[Sentence, ...] = ()
    whole: Measure = field(default_factory=Measure)
    running: Measure = field(default_factory=Measure)

    @property
    def grade(self):
        """The higher of both grades; None without words."""
        return self.whole.grade if not self.running.words else max(self.whole.grade, self.running.grade)

    def longest(self, count=5):
        """The longest sentences, longest first."""
        return sorted(self.sentences, key=lambda sentence: -len(sentence.words))[:count]

    def share_longer_than(self, most):
        """The share (0 to 1) of longer sentences, among all or among those of running text, whichever is higher."""
        groups = (self.sentences, [sentence for sentence in self.sentences if sentence.kind == "paragraph"])
        return max(sum(len(found.words) > most for found in group) / max(1, len(group)) for group in groups)


def read(blocks):
    """The `Reading` of some blocks."""
    sentences = []
    for block, following in pairwise([*blocks, None]):
        found = list(sentences_of(block))
        if found and _runs_on(block, following):
            last = found.pop()
            found.append(Sentence(last.text, last.line, last.kind, last.words, ends=False))
        sentences += found
    running = [sentence for sentence in sentences if sentence.kind == "paragraph"]
    whole = _measure(sentences, sum(sentence.ends for sentence in sentences))
    return Reading(tuple(sentences), whole, _measure(running, len(running)))


def _measure(sentences, count):
    words = [word for sentence in sentences for word in sentence.words]
    return Measure(len(words), count, sum(map(syllables, words)))


def _runs_on(block, following):
    if following is None:
        return False
    text = block.text.rstrip()
    if text.endswith(":") and block.kind in ("paragraph", "card title"):
        return following.kind == "item"
    same_row = block.within("row") and block.within("row") is following.within("row")
    return bool(same_row) and not text.endswith((".", "!", "?"))


def sentences_of(block):
    """The `Sentence`s of one block; none without a word."""
    line, at = block.line, 0
    for start, end in _split(block.text):
        lead = len(block.text[start:end]) - len(block.text[start:end].lstrip())
        line, at = line + block.text.count("\n", at, start + lead), start + lead
        words = tuple(words_of(block.text[start:end]))
        if words:
            yield Sentence(" ".join(block.text[start:end].split()), line, block.kind, words)


_STOP = re.compile(r"[.!?…]+[\"”’')\]]*")
_NEXT = re.compile(r"\s*[\"“‘'(\[]*(\S?)")
_NEVER_LAST = ("dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "approx", "fig", "cf", "u.s", "u.k", "u.n")


def _split(text):
    """Where sentences begin and end, as offsets."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, start, stop):
            yield start, stop.end()
            start = stop.end()
    yield start, len(text)


def _ends_sentence(text, start, stop):
    """Whether a mark ends a sentence: not within a word or number, nor behind an abbreviation, nor before a small letter."""
    end = stop.end()
    if end < len(text) and not text[end].isspace():
        return False
    following = _NEXT.match(text, end)[1]
    mark = stop[0].rstrip("\"”’')]")
    if following.islower() and not mark.endswith(("!", "?")):
        return False
    if mark != "." or not following:
        return True
    before = re.split(r"[\s(\[\"“]", text[max(start, stop.start() - 20) : stop.start()])[-1]
    is_initial = len(before) == 1 and before.isupper()
    counts = before.lower() == "no" and following.isdigit()
    return not (is_initial or counts or before.lower() in _NEVER_LAST)


def words_of(text):
    """The words of a text: what stands between spaces, slashes or dashes and holds a letter or digit.

    A hyphenated compound and a contraction are one word (Flesch, "How to Write Plain English", 1979, chapter 2).
    """
    for run in text.split():
        is_address = "://" in run or run.startswith("www.") or "." in run.partition("@")[2]
        for word in () if is_address else re.split("[/—–…]+", run):
            if any(map(str.isalnum, word)):
                yield word.strip("\"“”‘’'()[].,;:!?")


# What rules of spelling miss, and abbreviations as they are read aloud.
_EXCEPTIONS = {
    word: count
    for count, words in {
        1: "ms real realm drawer aches st",
        2: "argue argues business dr facebook fashion framework headaches issuer likely maybe million millions mr mrs"
        " naked nsaid nsaids oblique reuse safety someone somewhat tired transient tv union unions vs",
        3: "area areas behavior behaviour cm coexist desired element elements entire everyone forever idea ideas kg"
        " linear mg mm nausea nauseous oasis opiate opiates pneumonia really recipe recipes",
        4: "deactivate deactivates diabetes entirely etc e.g ml",
        6: "osteoarthritis",
    }.items()
    for word in words.split()
}
_BEFORE_SILENT_E = "some|where|there|here|fore|home|life|time|type|else|every|base|guide|like|safe|side|wide|pace|make"
_SILENT = (
    re.compile(rf"^(?:{_BEFORE_SILENT_E})(?=[b-df-hj-np-tv-xz]+[aeiouy].)"),
    re.compile(r"(?<=[aeiouy][^aeiouy])e(?=(?:ly|ful|fully|less|ness|ment|ments)$)"),
    re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouysxzcg])(?<![cs]h)es$|(?<=[^aeiouytd])ed$|[gq]ues?$|(?<=ic)ally$"),
)
_SYLLABIC_L = re.compile(r"[bcdfgkpstz]l(?:e|es|ed)$")
_TWO_VOWELS = re.compile(
    r"(?<![ctg])ia(?!ge)|[ct]iat|(?<![ctsgx])(?<!ll)io|[sx]io(?!n|us)|iu|ii|[^g]eo(?!ple)|geo(?!n|us)|(?<![qg])ua"
    r"|(?<![qg])ue[nl]|(?<![qg])uid|(?<!q)uou|[aeoyu]ing|ier(?!ce)|iest$|iet|(?<![tcn])(?<!fr)ien|scien|yer|[aeo]y[aou]"
    r"|(?<=[^aeiou])y[aou]|isms?$|thm|uum|eum|creat|^rea[clp](?!h|s?$)|^coo[pr]"
)


@lru_cache(maxsize=8192)
def syllables(word):
    """How many syllables a word has, at least 1.

    A group of digits counts as one ("20,500" as two), capitals such as FDA as their letters.
    """
    known = _EXCEPTIONS.get(word.lower().rstrip("."))
    if known:
        return known
    found = re.findall(r"[0-9]+|[^\W\d_]+(?:['’][^\W\d_]+)*", word)
    return max(1, sum(map(_syllables, found)) + 2 * word.count("%"))


def _syllables(word):
    if word[0].isdigit():
        return 1
    if re.fullmatch(r"[A-Z]{2,5}s?", word) and word.lower() not in _EXCEPTIONS:
        return sum(3 if letter == "W" else 1 for letter in word.rstrip("s"))
    plain = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    stem, _, ending = plain.partition("'")
    if ending == "t" and stem.endswith("n"):
        stem = stem.removesuffix("n")
        ending = "adds" if stem.endswith(("d", "s", "ve", "st", "gh")) else ""
    elif ending == "s" and stem.endswith(("s", "x", "z", "ch", "sh", "ce", "ge", "se")):
        ending = "adds"
    return (_EXCEPTIONS.get(stem) or _by_spelling(stem)) + (ending == "adds")


def _by_spelling(word):
    count = len(re.findall("[aeiouy]+", word)) + len(_TWO_VOWELS.findall(word))
    if not _SYLLABIC_L.search(word):
        count -= sum(bool(silent.search(word)) for silent in _SILENT)
    return max(1, count)

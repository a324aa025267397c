"""A page as the rules look at it: its blocks, sections, lists, cards and tables, read once."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from education.checks.finding import Note
from education.rendering.links import Reference
from education.rendering.reading import Block, Part, read, read_blocks


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with all that stands below it, down to the next heading of its level; no heading for the text before all."""

    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def title(self):
        """The words of the heading."""
        return self.heading.text if self.heading else ""

    @property
    def text(self):
        """All words of the section."""
        return "\n".join(block.text for block in self.blocks)


class Link(NamedTuple):
    """A link in the body: its target, its words, its line."""

    href: str
    words: str
    line: int


class CheckedPage:
    """A document with what the rules ask about it. `site` is the `Site` it stands on."""

    def __init__(self, document, site):
        self.document = document
        self.site = site
        self.language, self.collection, self.slug = document.identity
        self.blocks = read_blocks(document.body, site.titles.get(self.language))

    @cached_property
    def is_treatment_page(self):
        """Whether patients learn here about having the treatment: a condition, a topic with a warning card, a guide's hub."""
        if self.collection == "topics":
            return self.is_hub or any(card.info in ("emergency", "urgent") for card in self.cards)
        return self.collection == "conditions"

    @property
    def is_hub(self):
        """Whether this is the first page of a guide: a topic with others below it and none above."""
        return self.collection == "topics" and not self.document.get("parent") and bool(self.sub_topics)

    @property
    def sub_topics(self):
        """The published topics below this one, as documents."""
        return self.site.sub_topics.get(self.document.identity, ())

    @cached_property
    def front(self):
        """What a reader sees above the text, as pairs of front matter key and block."""
        kinds = {"title": "heading", "summary": "paragraph", "evidence_summary": "paragraph"}
        shown = ((key, kind, self.document.get(key)) for key, kind in kinds.items())
        return tuple((key, Block(kind, text)) for key, kind, text in shown if text)

    @cached_property
    def keyed_blocks(self):
        """All that a reader sees, in order, as pairs of key (`body` or a front matter key) and block."""
        return (*self.front, *(("body", block) for block in self.blocks))

    @cached_property
    def reading(self):
        """How hard the page is to read, with its title and summary (a `Reading`)."""
        return read([block for _, block in self.keyed_blocks])

    @cached_property
    def body_reading(self):
        """How hard the body is to read."""
        return read(self.blocks)

    @cached_property
    def prose(self):
        """The blocks that hold sentences: paragraphs, list items and cells, with the summary; pairs as in `keyed_blocks`."""
        return tuple((key, block) for key, block in self.keyed_blocks if block.kind in ("paragraph", "item", "cell"))

    @cached_property
    def headings(self):
        """The headings of the body."""
        return tuple(block for block in self.blocks if block.kind == "heading")

    @cached_property
    def sections(self):
        """The body's sections, those within others too."""
        starts = [at for at, block in enumerate(self.blocks) if block.kind == "heading"]
        found, open_sections = [Section(None, self.blocks[: starts[0] if starts else None])], []
        for at in starts:
            heading = self.blocks[at]
            while open_sections and self.blocks[open_sections[-1]].level >= heading.level:
                first = open_sections.pop()
                found.append(Section(self.blocks[first], self.blocks[first + 1 : at]))
            open_sections.append(at)
        found += [Section(self.blocks[first], self.blocks[first + 1 :]) for first in open_sections]
        return tuple(found)

    @cached_property
    def first_section(self):
        """The blocks that stand before the second main heading, or before the first one when there is text above it."""
        starts = [at for at, block in enumerate(self.blocks) if block.kind == "heading" and block.level <= 2]
        if starts and starts[0] == 0:
            starts = starts[1:]
        return self.blocks[: starts[0]] if starts else self.blocks

    def parts(self, *kinds):
        """The parts of these kinds, in order of their first block, with the blocks that each holds: `{Part: [Block]}`."""
        found: dict[Part, list[Block]] = {}
        for block in self.blocks:
            for part in block.parts:
                if part.kind in kinds:
                    found.setdefault(part, []).append(block)
        return found

    @cached_property
    def cards(self):
        """The cards and boxes, each with its blocks."""
        return self.parts("card")

    @cached_property
    def item_blocks(self):
        """The items of lists, each with its blocks."""
        return self.parts("item")

    @cached_property
    def items(self):
        """The items of each list, in order: `{list Part: [item Part]}`."""
        found = {}
        for item, blocks in self.item_blocks.items():
            chain = blocks[0].parts
            above = chain[chain.index(item) - 1]
            found.setdefault(above, []).append(item)
        return found

    @cached_property
    def before(self):
        """The block before each block of the body."""
        return {block: above for above, block in pairwise(self.blocks)}

    @cached_property
    def links_in(self):
        """The links of each block of the body, as `Link`s; only blocks with links."""
        found = ((block, tuple(_links(block))) for block in self.blocks)
        return {block: links for block, links in found if links}

    @cached_property
    def links(self):
        """The links of the body."""
        return tuple(link for links in self.links_in.values() for link in links)

    @cached_property
    def linked_terms(self):
        """The slugs of the glossary words that stand in links to the glossary or to pages about them."""
        found = set()
        for link in self.links:
            reference, _ = Reference.from_href(link.href)
            if reference:
                found |= {slug for slug, *_ in self.site.find_terms(self.language, link.words)}
            if reference and reference.collection == "glossary":
                found.add(reference.slug)
        return found

    @cached_property
    def citations(self):
        """The number of citations in the body."""
        return sum(token.type == "citation" for block in self.blocks for token in block.tokens)

    def note(self, message, block=None, *, key="body", line=0, severity="", words=""):
        """A `Note` at a block (or line) of the body, or at a front matter key; `words` as for `Finding`."""
        if key != "body":
            return Note(message, 0, key, severity, words)
        return Note(message, line or (block.line if block else 0) or 1, key, severity, words)


def _links(block):
    href, words, line, started = "", [], block.line, 0
    for token in block.tokens:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        if token.type == "link_open":
            href, words, started = token.attrGet("href"), [], line
        elif token.type == "link_close":
            yield Link(href, "".join(words), started)
        elif token.type in ("text", "code_inline"):
            words.append(token.content)

"""One page's Markdown: what it refers to, what is wrong with it, and its HTML."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from education.rendering.links import LINK_RULE, SITE_PAGES, Citations, Links, Reference, is_outside_link, is_picture_address
from education.rendering.plain import plain_text
from education.rendering.renderer import PageRenderer, PageState, heading_ids
from education.rendering.sanitise import Marks
from education.rendering.syntax import CARD_KINDS, TITLED_CARDS, card_kind, card_title, is_decoration, make_parser
from education.rendering.terms import Terms

PICTURE_TO_DESCRIBE = "DESCRIBE THIS PICTURE"

# A page's sections are named in a message up to this many.
MOST_LISTED = 20

_CARD_END = re.compile(r"[\s>]*:{3,}\s*")

_markdown = make_parser(PageRenderer)


@dataclass(frozen=True)
class Heading:
    """An entry of a page's contents list: `level` is 2 for the text's main sections."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Problem:
    """Something in a text that an author should mend; `line` counts from 1 within the body."""

    line: int
    message: str


@dataclass(frozen=True)
class Rendered:
    """A body's safe HTML, and its headings."""

    html: SafeString
    outline: tuple[Heading, ...]

    @property
    def text(self):
        """The text without markup, for search."""
        return plain_text(self.html)


class Body:
    """A parsed Markdown text. Parsing never fails: any text is a page."""

    def __init__(self, text):
        self.text = text
        self._tokens = _markdown.parse(text)
        self.outline = self._read_outline()
        self._mark_figures()

    @property
    def references(self):
        """The pages that the text links to, as a set of `Reference`."""
        return {reference for reference, _, _ in self._page_links()}

    @property
    def citations(self):
        """The slugs of the sources that the text cites, in order of first mention."""
        return tuple(dict.fromkeys(source for source, _ in self._citations()))

    @property
    def pictures(self):
        """The addresses of the pictures that the text shows, as a set."""
        addresses = {token.attrGet("src") for token, _ in self._inline("image")}
        return {address for address in addresses if is_picture_address(address)}

    @property
    def words(self):
        """What a reader reads, without markup: a line a heading, paragraph, list entry or cell. Much cheaper than `render`."""
        return "\n".join(filter(None, (_plain_inline(token) for token in self._tokens if token.type == "inline")))

    def render(self, links, citations=None, terms=None, *, heading_level=2, id_prefix=""):
        """The HTML that patients see.

        `links` (`Links`) holds where references lead, `citations` (`Citations`) numbers the sources of the page the
        body stands on. The text's main sections get headings of `heading_level`; `id_prefix` keeps the ids of several
        bodies on one page apart. `terms` (`Terms`) are explained at their first use.
        """
        marks = Marks()
        sections = {heading.id: heading.text for heading in self.outline}
        state = PageState(marks, links, sections, citations or Citations(), terms or Terms(), heading_level, id_prefix)
        html = _markdown.renderer.render(self._tokens, _markdown.options, {"page": state})
        html = marks.fill(html, _render_component)
        return Rendered(html, self.outline)

    def problems(self, links: Links, sections=None):
        """What an author should mend, in order of lines.

        `links` holds what exists; `sections(reference)` gives the ids of another page's headings, or None to not ask.
        """
        found = [*self._link_problems(links, sections), *self._citation_problems(links)]
        found += [*self._card_problems(), *self._picture_problems()]
        return sorted(found, key=lambda problem: problem.line)

    def _inline(self, kind):
        """Every inline token of one type, with its line."""
        for block in self._tokens:
            line = (block.map[0] if block.map else 0) + 1
            for token in block.children or ():
                if token.type in ("softbreak", "hardbreak"):
                    line += 1
                if token.type == kind:
                    yield token, line
                if token.type == "image":
                    line += token.content.count("\n")

    def _page_links(self):
        for token, line in self._inline("link_open"):
            reference, fragment = Reference.from_href(token.attrGet("href"))
            if reference:
                yield reference, fragment, line

    def _citations(self):
        for token, line in self._inline("citation"):
            for source in token.meta["sources"]:
                yield source, line

    def _read_outline(self):
        openings = [at for at, token in enumerate(self._tokens) if token.type == "heading_open"]
        texts = [_plain_inline(self._tokens[at + 1]) for at in openings]
        outline = []
        for at, text, name in zip(openings, texts, heading_ids(texts), strict=True):
            self._tokens[at].meta = {"id": name}
            if text:
                outline.append(Heading(max(2, int(self._tokens[at].tag[1])), text, name))
        return tuple(outline)

    def _mark_figures(self):
        """A picture alone in its paragraph, with a title, is a figure: the paragraph around it goes."""
        for at, token in enumerate(self._tokens):
            pictures = token.children or ()
            if token.type == "inline" and len(pictures) == 1 and pictures[0].type == "image" and pictures[0].attrGet("title"):
                opening, closing = self._tokens[at - 1], self._tokens[at + 1]
                is_shown = is_picture_address(pictures[0].attrGet("src")) and not is_decoration(pictures[0])
                if opening.type == "paragraph_open" and is_shown:
                    opening.hidden = closing.hidden = True
                    pictures[0].meta["figure"] = True

    def _link_problems(self, links, sections):
        ids = {heading.id for heading in self.outline}
        for token, line in self._inline("link_open"):
            href = token.attrGet("href")
            reference, fragment = Reference.from_href(href)
            if reference and reference.collection == "page" and reference.slug not in SITE_PAGES:
                yield Problem(line, f"expected one of {', '.join(SITE_PAGES)} after page:, found {href!r}")
            elif reference and reference not in links.pages:
                yield Problem(line, f"expected a page that exists, found a link to {href!r}")
            elif reference and fragment and sections and (known := sections(reference)) is not None:
                if unquote(fragment) not in known:
                    yield Problem(line, f"expected a section of that page, found {href!r}; it has {_listed(known)}")
            elif href.startswith("#") and unquote(href[1:]) not in ids:
                yield Problem(line, f"expected a section of this page, found {href!r}; it has {_listed(ids)}")
            elif not reference and not href.startswith("#") and not is_outside_link(href):
                yield Problem(line, f"expected a link such as {LINK_RULE}; found {href!r}")

    def _citation_problems(self, links):
        for source, line in self._citations():
            if source not in links.sources:
                yield Problem(line, f"expected a source that exists, found a citation of {source!r}")

    def _card_problems(self):
        lines = re.split(r"\r\n?|\n", self.text)
        ends = set()
        for token in self._tokens:
            if token.type == "container_card_open":
                kind = card_kind(token.info)
                if kind in TITLED_CARDS and not card_title(token.info):
                    yield Problem(token.map[0] + 1, f"expected a heading behind '::: {kind}', such as 'Call 911 now if:'")
                end = token.map[1]
                if end >= len(lines) or not _CARD_END.fullmatch(lines[end]):
                    yield Problem(token.map[0] + 1, f"expected a line ':::' that ends the card '{kind}'")
                elif end in ends:
                    yield Problem(
                        token.map[0] + 1, f"expected a line ':::' before the card '{kind}', or more colons on the card around it"
                    )
                ends.add(end)
            elif token.type == "inline":
                for line, text in enumerate(token.content.split("\n"), start=token.map[0] + 1):
                    if text.lstrip().startswith(":::"):
                        yield Problem(line, f"expected ':::' and one of {', '.join(CARD_KINDS)}; found {text.lstrip()[:40]!r}")

    def _picture_problems(self):
        for token, line in self._inline("image"):
            if not is_picture_address(token.attrGet("src")):
                yield Problem(line, f"expected a picture under /media/ or /static/, found {token.attrGet('src')!r}")
            words = token.content.strip()
            if words in ("", PICTURE_TO_DESCRIBE) and not is_decoration(token):
                yield Problem(
                    line, f'expected words that say what the picture shows (or the title "decoration"), found {words!r}'
                )


def _plain_inline(token):
    return " ".join(_markdown.renderer.renderInlineAsText(token.children, _markdown.options, {}).split())


def _listed(ids):
    if len(ids) > MOST_LISTED:
        return f"{len(ids)} sections"
    return ", ".join(f"#{name}" for name in sorted(ids)) or "no sections"


def _render_component(name, title, body, **parameters):
    return render_to_string(f"components/{name}.html", {"title": title, "body": body, **parameters})

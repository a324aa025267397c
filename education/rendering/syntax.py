"""The Markdown that authors write: CommonMark, tables, definition lists, and what patient pages need besides."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

from education.documents.identity import SLUG_PATTERN

CARD_KINDS = ("emergency", "urgent", "non-urgent", "do", "dont", "important", "info")
TITLED_CARDS = ("emergency", "urgent", "non-urgent")

_CITATION = re.compile(rf"\[@{SLUG_PATTERN}(?:;[ ]?@{SLUG_PATTERN}){{0,20}}\]")
_CAPTION = "Table: "


def make_parser(renderer):
    """A Markdown parser for patient pages; `renderer` is a `RendererHTML` subclass. HTML in the text stays text."""
    md = MarkdownIt("commonmark", {"html": False}, renderer_cls=renderer)
    md.enable("table").use(deflist_plugin)
    md.use(container_plugin, "card", validate=lambda info, markup: card_kind(info) in CARD_KINDS, render=renderer.card)
    md.inline.ruler.before("link", "citation", _citation)
    md.core.ruler.push("table_captions", _table_captions)
    md.core.ruler.push("phone_numbers", _phone_numbers)
    return md


def card_kind(info):
    """The kind of card that a line of `:::` begins: its first word."""
    return info.split(maxsplit=1)[0] if info.strip() else ""


def card_title(info):
    """The rest of the line that begins a card."""
    return info.strip()[len(card_kind(info)) :].strip()


def _citation(state, silent):
    """`[@brady-2014; @boyce-2020]`, Pandoc's citation syntax (pandoc.org/MANUAL.html#citation-syntax)."""
    if not state.src.startswith("[@", state.pos):
        return False
    match = _CITATION.match(state.src, state.pos, min(state.posMax, state.pos + 2000))
    if not match:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"sources": re.findall(rf"@({SLUG_PATTERN})", match[0])}
    state.pos = match.end()
    return True


def _phone_numbers(state):
    """Show `<tel:911>` as 911."""
    for block in state.tokens:
        for link, text in pairwise(block.children or ()):
            if link.type == "link_open" and link.info == "auto" and link.attrGet("href").startswith("tel:"):
                text.content = text.content.removeprefix("tel:")


def _table_captions(state):
    """Move a line `Table: Words` right below a table into the table, as its caption."""
    tokens, result, index = state.tokens, [], 0
    while index < len(tokens):
        token = tokens[index]
        result.append(token)
        if token.type == "table_close":
            index += _take_caption(tokens, index, result)
        index += 1
    state.tokens = result


def _take_caption(tokens, index, result):
    """Add a caption to the table that ends `result`; gives the number of tokens used up behind it."""
    caption, used = None, 0
    if index + 2 < len(tokens) and tokens[index + 1].type == "paragraph_open":
        inline = tokens[index + 2]
        if inline.content.startswith(_CAPTION):
            caption, used = inline, 3
    if caption is None:
        start = max((at for at, token in enumerate(result) if token.type == "tr_open"), default=0)
        cells = [token for token in result[start:] if token.type == "inline"]
        if cells and cells[0].content.startswith(_CAPTION) and not any(cell.content for cell in cells[1:]):
            caption = cells[0]
            end = next(at for at in range(start, len(result)) if result[at].type == "tr_close")
            del result[start : end + 1]
            if result[-2].type == "tbody_open":
                del result[-3:-1]
    if caption is not None:
        _strip_prefix(caption)
        opening = max(at for at, token in enumerate(result) if token.type == "table_open")
        result[opening + 1 : opening + 1] = [
            Token("caption_open", "caption", 1),
            caption,
            Token("caption_close", "caption", -1, block=True),
        ]
    return used


def _strip_prefix(inline):
    inline.content = inline.content[len(_CAPTION) :]
    first = inline.children[0]
    first.content = first.content.removeprefix(_CAPTION)

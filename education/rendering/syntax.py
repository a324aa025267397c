"""The Markdown that authors write: CommonMark, tables, definition lists, and what patient pages need besides."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import table
from markdown_it.rules_inline import image, link
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

from education.documents.identity import SLUG_PATTERN

CARD_KINDS = ("emergency", "urgent", "non-urgent", "do", "dont", "important", "info")
TITLED_CARDS = ("emergency", "urgent", "non-urgent")

_CITATION = re.compile(rf"\[@{SLUG_PATTERN}(?:;[ ]?@{SLUG_PATTERN}){{0,20}}\]")
_CAPTION = "Table: "

# Blocks that hold others.
_HOLDERS = ("blockquote", "list", "deflist", "container_card")

# Limits far above what a page needs, so that no text grows to many times its size or takes seconds to read.
_LINK_DEPTH = 6  # of brackets within brackets
_BLOCK_DEPTH = 16  # of blocks within blocks, where a list is two: less than markdown-it's own 20, past which it drops the text
_MOST_CELLS = 20_000  # of all tables; the missing cells of short rows count
_LONGEST_REFERENCE = 500  # characters of the address and title that each use of a definition repeats


def make_parser(renderer):
    """A Markdown parser for patient pages; `renderer` is a `RendererHTML` subclass. HTML in the text stays text."""
    md = MarkdownIt("commonmark", {"html": False}, renderer_cls=renderer)
    md.enable("table").use(deflist_plugin)
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    md.use(container_plugin, "card", validate=lambda info, markup: card_kind(info) in CARD_KINDS, render=renderer.card)
    for rule in md.block.ruler.__rules__:
        if rule.name in _HOLDERS:
            md.block.ruler.at(rule.name, _shallow(rule.fn), {"alt": rule.alt})
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.at("link", _not_deep(link, "["))
    md.inline.ruler.at("image", _not_deep(image, "!["))
    md.core.ruler.after("normalize", "last_line", _last_line)
    md.core.ruler.after("block", "card_titles", _card_titles)
    md.core.ruler.after("block", "short_references", _short_references)
    md.core.ruler.push("table_captions", _table_captions)
    md.core.ruler.push("phone_numbers", _phone_numbers)
    return md


def card_kind(info):
    """The kind of card that a line of `:::` begins: its first word."""
    return info.split(maxsplit=1)[0] if info.strip() else ""


def card_title(info):
    """The rest of the line that begins a card."""
    return info.strip()[len(card_kind(info)) :].strip()


def _last_line(state):
    """End the last line: where it does not, the container plugin looks for a letter behind the end of the text."""
    if not state.src.endswith("\n"):
        state.src += "\n"


def _table(state, start, end, silent):
    """A table, of as many rows as the text may still have; what is left of it is read as other text."""
    columns = state.src.count("|", state.bMarks[start], state.eMarks[start]) + 1
    cells = state.env.get("cells", 0)
    rows = (_MOST_CELLS - cells) // columns
    found = table(state, start, min(end, start + rows), silent)
    if found and not silent:
        state.env["cells"] = cells + columns * (state.line - start)
    return found


def _short_references(state):
    """Forget the definitions of references that are long."""
    references = state.env.get("references", {})
    for name, definition in list(references.items()):
        if len(definition["href"]) + len(definition["title"]) > _LONGEST_REFERENCE:
            del references[name]


def is_decoration(image):
    """Whether a picture's author says that one misses nothing without it: no words, and the title "decoration"."""
    return not image.content.strip() and (image.attrGet("title") or "").strip().lower() == "decoration"


def _not_deep(rule, opening):
    def limited(state, silent):
        if silent and state.level >= _LINK_DEPTH and state.src.startswith(opening, state.pos):
            # What markdown-it does at its own limit: this far in, nothing is looked for.
            state.pos = state.posMax
            return True
        return rule(state, silent)

    return limited


def _shallow(rule):
    """Deeper than the limit what would begin a block that holds others is text."""

    def limited(state, start, end, silent):
        return state.level <= _BLOCK_DEPTH and rule(state, start, end, silent)

    return limited


def _citation(state, silent):
    """`[@brady-2014; @boyce-2020]`, Pandoc's citation syntax (pandoc.org/MANUAL.html#citation-syntax)."""
    if not state.src.startswith("[@", state.pos):
        return False
    match = _CITATION.match(state.src, state.pos, min(state.posMax, state.pos + 2000))
    if not match:
        return False
    if not silent:
        # The number stands right behind its word, so that it cannot begin a line alone.
        state.pending = state.pending.rstrip(" ")
        token = state.push("citation", "", 0)
        token.meta = {"sources": re.findall(rf"@({SLUG_PATTERN})", match[0])}
    state.pos = match.end()
    return True


def _phone_numbers(state):
    """Show `<tel:911>` as 911."""
    for block in state.tokens:
        for opening, text in pairwise(block.children or ()):
            if opening.type == "link_open" and opening.info == "auto" and opening.attrGet("href").startswith("tel:"):
                text.content = text.content.removeprefix("tel:")


def _card_titles(state):
    """Put the title of each card behind the token that opens the card, to be read as what may stand in a line."""
    if not any(token.type == "container_card_open" for token in state.tokens):
        return
    tokens, state.tokens = state.tokens, []
    for token in tokens:
        state.tokens.append(token)
        if token.type == "container_card_open":
            line = [token.map[0], token.map[0] + 1]
            state.tokens.append(Token("inline", "", 0, content=card_title(token.info), map=line, children=[]))
            state.tokens.append(Token("card_body", "", 0))


def _table_captions(state):
    """Move a line `Table: Words` right below a table into the table, as its caption."""
    tokens, captions, moved = state.tokens, {}, set()
    table = body = row = None
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            table, body = at, None
        elif token.type == "tbody_open":
            body = at
        elif token.type == "tr_open":
            row = at
        elif token.type == "table_close":
            span = _caption_below(tokens, at + 1) or (body and _caption_row(tokens, body, row, at))
            if span:
                captions[table] = next(tokens[index] for index in span if tokens[index].type == "inline")
                moved.update(span)
    if captions:
        state.tokens = list(_with_captions(tokens, captions, moved))


def _caption_below(tokens, start):
    """Where a paragraph with a caption stands, as a range of tokens from `start`; None without one."""
    if start + 2 < len(tokens) and tokens[start].type == "paragraph_open" and tokens[start + 1].content.startswith(_CAPTION):
        return range(start, start + 3)
    return None


def _caption_row(tokens, body, row, end):
    """Where a caption stands that was read as the last row of a table; the whole table body when it is the only row."""
    first, *others = (token.content for token in tokens[row:end] if token.type == "inline")
    if not first.startswith(_CAPTION) or any(others):
        return None
    return range(body, end) if row == body + 1 else range(row, end - 1)


def _with_captions(tokens, captions, moved):
    for at, token in enumerate(tokens):
        if at not in moved:
            yield token
        if at in captions:
            yield Token("caption_open", "caption", 1)
            yield _without_prefix(captions[at])
            yield Token("caption_close", "caption", -1, block=True)


def _without_prefix(inline):
    inline.content = inline.content.removeprefix(_CAPTION)
    first = inline.children[0]
    first.content = first.content.removeprefix(_CAPTION)
    return inline

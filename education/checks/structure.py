"""Rules 14 to 19 and 28: headings, lists, emphasis, tables, pictures, the words of links."""

import re

from education.rendering.body import PICTURE_TO_DESCRIBE
from education.rendering.reading import words_of
from education.rendering.syntax import is_decoration

MOST_TITLE = 65
MOST_ITEMS = 7
MOST_STRESSED = 12
MOST_COLUMNS = 5

_VAGUE = frozenset(
    ["background", "general", "introduction", "miscellaneous", "more", "more information", "other", "overview", "note"]
)
_VAGUE_LINK = re.compile(
    r"(?:(?:click|tap|go|look|see|read|find out more) )?(?:here|this|link|details"
    r"|(?:this|the) (?:link|page|article|site|website|video|leaflet)"
    r"|(?:(?:read|learn|find out|see|get|for) )?(?:more|(?:more|further) (?:info|information|details|reading)))[.!]?",
    re.IGNORECASE,
)
_ALT_FILLER = re.compile(r"(?:an? )?(?:image|picture|photo|graphic|icon) of\b|.*\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)


def heading_levels(page):
    """One top heading of up to 65 characters, and no level skipped (WCAG 1.3.1; NHS service manual)."""
    title = page.document.get("title", "")
    if len(title) > MOST_TITLE:
        yield page.note(f"Shorten the title to {MOST_TITLE} characters; it has {len(title)}.", key="title")
    above = 1
    for heading in page.headings:
        if heading.level == 1:
            yield page.note("Begin a section with ##. The title is already the top heading.", heading)
        elif heading.level > above + 1:
            yield page.note(f"Use {'#' * (above + 1)} here: this heading skips a level.", heading)
        if not heading.text.strip():
            yield page.note("Write words behind the signs of this heading, or take it out.", heading)
        above = max(heading.level, 1)


def heading_words(page):
    """Sentence case, and headings that say the thing (NHS service manual)."""
    for key, block in page.keyed_blocks:
        if block.kind not in ("heading", "card title") or (key == "title" and page.collection in ("glossary", "clinic")):
            continue
        text = " ".join(block.text.split())
        if text.isupper() and " " in text:
            yield page.note(f"Write this in small letters; capitals are hard to read: “{text}”.", block, key=key)
        elif _is_title_case(text):
            yield page.note(f"Use small letters after the first word, but for names: “{text}”.", block, key=key)
        elif text.lower().strip(" .:") in _VAGUE:
            yield page.note(f"Say what the section is about; “{text}” fits any page.", block, key=key)
        elif block.kind == "heading" and text.endswith((".", ":")):
            yield page.note(f"End the heading without a full stop or colon: “{text}”.", block, key=key)


def _is_title_case(text):
    later = [word for word in words_of(text) if len(word) > 3 and word[0].isalpha()][1:]
    capitals = sum(word[0].isupper() for word in later)
    shouted = text.isupper() and len(text) > 12
    return shouted or (capitals > 1 and 2 * capitals > len(later))


def list_length(page):
    """Lists of up to 7 items (CDC Clear Communication Index)."""
    for part, items in page.items.items():
        if len(items) > MOST_ITEMS:
            yield page.note(
                f"Split this list: it has {len(items)} items, readers keep up to {MOST_ITEMS} in mind.", line=part.line
            )


def emphasis(page):
    """No long runs of bold or italic (NHS service manual)."""
    for block in page.blocks:
        depth, words, stressed = 0, [], []
        for token in block.tokens:
            if token.type in ("strong_open", "em_open"):
                depth += 1
            elif token.type in ("strong_close", "em_close"):
                depth -= 1
            elif depth:
                words.append(token.content)
            elif token.content.strip():
                stressed, words = [*stressed, words], []
        counts = [sum(1 for _ in words_of(" ".join(run))) for run in [*stressed, words]]
        if max(counts) > MOST_STRESSED:
            yield page.note(f"Keep bold and italic to a few words; here are {max(counts)}.", block)


def tables(page):
    """Simple tables, with a header for each column and a caption (WCAG 1.3.1)."""
    for table, blocks in page.parts("table").items():
        headers = [block for block in blocks if block.kind == "header"]
        if not any(block.kind == "caption" and block.text.strip() for block in blocks):
            yield page.note("Say what the table shows, in a line right below it: 'Table: Words'.", line=table.line)
        if not all(block.text.strip() for block in headers):
            yield page.note("Give every column of the table a heading in its first row.", line=table.line)
        if len(headers) > MOST_COLUMNS:
            yield page.note(f"Keep the table simple: it has {len(headers)} columns, use up to {MOST_COLUMNS}.", line=table.line)


def pictures(page):
    """Every picture says in words what it shows, and has a caption (PEMAT 15-17; WCAG 1.1.1)."""
    for block in page.blocks:
        if re.search(r"<img\b", block.text, re.IGNORECASE):
            yield page.note('Write a picture as ![what it shows](/media/… "Caption"); HTML is shown as it is typed.', block)
        for token in block.tokens:
            if token.type != "image" or is_decoration(token):
                continue
            alt = token.content.strip()
            if alt in ("", PICTURE_TO_DESCRIBE) or _ALT_FILLER.match(alt):
                yield page.note("Say in the square brackets what the picture shows, for people who cannot see it.", block)
            if not token.attrGet("title") or len(block.tokens) > 1:
                message = 'Give the picture a caption: a line of its own, ![what it shows](/media/… "Caption").'
                yield page.note(message, block)


def link_words(page):
    """Links mean something out of context (WCAG 2.4.4, 2.4.9)."""
    for link in page.links:
        if _VAGUE_LINK.fullmatch(link.words.strip()) or re.match(r"https?://|www\.", link.words):
            yield page.note(f"Let the link say where it leads: “{link.words[:60]}”.", line=link.line, words=link.words)

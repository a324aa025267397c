"""What characters a text may hold."""

import re
import unicodedata

# Unicode's Bidi_Control property: they reorder what a reader sees, so that text can say other than it shows.
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Private use and noncharacters carry no meaning between two programs; the renderer uses some as its own marks.
_FORBIDDEN = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{BIDI_CONTROLS}\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff\ue000-\uf8ff\ud800-\udfff]"
)


def forbidden_character(text):
    """The first character of `text` that no page may hold, as (offset, description), or None."""
    match = _FORBIDDEN.search(text)
    if not match:
        return None
    character = match[0]
    if re.match(f"[{BIDI_CONTROLS}]", character):
        kind = "bidirectional control character"
    else:
        kind = "NUL character" if character == "\0" else "control or private character"
    return match.start(), f"{kind} U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def shown(text):
    """A short, safe way to show what was found in a message."""
    return repr(text if len(text) <= 60 else text[:60] + "…")

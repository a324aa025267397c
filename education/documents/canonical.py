"""The canonical text of a document: the one way to write it, byte for byte."""

import hashlib
import re
import unicodedata
from datetime import date

from education.documents.registry import COLLECTIONS

# Text that YAML reads back as itself without quotes: it starts with a letter or digit, and holds neither a mark that
# YAML would read as syntax (": ", " #", a final ":") nor a character that must be escaped.
_PLAIN = re.compile(r"[^\W_](?:[^:#\\\"]|:(?=[^\s])|(?<=[^\s])#)*")


def serialize(document):
    """The canonical text: front matter in the schema's order, then a blank line and the body, one final line break."""
    lines = ["---"]
    for field in COLLECTIONS[document.identity.collection].fields:
        value = document.get(field.name)
        if value is None:
            continue
        if isinstance(value, tuple):
            lines.append(f"{field.name}:")
            lines.extend(f"  - {_scalar(item)}" for item in value)
        else:
            lines.append(f"{field.name}: {_scalar(value)}")
    lines.append("---")
    if document.body:
        lines += ["", document.body]
    return "\n".join(lines) + "\n"


def digest(data):
    """The SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal: equal texts and only they have equal digests."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def clean_body(text):
    """A body as documents hold it: line breaks are `\\n`, no blank lines before it, nothing but its text after it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()


def _scalar(value):
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if _PLAIN.fullmatch(text) and (text.isprintable() or all(map(_is_shown, text))):
        return text
    escaped = "".join(_escaped(character) for character in text)
    return f'"{escaped}"'


def _is_shown(character):
    """Whether a character is written as itself: not what nobody sees, but a sign that only a newer Python knows is."""
    return character.isprintable() or unicodedata.category(character) == "Cn"


def _escaped(character):
    if character in '"\\':
        return "\\" + character
    if _is_shown(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

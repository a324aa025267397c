"""A file's bytes → a document, or every mistake in it with its line."""

import codecs
import re
from dataclasses import dataclass, field

from education.documents.canonical import clean_body
from education.documents.document import Document
from education.documents.errors import ContentError, ContentErrors
from education.documents.fields import FieldError
from education.documents.front_matter import read_front_matter, shown_key
from education.documents.identity import SLUG_RULE, is_slug
from education.documents.registry import BODY_MAX_BYTES, COLLECTIONS, FRONT_MATTER_MAX_BYTES
from education.documents.text import forbidden_character

FILE_MAX_BYTES = BODY_MAX_BYTES + FRONT_MATTER_MAX_BYTES


@dataclass(frozen=True)
class ParsedFile:
    """A document with where its parts stand in its file, for later messages about it.

    `lines` maps a key, or a key and an entry's index (`("sources", 1)`), to its line; `body_line` is the body's first.
    """

    path: str
    document: Document
    lines: dict = field(default_factory=dict)
    body_line: int = 1


def parse(data, identity, path):
    """Read one file.

    `data` is the file's bytes, `identity` the page it is the text of, `path` how messages name it.
    Gives a `ParsedFile`; raises `ContentErrors` with all that is wrong.
    """
    if len(data) > FILE_MAX_BYTES:
        raise ContentErrors([ContentError(path, 1, "file", f"expected at most {FILE_MAX_BYTES:,} bytes, found {len(data):,}")])
    return _Parser(identity, path).parse(_decode(data, path))


def parse_text(text, identity, *, complete=True):
    """The document of a text that `serialize` or an editor wrote. Raises `ContentErrors`.

    Unless `complete`, what must be there may be missing: the base of a merge can lack what only one side has.
    """
    path = str(identity)
    data = text.encode(errors="surrogatepass")
    return _Parser(identity, path, complete=complete).parse(_decode(data, path)).document


def _decode(data, path):
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"expected text in UTF-8, found byte 0x{data[error.start]:02x}; save the file as UTF-8"
        raise ContentErrors([ContentError(path, line, "file", message)]) from error
    if found := forbidden_character(text):
        line = text.count("\n", 0, found[0]) + 1
        raise ContentErrors([ContentError(path, line, "file", f"expected plain text, found a {found[1]}")])
    return text


class _Parser:
    def __init__(self, identity, path, *, complete=True):
        self.identity = identity
        self.complete = complete
        self.collection = COLLECTIONS[identity.collection]
        self.path = path
        self.errors = []

    def error(self, line, key, message):
        self.errors.append(ContentError(self.path, line, key, message))

    def parse(self, text):
        if not is_slug(self.identity.slug):
            self.error(1, "slug", f"expected {SLUG_RULE}")
        match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
        if not match:
            what = "a closing line of ---" if re.match(r"---[ \t]*\n", text) else "the first line to be ---"
            self.error(1, "front matter", f"expected {what}")
            raise ContentErrors(self.errors)
        if len(match[1].encode()) > FRONT_MATTER_MAX_BYTES:
            self.error(1, "front matter", f"expected at most {FRONT_MATTER_MAX_BYTES:,} bytes")
            raise ContentErrors(self.errors)
        entries, errors, whole = read_front_matter(match[1])
        for error in errors:
            self.error(error.line + 1, error.key, str(error))
        fields, lines = self.read_fields(entries)
        if whole and self.complete:
            self.check_required(entries, fields)
        body = clean_body(text[match.end() :])
        body_line = text.count("\n", 0, text.find(body, match.end())) + 1
        self.check_body(body, body_line)
        if self.errors:
            raise ContentErrors(self.errors)
        return ParsedFile(self.path, Document(self.identity, fields, body), lines, body_line)

    def check_body(self, body, line):
        if not body and self.complete and self.collection.body_required:
            self.error(line, "body", "expected text below the front matter")
        size = len(body.encode())
        if size > BODY_MAX_BYTES:
            self.error(line, "body", f"expected at most {BODY_MAX_BYTES:,} bytes of text, found {size:,}")

    def read_fields(self, entries):
        values, lines = {}, {}
        for key, entry in entries.items():
            lines[key] = entry.line + 1
            lines.update({(key, index): line + 1 for index, line in enumerate(entry.item_lines)})
            schema = self.collection.by_name.get(key)
            if schema is None:
                known = ", ".join(self.collection.by_name)
                self.error(lines[key], shown_key(key), f"expected one of the keys of {self.collection.name}: {known}")
                continue
            try:
                values[key] = schema.parse(entry.value)
            except* FieldError as group:
                for error in group.exceptions:
                    self.error(lines.get((key, error.item), lines[key]), key, str(error))
        return {key: values[key] for key in self.collection.by_name if values.get(key) is not None}, lines

    def check_required(self, entries, fields):
        wrong = {error.key for error in self.errors}
        for schema in self.collection.fields:
            if schema.required and schema.name not in fields and schema.name not in wrong:
                line = entries[schema.name].line + 1 if schema.name in entries else 1
                self.error(line, schema.name, "expected a value; this key must be there")
        needed = self.collection.needs_one_of
        if needed and not any(key in fields or key in wrong for key in needed):
            self.error(1, needed[0], f"expected a value for one of {', '.join(needed)}")

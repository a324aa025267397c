"""The kinds of value that front matter can hold: each reads what was typed and says what it expected.

`parse` takes the raw text (or list of texts) of one key and gives the typed value; an empty value is `None`.
It raises `FieldError`, whose `item` tells which entry of a list is wrong.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from education.documents.identity import SLUG_RULE, is_slug
from education.documents.text import forbidden_character


class FieldError(ValueError):
    """What was expected; `item` is the index of the entry of a list, if it is about one."""

    def __init__(self, message, item=None):
        super().__init__(message)
        self.item = item


@dataclass(frozen=True)
class Field:
    """One line of text. `max_length` counts characters."""

    name: str
    required: bool = False
    max_length: int = 200
    default: str | None = None

    def parse(self, raw):
        if not isinstance(raw, str):
            raise FieldError("expected one value, found a list")
        text = raw.strip()
        if "\n" in text or "\r" in text:
            raise FieldError("expected text on one line")
        if found := forbidden_character(text):
            raise FieldError(f"expected plain text, found a {found[1]}")
        if len(text) > self.max_length:
            raise FieldError(f"expected at most {self.max_length} characters, found {len(text)}")
        value = self.convert(text) if text else None
        return None if value == self.default else value

    def convert(self, text):
        """The value that a text without surrounding space stands for."""
        return text


class Text(Field):
    """One line of text."""


@dataclass(frozen=True)
class Choice(Field):
    """One of a few words."""

    options: tuple[str, ...] = ()

    def convert(self, text):
        if text not in self.options:
            raise FieldError(f"expected one of {', '.join(self.options)}; found {shown(text)}")
        return text


@dataclass(frozen=True)
class Integer(Field):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 9999

    def convert(self, text):
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise FieldError(f"expected a whole number from {self.least} to {self.most}, found {shown(text)}")
        return int(text)


class Date(Field):
    """A calendar day, `2027-05-03`."""

    def convert(self, text):
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise FieldError(f"expected a date such as 2027-05-03, found {shown(text)}")


class Url(Field):
    """A web address with http or https."""

    def convert(self, text):
        try:
            parts = urlsplit(text)
            valid = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"\\^`{|}]", text)
        except ValueError:
            valid = False
        if not valid:
            raise FieldError(f"expected an address that starts with https://, found {shown(text)}")
        return text


class Doi(Field):
    """A digital object identifier, `10.1179/2042618613Y.0000000044` (syntax: doi.org handbook, 2.2)."""

    def convert(self, text):
        if not re.fullmatch(r"10\.[0-9]{4,9}/[^\s<>\"\\]+", text):
            raise FieldError(f"expected a DOI such as 10.1179/2042618613Y.0000000044, found {shown(text)}")
        return text


class Email(Field):
    """An e-mail address."""

    def convert(self, text):
        if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", text):
            raise FieldError(f"expected an e-mail address, found {shown(text)}")
        return text


class Slug(Field):
    """A page's short name, as in its address."""

    def convert(self, text):
        if not is_slug(text):
            raise FieldError(f"expected {SLUG_RULE}; found {shown(text)}")
        return text


@dataclass(frozen=True)
class Reference(Slug):
    """The slug of a page in another collection (of the same language)."""

    collection: str = ""


@dataclass(frozen=True)
class ListOf:
    """A list of values of one kind, each at most once; at most `max_items` of them."""

    item: Field
    max_items: int = 50
    required: bool = False
    default = None

    @property
    def name(self):
        return self.item.name

    def parse(self, raw):
        if isinstance(raw, str):
            if raw.strip():
                raise FieldError(f"expected a list, each entry on its own line after '- '; found {shown(raw)}")
            return None
        values = []
        for index, text in enumerate(raw):
            try:
                value = self.item.parse(text)
            except FieldError as error:
                raise FieldError(str(error), item=index) from error
            if value is None:
                raise FieldError("expected a value after '- '", item=index)
            if value in values:
                raise FieldError(f"expected each value once, found {shown(text)} again", item=index)
            values.append(value)
        if len(values) > self.max_items:
            raise FieldError(f"expected at most {self.max_items} entries, found {len(values)}")
        return tuple(values) or None


def shown(text):
    """A short, safe way to show what was found in a message."""
    return repr(text if len(text) <= 60 else text[:60] + "…")

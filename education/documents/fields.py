"""The kinds of value that front matter can hold: each reads what was typed and says what it expected.

`parse` takes the raw text (or list of texts) of one key and gives the typed value; an empty value is `None`.
It raises `FieldError`, or an ExceptionGroup of them with one for each wrong entry of a list.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from education.documents.identity import SLUG_RULE, is_slug
from education.documents.text import forbidden_character, shown


class FieldError(ValueError):
    """What was expected; `item` is the index of the entry of a list, if it is about one."""

    item = None


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
    """A web address with http or https, that the database's column takes too."""

    def convert(self, text):
        if re.search(r"[\s<>\"\\^`{|}]", text) or not _accepts(URLValidator(schemes=["http", "https"]), text):
            raise FieldError(f"expected an address that starts with https://, found {shown(text)}")
        return text


class Doi(Field):
    """A digital object identifier, `10.1179/2042618613Y.0000000044` (syntax: doi.org handbook, 2.2)."""

    def convert(self, text):
        if not re.fullmatch(r"10\.[0-9]{4,9}/[^\s<>\"\\]+", text):
            raise FieldError(f"expected a DOI such as 10.1179/2042618613Y.0000000044, found {shown(text)}")
        return text


class Digest(Field):
    """A SHA-256 in hexadecimal, as this site writes it."""

    def convert(self, text):
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise FieldError(f"expected 64 digits 0-9 and a-f, as the site wrote them, or nothing; found {shown(text)}")
        return text


class Email(Field):
    """An e-mail address, that the database's column takes too."""

    def convert(self, text):
        if not _accepts(EmailValidator(), text):
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
class PageName(Field):
    """A page of one of several collections (and of the same language), `topics/after-your-visit`."""

    collections: tuple[str, ...] = ()

    def convert(self, text):
        collection, _, slug = text.partition("/")
        if collection not in self.collections or not is_slug(slug):
            known = ", ".join(self.collections)
            raise FieldError(f"expected a page such as topics/after-your-visit, of {known}; found {shown(text)}")
        return text


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
        if len(raw) > self.max_items:
            raise FieldError(f"expected at most {self.max_items} entries, found {len(raw)}")
        values, errors = [], []
        for index, text in enumerate(raw):
            try:
                values.append(self._parse_item(text, values))
            except FieldError as error:
                error.item = index
                errors.append(error)
        if errors:
            raise ExceptionGroup("entries of a list", errors)
        return tuple(values) or None

    def _parse_item(self, text, values):
        value = self.item.parse(text)
        if value is None:
            raise FieldError("expected a value after '- '")
        if value in values:
            raise FieldError(f"expected each value once, found {shown(text)} again")
        return value


def _accepts(validator, text):
    try:
        validator(text)
    except ValidationError:
        return False
    return True

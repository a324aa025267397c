"""What a text may link to, and how links and citations are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from education.documents.identity import SLUG_PATTERN
from education.documents.registry import COLLECTIONS

SITE_PAGES = ("home", "topics", "conditions", "faqs", "glossary", "packets")

_SCHEMES = {collection.link_scheme: name for name, collection in COLLECTIONS.items() if collection.link_scheme}
_PAGE_LINK = re.compile(rf"(?P<scheme>{'|'.join(_SCHEMES)}|page):(?P<slug>{SLUG_PATTERN})(?:#(?P<fragment>[^\s#]+))?")
_OUTSIDE = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s]+@|tel:[+0-9])")
# Browsers read a backslash as a slash, and leave out tabs and ends of lines.
_OWN_ADDRESS = re.compile(r"/(?!/)[^\\\x00-\x20]*")
_PICTURE = re.compile(r"/(?:media|static)/(?!/)[^\\\x00-\x20]*")

LINK_RULE = (
    f"{', '.join(f'{scheme}:name' for scheme in _SCHEMES)}, page:{'|'.join(SITE_PAGES)}, #section, https://…, mailto:… or tel:…"
)


class Reference(NamedTuple):
    """What a link names: a page of a collection, or with the collection `page` one of the site's own pages."""

    collection: str
    slug: str

    @classmethod
    def from_href(cls, href):
        """The page that a link target such as `topic:dry-needling#risks` names and its section: `(Reference, str)`.

        `(None, "")` when it names no page.
        """
        match = _PAGE_LINK.fullmatch(href)
        if not match:
            return None, ""
        return cls(_SCHEMES.get(match["scheme"], "page"), match["slug"]), match["fragment"] or ""


@dataclass(frozen=True)
class LinkedPage:
    """Where a reference leads: its address on this site and its title.

    `sections` stands before a section's name in that section's address; without it that is the page's address and `#`.
    """

    url: str
    title: str
    sections: str = ""

    def at(self, section):
        """The address of one of its sections; its own for no section, and where it is a place on a page (a glossary term)."""
        if not section or ("#" in self.url and not self.sections):
            return self.url
        return (self.sections or f"{self.url}#") + section


@dataclass(frozen=True)
class SizedPicture:
    """A picture's size in pixels; `srcset` names narrower files of it in WebP, as HTML's `srcset` does, and may be empty."""

    width: int
    height: int
    srcset: str = ""


@dataclass(frozen=True)
class Links:
    """The pages and sources that a text may refer to; what is missing here is shown as plain text.

    `pictures` are the sizes of those that are known, by their address.
    """

    pages: Mapping[Reference, LinkedPage] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    pictures: Mapping[str, SizedPicture] = field(default_factory=dict)


class Citations:
    """Numbers the sources of one page by their first citation, over all bodies that stand on it."""

    def __init__(self):
        self.uses = {}
        self._numbers = {}

    def cite(self, source):
        """Count one more citation of `source` (a slug); gives its number and which of its citations this is, from 1."""
        uses = self.uses.setdefault(source, [])
        number = self._numbers.setdefault(source, len(self.uses))
        uses.append(f"_cite-{number}-{len(uses) + 1}")
        return number, len(uses)


def is_outside_link(href):
    """Whether `href` is a link to another site, a mail address or a phone number."""
    return _OUTSIDE.match(href) is not None


def is_picture_address(src):
    """Whether `src` is a picture of this site: under /media/ or /static/."""
    return _PICTURE.fullmatch(src) is not None and ".." not in unquote(src)


def is_safe_href(href):
    """Whether a link in finished HTML may keep its target: this site, a section, or an outside link."""
    return is_outside_link(href) or href.startswith("#") or _OWN_ADDRESS.fullmatch(href) is not None

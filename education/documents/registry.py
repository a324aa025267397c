"""Every collection of the site, declared once: its name, its schema, the scheme of links to it."""

from dataclasses import dataclass
from functools import cached_property

from education.documents.fields import (
    Choice,
    Date,
    Digest,
    Doi,
    Email,
    Field,
    Integer,
    ListOf,
    PageName,
    Reference,
    Slug,
    Text,
    Url,
)

STATUSES = ("draft", "published")
EVIDENCE_LEVELS = ("good", "some", "limited", "very limited", "not shown")

# What patients read page by page: a packet may hold these.
READING = ("topics", "conditions", "faqs")
PACKET_MAX_PAGES = 30

BODY_MAX_BYTES = 100 * 1024
FRONT_MATTER_MAX_BYTES = 64 * 1024


def common_fields(*, summary_required=True):
    """The front matter that every page has, in canonical order."""
    return (
        Text("title", required=True, max_length=150),
        Text("summary", required=summary_required, max_length=300),
        Choice("status", options=STATUSES, default="draft"),
        Date("publish_on"),
        ListOf(Slug("aliases")),
        ListOf(Text("search_words", max_length=80), max_items=200),
        ListOf(Reference("sources", collection="sources"), max_items=150),
        Date("reviewed_on"),
        Text("reviewed_by", max_length=150),
        Digest("reviewed_text"),
        Date("review_due"),
        ListOf(Text("review_notes", max_length=500), max_items=20),
    )


@dataclass(frozen=True)
class Collection:
    """A kind of page. `link_scheme` is the word that starts a link to it (`topic` in `topic:dry-needling`).

    A `singleton` has exactly one page, whose slug is the collection's name and whose file stands at the top of the
    content folder. `needs_one_of` names keys of which at least one must be set.
    """

    name: str
    fields: tuple[Field | ListOf, ...]
    link_scheme: str = ""
    body_required: bool = False
    singleton: bool = False
    needs_one_of: tuple[str, ...] = ()

    @cached_property
    def by_name(self):
        """The fields by their key."""
        return {field.name: field for field in self.fields}

    @cached_property
    def page_names(self):
        """The keys that list pages of several collections."""
        return tuple(field.name for field in self.fields if isinstance(field, ListOf) and isinstance(field.item, PageName))

    @cached_property
    def references(self):
        """The keys that name other pages, each with the collection it points into."""
        found = {}
        for field in self.fields:
            item = field.item if isinstance(field, ListOf) else field
            if isinstance(item, Reference):
                found[field.name] = item.collection
        return found


_CONDITIONS = ListOf(Reference("conditions", collection="conditions"))
_POSITION = Integer("position", default=0)

COLLECTIONS = {
    collection.name: collection
    for collection in (
        Collection(
            "topics",
            (*common_fields(), Reference("parent", collection="topics"), _POSITION, _CONDITIONS),
            link_scheme="topic",
            body_required=True,
        ),
        Collection(
            "conditions",
            (
                *common_fields(),
                ListOf(Text("also_known_as", max_length=100)),
                Choice("evidence", required=True, options=EVIDENCE_LEVELS),
                Text("evidence_summary", required=True, max_length=300),
            ),
            link_scheme="condition",
            body_required=True,
        ),
        Collection(
            "faqs",
            (*common_fields(), Reference("topic", required=True, collection="topics"), _CONDITIONS, _POSITION),
            link_scheme="faq",
            body_required=True,
        ),
        Collection("glossary", (*common_fields(), ListOf(Text("forms", max_length=100))), link_scheme="term"),
        Collection(
            "sources",
            (
                *common_fields(summary_required=False),
                Text("authors", max_length=300),
                Text("publisher", max_length=200),
                Integer("year", least=1800, most=2999),
                Url("url", max_length=500),
                Doi("doi", max_length=200),
                Date("checked_on"),
            ),
            needs_one_of=("url", "doi"),
        ),
        Collection(
            "packets",
            (*common_fields(), ListOf(PageName("pages", collections=READING), max_items=PACKET_MAX_PAGES, required=True)),
            link_scheme="packet",
        ),
        Collection(
            "clinic",
            (
                *common_fields(),
                Text("phone", max_length=40),
                Email("email", max_length=200),
                ListOf(Text("address", max_length=100), max_items=6),
                ListOf(PageName("shortcuts", collections=READING), max_items=3),
            ),
            singleton=True,
        ),
    )
}

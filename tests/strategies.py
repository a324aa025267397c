"""What hypothesis draws: every document that the schemas allow, and whole sets of pages that fit together."""

import os
import string
from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from education.documents import COLLECTIONS, Document, Identity
from education.documents.canonical import clean_body
from education.documents.fields import Choice, Date, Digest, Doi, Email, Integer, ListOf, PageName, Reference, Slug, Url

MORE = int(os.environ.get("FUZZ", "1"))


def examples(count):
    """Hypothesis settings for `count` examples; the environment variable FUZZ multiplies them."""
    fixtures = HealthCheck.function_scoped_fixture  # those that are used hold nothing that an example could leave behind
    return settings(
        max_examples=count * MORE,
        deadline=None,
        database=None,
        suppress_health_check=[fixtures, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# What a text may hold: no control, private or bidirectional characters, no noncharacters (see education.documents.text).
letters = st.characters(
    exclude_categories=["Cs", "Co", "Cc", "Zl", "Zp"],
    exclude_characters="\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
    + "".join(map(chr, range(0xFDD0, 0xFDF0))),
)
YAML_TRAPS = (
    *(
        ": ",
        ":",
        " #",
        "#",
        "---",
        "...",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a",
        "*a",
        "!t",
        "!!str",
        "|",
        ">",
        "%",
        "@",
        "`",
    ),
    *(
        "'",
        '"',
        "\\",
        "\\n",
        "\t",
        "\u00a0",
        "\u00ad",
        "\u3000",
        "null",
        "~",
        "NO",
        "yes",
        "12:30",
        "1.10",
        "0x1F",
        "2027-05-03",
        "<<",
    ),
    *("é", "e\u0301", "漢字", "👩\u200d⚕️", "\U0001f9b4", "\U00020000", "\u0378", "\u200b", "word", "Dry needling", " "),
)
one_line = st.lists(st.sampled_from(YAML_TRAPS) | st.text(letters, max_size=8), min_size=1, max_size=6).map("".join)

slugs = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
PATTERNS = {
    Email: r"[a-z]{1,5}([.+-][a-z]{1,5}){0,2}@[a-z]{1,9}\.(org|example)",
    Digest: r"[0-9a-f]{64}",
}
dates = st.dates(min_value=date(1, 1, 1))


def texts(max_length):
    """One line of text of at most `max_length` characters, without surrounding space."""
    return one_line.map(lambda text: text.strip()[:max_length].strip()).filter(bool)


def values(field):
    """The values that a front matter key can hold, other than its default."""
    if isinstance(field, ListOf):
        drawn = st.lists(values(field.item), min_size=1, max_size=min(4, field.max_items), unique=True).map(tuple)
    elif isinstance(field, (Slug, Reference)):
        drawn = slugs
    elif isinstance(field, PageName):
        drawn = st.tuples(st.sampled_from(field.collections), slugs).map("/".join)
    elif isinstance(field, Choice):
        drawn = st.sampled_from(field.options)
    elif isinstance(field, Integer):
        drawn = st.integers(field.least, field.most)
    elif isinstance(field, Date):
        drawn = dates
    elif isinstance(field, Url):
        drawn = st.from_regex(r"https?://[a-z]{1,9}\.(org|example)(:80)?(/[a-z#?&=%~:é-]{0,9}){0,3}", fullmatch=True)
    elif isinstance(field, Doi):
        drawn = st.from_regex(r"10\.[0-9]{4,9}/[a-zA-Z0-9.():;#/-]{1,20}", fullmatch=True)
    elif isinstance(field, (Email, Digest)):
        drawn = st.from_regex(PATTERNS[type(field)], fullmatch=True)
    else:
        drawn = texts(field.max_length)
    return drawn.filter(lambda value: value != field.default)


SENTENCES = st.text(letters.filter(lambda sign: sign not in "[]!<>:`\\"), min_size=1, max_size=30)
BLOCKS = (
    "Plain words.\nOver two lines.",
    "  odd spaces   and a break  \nhere\tand a tab",
    "---",
    "***",
    "## A heading\n\n### Part: one # two",
    "## A heading",
    "::: info\nSomething.\n:::",
    "::: emergency Call 911 now if:\n- you have chest pain\n- you find it hard to breathe\n:::",
    "::: dont\n- Do not run.\n:::",
    "| a | b |\n|---|---|\n| 1 | 2 |\nTable: Words",
    "Term\n: Meaning",
    "```\n---\nkey: [value\n```",
    "- one\n- two\n\n\n\n1. three",
    "> quoted",
    "<script>alert(1)</script>",
    "Call <tel:911> or read [NHS](https://www.nhs.uk/) and [home](page:home).",
    "Setext\n---",
    "key: value",
)


def bodies(links=(), *, needed=False):
    """Markdown texts in canonical form that an import accepts; `links` are lines that only some sets of pages can hold."""
    blocks = st.sampled_from([*BLOCKS, *links]) | SENTENCES
    drawn = st.tuples(st.sampled_from(["\n\n", "\n\n\n", "\n \n\n"]), st.lists(blocks, min_size=int(needed), max_size=5))
    drawn = drawn.map(lambda parts: clean_body(parts[0].join(parts[1])))
    return drawn.filter(bool) if needed else drawn


@st.composite
def documents(draw, collection=None, identity=None, *, also=None, links=()):
    """A valid document. `also` maps keys to strategies that replace the schema's; None leaves a key out."""
    if identity is None:
        name = collection or draw(st.sampled_from(list(COLLECTIONS)))
        identity = Identity("en", name, name if COLLECTIONS[name].singleton else draw(slugs))
    schema, also, fields = COLLECTIONS[identity.collection], also or {}, {}
    for field in schema.fields:
        drawn = also.get(field.name, values(field))
        needed = field.required or field.name in schema.needs_one_of[:1]
        if drawn is not None and (needed or draw(st.booleans())):
            fields[field.name] = draw(drawn)
    body = draw(bodies(links, needed=schema.body_required))
    return Document(identity, {key: value for key, value in fields.items() if value not in (None, ())}, body)


@dataclass(frozen=True)
class Names:
    """The pages of a set by collection, and old names that lead to some of them."""

    pages: dict[str, list[str]]
    aliases: dict[Identity, tuple[str, ...]]


@st.composite
def names_of_sets(draw):
    """Which pages a set has, and under what old names."""
    drawn = draw(st.lists(slugs, min_size=10, max_size=24, unique=True))
    collections = [name for name in COLLECTIONS if not COLLECTIONS[name].singleton]
    pages, aliases = {name: [] for name in collections}, {}
    for at, slug in enumerate(drawn[: len(drawn) * 3 // 4]):
        collection = collections[at % len(collections)]
        pages[collection].append(slug)
    for slug in drawn[len(drawn) * 3 // 4 :]:
        collection = draw(st.sampled_from(collections))
        owner = Identity("en", collection, draw(st.sampled_from(pages[collection])))
        aliases[owner] = (*aliases.get(owner, ()), slug)
    return Names(pages, aliases)


@st.composite
def content_sets(draw):
    """Documents that fit together: what they name exists, no topic stands below itself, old names are unique."""
    names = draw(names_of_sets())
    links = [f"[a]({scheme}:{slug})" for scheme, slug in _link_targets(names)]
    links += [f"Shown [@{slug}]." for slug in names.pages["sources"]]
    found = [draw(documents("clinic", also=_references(names, "clinic", ()) | {"aliases": None}, links=links))]
    for collection, pages in names.pages.items():
        for at, slug in enumerate(pages):
            identity = Identity("en", collection, slug)
            also = _references(names, collection, names.pages["topics"][:at])
            also["aliases"] = st.just(names.aliases[identity]) if identity in names.aliases else None
            found.append(draw(documents(identity=identity, also=also, links=links)))
    return _with_all_aliases(found, names)


def _with_all_aliases(found, names):
    """Texts may name a page by an old name, which must not be left out by chance."""
    return [document.changed(aliases=names.aliases.get(document.identity, ())) for document in found]


def _link_targets(names):
    for collection, pages in names.pages.items():
        if COLLECTIONS[collection].link_scheme:
            old = [alias for owner, aliases in names.aliases.items() if owner.collection == collection for alias in aliases]
            yield from ((COLLECTIONS[collection].link_scheme, slug) for slug in [*pages, *old])


def _references(names, collection, above):
    """Strategies for the keys that name other pages; `above` are the topics that may be a topic's parent."""
    also = {}
    for key, target in COLLECTIONS[collection].references.items():
        known = above if key == "parent" else names.pages[target]
        if not known:
            also[key] = None
        elif isinstance(COLLECTIONS[collection].by_name[key], ListOf):
            also[key] = st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True).map(tuple)
        else:
            also[key] = st.sampled_from(known)
    for key in COLLECTIONS[collection].page_names:
        readable = COLLECTIONS[collection].by_name[key].item.collections
        known = [f"{name}/{slug}" for name in readable for slug in names.pages[name]]
        also[key] = st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True).map(tuple)
    return also


def front_matter_lines(max_size=6):
    """Text that looks like front matter, right and wrong."""
    keys = st.sampled_from([*COLLECTIONS["topics"].by_name, "unknown", "", " ", "a b"]) | st.text(string.printable, max_size=5)
    drawn = st.tuples(keys, st.sampled_from([": ", ":", " : ", ":\n  - ", ":\n    "]), one_line).map("".join)
    return st.lists(drawn | one_line, max_size=max_size).map("\n".join)

"""Reading the JSON-LD of a page, and what schema.org would say of it."""

import json
import re
from datetime import date
from pathlib import Path

from education.rendering import plain_text

TERMS = json.loads((Path(__file__).parent / "schema_org.json").read_text())
# Their values are for machines: addresses, dates, a language.
NOT_WORDS = {"@context", "@id", "@type", "url", "item", "inLanguage", "datePublished", "dateModified", "lastReviewed"}


def graph_of(page):
    """The JSON-LD graph of a parsed page; there is one."""
    (script,) = page.find_all("script", type="application/ld+json")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node_of(page, kind):
    """The node of one type in a page's graph."""
    (node,) = [node for node in graph_of(page) if kind in as_list(node["@type"])]
    return node


def as_list(value):
    return value if isinstance(value, list) else [value]


def nodes_within(value):
    """Every node of a graph, at any depth."""
    if isinstance(value, list):
        for part in value:
            yield from nodes_within(part)
    elif isinstance(value, dict):
        yield value
        yield from nodes_within(list(value.values()))


def mistakes(graph):
    """What in a graph schema.org does not know, in words; empty for a good one."""
    by_id = {node["@id"]: node for node in nodes_within(graph) if "@id" in node and "@type" in node}
    for node in nodes_within(graph):
        if set(node) == {"@id"}:
            if node["@id"] not in by_id:
                yield f"{node['@id']} is nowhere"
            continue
        kinds = ancestry(as_list(node["@type"]))
        for name, value in node.items():
            if not name.startswith("@"):
                yield from _wrong_property(kinds, name, value, by_id)


def _wrong_property(kinds, name, value, by_id):
    term = TERMS["properties"].get(name)
    if not term or not kinds & set(term["of"]):
        yield f"{sorted(kinds)} has no {name}"
        return
    for part in as_list(value):
        if not types_of(part, by_id) & set(term["values"]):
            yield f"{name} cannot be {part!r}"


def ancestry(kinds):
    """Types with all above them; an unknown one raises KeyError."""
    found = set(kinds)
    for kind in kinds:
        found |= ancestry(TERMS["types"][kind])
    return found


def types_of(value, by_id):
    if isinstance(value, dict):
        return ancestry(as_list(by_id.get(value.get("@id"), value).get("@type", [])))
    if isinstance(value, int):
        return {"Integer"}
    found = {"Text"} if value.strip() else set()
    if re.match(r"https?://", value):
        found.add("URL")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value) and date.fromisoformat(value):
        found.add("Date")
    return found


def words_of(value):
    """Every string of a graph that is for people."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_WORDS:
                yield from words_of(part)


def visible_text(page):
    """What a parsed page shows, on one line, without the numbers of citations."""
    return one_line(
        plain_text("".join(str(part) for part in page.body.find_all(["header", "nav", "main", "footer"], recursive=False)))
    )


def one_line(text):
    return " ".join(text.split())

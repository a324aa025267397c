"""The Markdown of pages, with what it refers to looked up: the HTML of a page and of the staff preview alike."""

from dataclasses import dataclass

from django.urls import reverse

from education.models import PAGE_MODELS, Alias, Source
from education.rendering import Body, Citations, LinkedPage, Links, Reference, Rendered
from education.rendering.links import SITE_PAGES

SITE_PAGE_TITLES = {
    "home": "Home",
    "topics": "Topics",
    "conditions": "Conditions",
    "faqs": "Questions and answers",
    "glossary": "Glossary",
}


@dataclass(frozen=True)
class CitedSource:
    """A line of a page's list of sources; `uses` are the ids of the places that cite it, none for further reading."""

    number: int
    source: Source
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Prose:
    """Rendered bodies that stand on one page, and the sources they cite, numbered over all of them."""

    bodies: tuple[Rendered, ...]
    sources: tuple[CitedSource, ...]


def render_prose(texts, language, *, also=(), heading_level=2, id_prefixes=()):
    """Render the Markdown of one page.

    `texts` are its bodies; `also` further `Source`s to list; `id_prefixes`, one a text, keep their ids apart. Links lead to
    published pages only. Takes the same few queries however many texts there are.
    """
    bodies = [Body(text) for text in texts]
    sources = _sources({slug for body in bodies for slug in body.citations}, language)
    links = Links(look_up({reference for body in bodies for reference in body.references}, language), frozenset(sources))
    citations = Citations()
    prefixes = id_prefixes or [""] * len(bodies)
    rendered = tuple(
        body.render(links, citations, heading_level=heading_level, id_prefix=prefix)
        for body, prefix in zip(bodies, prefixes, strict=True)
    )
    listed = {sources[slug]: tuple(uses) for slug, uses in citations.uses.items()}
    for source in also:
        listed.setdefault(source, ())
    numbered = enumerate(listed.items(), start=1)
    return Prose(rendered, tuple(CitedSource(number, source, uses) for number, (source, uses) in numbered))


def find_problems(text, language):
    """What an author should mend in a Markdown text, as `Problem`s; links may lead to drafts."""
    body = Body(text)
    sources = _sources(set(body.citations), language, published=False)
    return body.problems(Links(look_up(body.references, language, published=False), frozenset(sources)))


def look_up(references, language, *, published=True):
    """The pages that references name, also by old names, as `{Reference: LinkedPage}`."""
    pages = {
        Reference("page", name): LinkedPage(reverse(f"education:{_site_page(name)}"), SITE_PAGE_TITLES[name])
        for name in SITE_PAGES
        if ("page", name) in references
    }
    for collection in {reference.collection for reference in references} - {"page"}:
        slugs = {reference.slug for reference in references if reference.collection == collection}
        aliases = Alias.objects.filter(language=language, collection=collection, slug__in=slugs)
        moved = dict(aliases.values_list("slug", "target"))
        rows = _public(PAGE_MODELS[collection].objects.in_language(language), published)
        found = {row.slug: row for row in rows.filter(slug__in={*slugs, *moved.values()}).only("slug", "title")}
        for slug in slugs:
            if row := found.get(slug) or found.get(moved.get(slug)):
                pages[Reference(collection, slug)] = LinkedPage(row.get_absolute_url(), row.title)
    return pages


def _site_page(name):
    return {"home": "home", "glossary": "glossary"}.get(name) or f"{name.removesuffix('s')}-list"


def _sources(slugs, language, *, published=True):
    if not slugs:
        return {}
    return {source.slug: source for source in _public(Source.objects.in_language(language), published).filter(slug__in=slugs)}


def _public(rows, published):
    return rows.published() if published else rows

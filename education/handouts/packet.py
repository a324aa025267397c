"""Several pages as one document."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from education.documents.registry import READING
from education.models import Page, Source
from education.prose import CitedSource, find_pages, render_prose
from education.rendering import Reference, Rendered, Term


@dataclass(frozen=True)
class Part:
    """One page of a packet; `place` is the id where it begins."""

    page: Page
    text: Rendered
    place: str


@dataclass(frozen=True)
class Reading:
    """A packet's own text, its pages, and the sources that they cite and the terms that they use, over all of them."""

    text: Rendered
    parts: tuple[Part, ...]
    sources: tuple[CitedSource, ...]
    terms: tuple[Term, ...]


def find_named(names, language):
    """The published pages that names (`topics/dry-needling`, also old ones) lead to, in that order, as `{name: page}`."""
    references = {name: Reference(*name.split("/")) for name in names}
    wanted = {reference for reference in references.values() if reference.collection in READING}
    pages = find_pages(wanted, language)
    return {name: pages[reference] for name, reference in references.items() if reference in pages}


def read_together(pages, language, *, body="", also=()):
    """The `Reading` of published pages (rows) in that order, each once.

    `body` is a text before them, in Markdown, and `also` are further `Source`s to list. Sections of the pages stand at
    heading level 3. Links between the pages stay within the document.
    """
    pages = list({page.identity: page for page in pages}.values())
    for kind in {type(page) for page in pages}:
        alike = [page for page in pages if type(page) is kind]
        prefetch_related_objects(alike, Prefetch("sources", Source.objects.published(), to_attr="further_reading"))
    places = {page.identity: f"{page.collection}-{page.slug}_" for page in pages}
    prose = render_prose(
        [body, *(page.body for page in pages)],
        language,
        also=[*also, *(source for page in pages for source in page.further_reading)],
        heading_level=3,
        id_prefixes=["packet_", *places.values()],
        places=places,
    )
    text, *texts = prose.bodies
    parts = (Part(page, text, places[page.identity]) for page, text in zip(pages, texts, strict=True))
    return Reading(text, tuple(parts), prose.sources, prose.terms)

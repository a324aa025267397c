"""The Markdown of pages, with what it refers to looked up: the HTML of a page and of the staff preview alike."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from education.models import PAGE_MODELS, Alias, GlossaryTerm, Picture, Source
from education.rendering import Body, Citations, LinkedPage, Links, Reference, Rendered, SizedPicture, Term, Terms
from education.rendering.links import SITE_PAGES

SITE_PAGE_TITLES = {
    "home": _("Home"),
    "topics": _("Topics"),
    "conditions": _("Conditions"),
    "faqs": _("Questions and answers"),
    "glossary": _("Glossary"),
    "packets": _("Packets to print"),
}

_SVG_SIZE = re.compile(r'<svg(?=[^>]*\swidth="(\d+)")(?=[^>]*\sheight="(\d+)")')


@dataclass(frozen=True)
class CitedSource:
    """A line of a page's list of sources; `uses` are the ids of the places that cite it, none for further reading."""

    number: int
    source: Source
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Prose:
    """Rendered bodies that stand on one page, the sources they cite, numbered over all of them, and the terms they use."""

    bodies: tuple[Rendered, ...]
    sources: tuple[CitedSource, ...]
    terms: tuple[Term, ...]


def render_prose(texts, language, *, also=(), heading_level=2, id_prefixes=(), places=None, explain=True):
    """Render the Markdown of one page.

    `texts` are its bodies; `also` further `Source`s to list; `id_prefixes`, one a text, keep their ids apart. Links lead to
    published pages only; those to a page that stands on this one stay on it: `places` maps the identities of such pages to
    their id prefixes, which are also the ids where they begin. With `explain`, words of the
    glossary lead to their meaning on the same page where they are first used. Takes the same few queries however many
    texts there are.
    """
    bodies = [Body(text) for text in texts]
    sources = _sources({slug for body in bodies for slug in body.citations}, language)
    linked = look_up({reference for body in bodies for reference in body.references}, language, places=places)
    pictures = _pictures({address for body in bodies for address in body.pictures})
    links = Links(linked, frozenset(sources), pictures)
    citations, terms = Citations(), Terms(_terms(language) if explain else ())
    prefixes = id_prefixes or [""] * len(bodies)
    rendered = tuple(
        body.render(links, citations, terms, heading_level=heading_level, id_prefix=prefix)
        for body, prefix in zip(bodies, prefixes, strict=True)
    )
    listed = {sources[slug]: tuple(uses) for slug, uses in citations.uses.items()}
    for source in also:
        listed.setdefault(source, ())
    numbered = enumerate(listed.items(), start=1)
    cited = tuple(CitedSource(number, source, uses) for number, (source, uses) in numbered)
    return Prose(rendered, cited, tuple(sorted(terms.used.values(), key=lambda term: term.title.casefold())))


def find_problems(text, language):
    """What an author should mend in a Markdown text, as `Problem`s; links may lead to drafts."""
    body = Body(text)
    sources = _sources(set(body.citations), language, published=False)
    return body.problems(Links(look_up(body.references, language, published=False), frozenset(sources)))


def look_up(references, language, *, published=True, places=None):
    """The pages that references name, also by old names, as `{Reference: LinkedPage}`; `places` as for `render_prose`."""
    pages = {
        Reference("page", name): LinkedPage(reverse(f"education:{_site_page(name)}"), str(SITE_PAGE_TITLES[name]))
        for name in SITE_PAGES
        if ("page", name) in references
    }
    rows = find_pages(references, language, published=published, only=("slug", "title", "language"))
    for reference, row in rows.items():
        place = (places or {}).get(row.identity)
        here = f"#{place}"
        pages[reference] = LinkedPage(here, row.title, here) if place else LinkedPage(row.get_absolute_url(), row.title)
    return pages


def find_pages(references, language, *, published=True, only=()):
    """The rows of the pages that references name, also by old names, as `{Reference: row}`; `only` these columns of them."""
    pages = {}
    for collection in {reference.collection for reference in references} - {"page"}:
        slugs = {reference.slug for reference in references if reference.collection == collection}
        aliases = Alias.objects.filter(language=language, collection=collection, slug__in=slugs)
        moved = dict(aliases.values_list("slug", "target"))
        rows = _public(PAGE_MODELS[collection].objects.in_language(language), published)
        rows = rows.filter(slug__in={*slugs, *moved.values()})
        found = {row.slug: row for row in (rows.only(*only) if only else rows)}
        for slug in slugs:
            if row := found.get(slug) or found.get(moved.get(slug)):
                pages[Reference(collection, slug)] = row
    return pages


def _site_page(name):
    return {"home": "home", "glossary": "glossary"}.get(name) or f"{name.removesuffix('s')}-list"


def _sources(slugs, language, *, published=True):
    if not slugs:
        return {}
    return {source.slug: source for source in _public(Source.objects.in_language(language), published).filter(slug__in=slugs)}


def _pictures(addresses):
    """The sizes of pictures at these addresses, as far as they are known."""
    sized = {address: size for address in addresses if (size := _drawing(address))}
    names = [address.removeprefix(settings.MEDIA_URL) for address in addresses if address.startswith(settings.MEDIA_URL)]
    for picture in Picture.objects.filter(name__in=names) if names else ():
        srcset = ", ".join(f"{default_storage.url(name)} {width}w" for width, name in picture.variants.items())
        sized[default_storage.url(picture.name)] = SizedPicture(picture.width, picture.height, srcset)
    return sized


@lru_cache(maxsize=256)
def _drawing(address):
    """The size that one of the site's own SVG drawings gives itself; None for anything else."""
    if not address.startswith(settings.STATIC_URL) or not address.endswith(".svg"):
        return None
    path = finders.find(address.removeprefix(settings.STATIC_URL))
    size = path and _SVG_SIZE.search(Path(path).read_text())
    return SizedPicture(int(size[1]), int(size[2])) if size else None


def _terms(language):
    rows = GlossaryTerm.objects.in_language(language).published().values_list("slug", "title", "summary", "forms")
    return [Term(slug, title, meaning, tuple(forms)) for slug, title, meaning, forms in rows]


def _public(rows, published):
    return rows.published() if published else rows

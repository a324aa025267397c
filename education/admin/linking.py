"""What a link in a text can lead to, found by title, with the Markdown that content uses for it."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.documents import COLLECTIONS
from education.models import PAGE_MODELS
from education.prose import SITE_PAGE_TITLES
from education.rendering.links import is_outside_link

MOST_TARGETS = 12

_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{1,20}")
_SITE = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:org|com|gov|edu|net|uk|eu|int)\b)\S*", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """Something to link to.

    `href` is what stands in brackets behind a link's words; a source has none, it is cited. `alone` is the Markdown where no
    words are chosen for it.
    """

    title: str
    kind: str
    href: str
    alone: str
    is_draft: bool = False


def find_targets(words, language):
    """What `words` can mean, as `Target`s: an address or number, else pages with all of them in their title, best first."""
    words = " ".join(words.split())
    if outside := _outside(words):
        return [outside]
    if not words:
        return [_site_page(name) for name in SITE_PAGE_TITLES]
    found = [_site_page(name) for name, title in SITE_PAGE_TITLES.items() if words.casefold() in str(title).casefold()]
    for name, collection in COLLECTIONS.items():
        if not collection.singleton:
            rows = PAGE_MODELS[name].objects.in_language(language).filter(_with(words)).order_by("title")
            found += [_page(collection, *row) for row in rows.values_list("slug", "title", "status")[:MOST_TARGETS]]
    return sorted(found, key=lambda target: _rank(target, words))[:MOST_TARGETS]


def _outside(words):
    if _PHONE.fullmatch(words):
        href = "tel:" + re.sub(r"[^+0-9]", "", words)
        return Target(words, _("Number to call"), href, f"<{href}>")
    if "@" in words and is_outside_link(f"mailto:{words}") and " " not in words:
        return Target(words, _("Mail address"), f"mailto:{words}", f"<mailto:{words}>")
    href = f"https://{words}" if _SITE.fullmatch(words) else words
    if is_outside_link(href) and " " not in href:
        label = _("words that say where it leads")
        return Target(href, _("Another site"), href, f"[{label}]({href})")
    return None


def _with(words):
    condition = Q()
    for word in words.split():
        condition &= Q(title__icontains=word)
    return condition


def _rank(target, words):
    title, words = target.title.casefold(), words.casefold()
    return not target.href, title != words, not title.startswith(words), len(title), title


def _site_page(name):
    return Target(str(SITE_PAGE_TITLES[name]), _("List of pages"), f"page:{name}", f"[](page:{name})")


_KINDS = {
    "topics": gettext_lazy("Topic"),
    "conditions": gettext_lazy("Condition"),
    "faqs": gettext_lazy("Question"),
    "glossary": gettext_lazy("Glossary"),
    "sources": gettext_lazy("Source to cite"),
    "packets": gettext_lazy("Packet"),
}


def _page(collection, slug, title, status):
    is_draft = status == "draft"
    if not collection.link_scheme:
        return Target(title, str(_KINDS[collection.name]), "", f"[@{slug}]", is_draft)
    href = f"{collection.link_scheme}:{slug}"
    return Target(title, str(_KINDS[collection.name]), href, f"[]({href})", is_draft)

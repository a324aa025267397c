"""What stands at an address, in the site's other languages."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override


class Version(NamedTuple):
    """A way into another language, named as its readers call it. `is_same`: it leads to this very page, not just home."""

    language: str
    name: str
    path: str
    is_same: bool


def versions(match, page=None):
    """The `Version`s of an address (`match`, its ResolverMatch, None for no address of this site) that shows `page` or a list.

    There is one for each other language of the site.
    """
    others = [language for language, _name in settings.LANGUAGES if language != get_language()]
    is_list = match is not None and not match.kwargs
    twins = {twin.language: twin for twin in page.translations()} if others and page and not is_list else {}
    return [_version(language, match.view_name if is_list else None, twins.get(language)) for language in others]


def _version(language, view, twin):
    name = capfirst(get_language_info(language)["name_local"])
    if twin:
        return Version(language, name, twin.get_absolute_url(), is_same=True)
    with override(language):
        return Version(language, name, reverse(view or "education:home"), is_same=view is not None)

"""What the head of a page says."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from education.models import Clinic
from education.rendering.sanitise import json_for_script
from education.seo.graph import absolute, page_graph
from education.seo.picture import SIZE, can_draw, picture_path, picture_words


@dataclass(frozen=True)
class Head:
    """The canonical address, Open Graph's properties (https://ogp.me), and the JSON-LD graph. `picture` may be empty.

    `alternates` are the (language, address) of the page in all its languages, none where it has one.
    """

    url: str
    alternates: tuple[tuple[str, str], ...]
    title: str
    description: str
    kind: str
    site_name: str
    picture: str
    picture_alt: str
    picture_size: tuple[int, int]
    data: SafeString


def describe(subject):
    """The `Head` of a page, from its `Subject`. Addresses start with the configured one, whatever a request claims."""
    pictured = subject.page or subject.clinic
    words = picture_words(pictured, subject.clinic) if pictured else ()
    pictured = pictured if can_draw(words) else None
    return Head(
        url=absolute(subject.path),
        alternates=_alternates(subject),
        title=subject.title,
        description=subject.description,
        kind="article" if subject.page and not isinstance(subject.page, Clinic) else "website",
        site_name=subject.clinic.title if subject.clinic else "",
        picture=absolute(picture_path(pictured, subject.clinic)) if pictured else "",
        picture_alt=" – ".join(filter(None, words)) if pictured else "",
        picture_size=SIZE,
        data=json_for_script(page_graph(subject)),
    )


def _alternates(subject):
    same = [version for version in subject.versions if version.is_same]
    here = [(subject.language, subject.path)] if same else []
    return tuple((language, absolute(path)) for language, path in here + [(version.language, version.path) for version in same])

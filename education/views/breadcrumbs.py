"""The way from the home page to a page."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _


class Crumb(NamedTuple):
    """One step: its title and address."""

    title: str
    url: str


def home():
    """The first step."""
    return Crumb(_("Home"), reverse("education:home"))


def to_list(title, url_name):
    """The steps to a page of a list."""
    return [home(), Crumb(title, reverse(f"education:{url_name}"))]


def to_topic(topic, ancestors):
    """The steps to what stands below a topic: its public ancestors, from the top, and itself."""
    steps = to_list(_("Topics"), "topic-list")
    return steps + [Crumb(page.title, page.get_absolute_url()) for page in [*ancestors, topic]]

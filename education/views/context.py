"""What every page shows around its own text."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from education.handouts import find_named
from education.models import Clinic


def clinic(request):
    """Template context, looked up at first use: `clinic`, the published clinic row of the page's language or None, and
    `shortcuts`, the pages that it wants at the top of every page.
    """

    def find_shortcuts():
        return list(find_named(found.shortcuts, get_language()).values()) if found else []

    found = SimpleLazyObject(lambda: Clinic.objects.in_language(get_language()).published().first())
    return {"clinic": found, "shortcuts": SimpleLazyObject(find_shortcuts)}

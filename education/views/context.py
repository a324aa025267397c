"""What every page shows around its own text."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from education.models import Clinic


def clinic(request):
    """Template context: `clinic`, the published clinic row of the page's language or None, looked up at first use."""
    return {"clinic": SimpleLazyObject(lambda: Clinic.objects.in_language(get_language()).published().first())}

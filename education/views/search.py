"""Search. What was typed is in the address alone: it is neither stored nor passed on, nor logged (docs/adr/0007-search.md)."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from education.models import Topic
from education.search import MAX_LENGTH, search
from education.views import breadcrumbs

KINDS = {
    "topics": _("Topics"),
    "conditions": _("Conditions"),
    "faqs": _("Questions"),
    "glossary": _("Glossary"),
    "packets": _("Packets"),
}
HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
MOST_TOPICS = 12


class SearchView(TemplateView):
    """The results of a search by kind, or ways on where there are none. Any text is a search: none is an error."""

    template_name = "education/search.html"

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(context, headers=HEADERS, **kwargs)

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        text = asked.get("q", "").strip()[:MAX_LENGTH]
        kind = asked.get("kind") if asked.get("kind") in KINDS else None
        results = search(text, get_language(), kind, asked.get("page")) if text else None
        return super().get_context_data(
            canonical=settings.SITE_URL + self.request.path,
            breadcrumbs=[breadcrumbs.home()],
            text=text,
            kind=kind,
            results=results,
            kinds=[(name, _address(text, key), key == kind) for key, name in {None: _("All"), **KINDS}.items()],
            suggested=results and results.suggestion and _address(results.suggestion, kind),
            address=_address(text, kind),
            main_topics=None
            if results and results.total
            else Topic.objects.in_language(get_language()).published()[:MOST_TOPICS],
            **kwargs,
        )


def _address(text, kind):
    """The query part of the address of a search, from its question mark on."""
    return "?" + urlencode({"q": text} | ({"kind": kind} if kind else {}))

"""The glossary."""

from itertools import groupby

from django.utils.translation import gettext_lazy as _

from education.models import GlossaryTerm
from education.prose import render_prose
from education.views.pages import PageList


class GlossaryView(PageList):
    """All terms with their meanings on one page, by first letter, so that every term has one address for good."""

    model = GlossaryTerm
    template_name = "education/glossary.html"
    title = _("Glossary")
    description = _("What the medical words on this site mean, in plain words.")
    paginate_by = None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        terms = sorted(context["object_list"], key=lambda term: (term.title.casefold(), term.pk))
        prose = render_prose(
            [term.body for term in terms],
            terms[0].language if terms else "",
            heading_level=4,
            explain=False,
            id_prefixes=[f"{term.slug}--" for term in terms],
        )
        explained = zip(terms, prose.bodies, strict=True)
        letters = [(letter, list(group)) for letter, group in groupby(explained, key=lambda pair: _letter(pair[0]))]
        return context | {"letters": letters, "prose": prose}


def _letter(term):
    first = term.title[:1].upper()
    return first if first.isalpha() else "#"

"""What the views of all pages share: only published pages of the page's language, old addresses, rendered text."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.translation import get_language
from django.views.generic import DetailView, ListView

from education.handouts import pdf_maker
from education.models import Alias
from education.prose import render_prose
from education.views import breadcrumbs

# How many linked pages a page names before it refers to their list.
MOST_LINKED = 30


class PublishedMixin:
    """Only what the public may see, in the language of the request."""

    def get_queryset(self):
        return self.model.objects.in_language(get_language()).published()


class PageList(PublishedMixin, ListView):
    """A list of one collection, in portions, under a title with a sentence that says what it lists."""

    paginate_by = 24
    title = ""
    description = ""

    def get_breadcrumbs(self):
        return [breadcrumbs.home()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.title, description=self.description, breadcrumbs=self.get_breadcrumbs(), **kwargs
        )


class PageDetail(PublishedMixin, DetailView):
    """One page. An old address leads to the new one for good."""

    context_object_name = "page"

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            target = self.find_by_old_address()
            if target is None:
                raise
            return HttpResponsePermanentRedirect(target.get_absolute_url())

    def find_by_old_address(self):
        alias = Alias.objects.filter(language=get_language(), collection=self.model.collection, slug=self.kwargs["slug"]).first()
        return alias and super().get_queryset().filter(slug=alias.target).first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            breadcrumbs=self.get_breadcrumbs(),
            has_pdf=pdf_maker() is not None,
            **self.get_text(),
            **self.get_linked_pages(),
            **kwargs,
        )

    def get_text(self):
        """The page's rendered text, the prose it is part of, and the names of the pages that stand there."""
        page = self.object
        prose = render_prose([page.body], page.language, also=page.sources.published())
        return {"prose": prose, "text": prose.bodies[0], "names": [f"{page.collection}/{page.slug}"]}

    def get_linked_pages(self):
        """The pages that this one leads to, by what templates call them."""
        return {}

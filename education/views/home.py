"""The home page."""

from django.utils.translation import get_language
from django.views.generic import TemplateView

from education.models import FAQ, Clinic, Condition, Topic
from education.prose import render_prose


class HomeView(TemplateView):
    """The clinic's welcome, the main topics, the conditions, the first questions."""

    template_name = "education/home.html"

    def get_context_data(self, **kwargs):
        language = get_language()
        clinic = Clinic.objects.in_language(language).published().first()
        prose = render_prose([clinic.body] if clinic else [], language)
        topics = Topic.objects.in_language(language).published()
        return super().get_context_data(
            page=clinic,
            prose=prose,
            text=prose.bodies[0] if clinic else None,
            topics=topics[:15],
            conditions=Condition.objects.in_language(language).published()[:15],
            faqs=FAQ.objects.in_language(language).published()[:8],
            **kwargs,
        )

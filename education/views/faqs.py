"""Questions and their answers."""

from django.utils.translation import gettext_lazy as _

from education.models import FAQ
from education.prose import render_prose
from education.rendering import Heading
from education.views import breadcrumbs
from education.views.pages import PageDetail, PageList


class FAQList(PageList):
    """All questions with their answers, open, grouped by topic."""

    model = FAQ
    template_name = "education/faq_list.html"
    title = _("Questions and answers")
    description = _("What patients ask about dry needling. Each question has a page of its own that you can share.")
    paginate_by = 40  # patients look through all of them at once, and print them
    ordering = ("topic__position", "topic__title", "topic_id", "position", "title", "id")

    def get_queryset(self):
        return super().get_queryset().select_related("topic").order_by(*self.ordering)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        faqs = list(context["object_list"])
        prose = render_prose(
            [faq.body for faq in faqs],
            faqs[0].language if faqs else "",
            heading_level=4,
            explain=False,
            id_prefixes=[f"{faq.slug}--" for faq in faqs],
        )
        groups = {}
        for faq, answer in zip(faqs, prose.bodies, strict=True):
            groups.setdefault(_public_topic(faq), []).append((faq, answer))
        headed = [(_heading(topic), topic, answered) for topic, answered in groups.items()]
        return context | {"groups": headed, "outline": [heading for heading, _, _ in headed], "prose": prose}


class FAQDetail(PageDetail):
    """One question and its answer, with the others of its topic."""

    model = FAQ
    template_name = "education/faq_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("topic")

    def get_breadcrumbs(self):
        return breadcrumbs.to_list(_("Questions and answers"), "faq-list")

    def get_linked_pages(self):
        faq = self.object
        return {
            "topic": _public_topic(faq),
            "conditions": faq.conditions.published(),
            "faqs": faq.topic.faqs.published().exclude(pk=faq.pk)[:10],
        }


def _heading(topic):
    return Heading(2, topic.title, f"_topic-{topic.slug}") if topic else Heading(2, _("Other questions"), "_other")


def _public_topic(faq):
    return faq.topic if faq.topic.is_published else None

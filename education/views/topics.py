"""Topics."""

from django.utils.translation import gettext_lazy as _

from education.models import Topic
from education.views import breadcrumbs
from education.views.pages import MOST_LINKED, PageDetail, PageList

DEEPEST = 6
# How many topics beside this one are named; all stand on their parent's page.
NEAREST = 3


class TopicList(PageList):
    """All topics."""

    model = Topic
    template_name = "education/topic_list.html"
    title = _("Topics")
    description = _("Read about dry needling, from what it is to what you can do after your visit.")


class TopicDetail(PageDetail):
    """One topic, with what stands below and beside it, its conditions and its questions."""

    model = Topic
    template_name = "education/topic_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("__".join(["parent"] * DEEPEST))

    def get_breadcrumbs(self):
        above = ancestors(self.object)
        return breadcrumbs.to_topic(above[-1], above[:-1]) if above else breadcrumbs.to_list(_("Topics"), "topic-list")

    def get_context_data(self, **kwargs):
        """A text that leads to every topic below its own, in an order that has a meaning, needs no list of them besides."""
        context = super().get_context_data(**kwargs)
        if all(f'href="{child.get_absolute_url()}"' in context["text"].html for child in context["children"]):
            context["children"] = []
        return context

    def get_linked_pages(self):
        topic = self.object
        siblings = list(topic.parent.children.published()[:MOST_LINKED]) if topic.parent else []
        place = siblings.index(topic) if topic in siblings else -1
        return {
            "children": topic.children.published()[:MOST_LINKED],
            "related": [near for near in siblings[max(0, place - NEAREST) : place + NEAREST + 1] if near != topic],
            "previous": siblings[place - 1] if place > 0 else None,
            "next": siblings[place + 1] if 0 <= place < len(siblings) - 1 else None,
            "conditions": topic.conditions.published()[:MOST_LINKED],
            "faqs": topic.faqs.published()[:MOST_LINKED],
        }


def ancestors(topic):
    """The published topics above a topic, from the top; stops at `DEEPEST`, and where topics stand in a circle."""
    above, at = [], topic.parent
    while at is not None and at not in above and at != topic and len(above) < DEEPEST:
        if at.is_published:
            above.insert(0, at)
        at = at.parent
    return above

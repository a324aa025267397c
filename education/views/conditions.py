"""Conditions that dry needling is used for."""

from django.utils.translation import gettext_lazy as _

from education.models import Condition
from education.views import breadcrumbs
from education.views.pages import MOST_LINKED, PageDetail, PageList


class ConditionList(PageList):
    """All conditions, from A to Z."""

    model = Condition
    template_name = "education/condition_list.html"
    title = _("Conditions")
    description = _("Problems that dry needling is used for, and how sure research is that it helps.")


class ConditionDetail(PageDetail):
    """One condition, with its evidence, its topics and its questions."""

    model = Condition
    template_name = "education/condition_detail.html"

    def get_breadcrumbs(self):
        return breadcrumbs.to_list(_("Conditions"), "condition-list")

    def get_linked_pages(self):
        return {
            "topics": self.object.topics.published()[:MOST_LINKED],
            "faqs": self.object.faqs.published()[:MOST_LINKED],
        }

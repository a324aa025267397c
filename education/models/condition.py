"""Conditions: what dry needling is used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class Condition(Page):
    """A condition, with how well research supports dry needling for it."""

    class Evidence(models.TextChoices):
        """How sure research is that dry needling helps."""

        GOOD = "good", _("Good evidence")
        SOME = "some", _("Some evidence")
        LIMITED = "limited", _("Limited evidence")
        VERY_LIMITED = "very limited", _("Very limited evidence")
        NOT_SHOWN = "not shown", _("Not shown to help")

    collection = "conditions"

    also_known_as = models.JSONField(default=list, blank=True, help_text=_("Other names, one a line."))
    evidence = models.CharField(max_length=12, choices=Evidence, help_text=_("What research shows, in a word."))
    evidence_summary = models.CharField(max_length=300, help_text=_("What research shows, in one sentence."))

    class Meta(Page.Meta):
        ordering = ["title", "id"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(evidence__in=["good", "some", "limited", "very limited", "not shown"]),
                name="condition_evidence_known",
            ),
        ]

    def get_evidence_display(self):
        """The words for `evidence`; Django's own way translates those of all levels each time."""
        return str(dict(self.Evidence.choices).get(self.evidence, ""))

    def get_absolute_url(self):
        """The page's address on this site."""
        return self.address_of("condition-detail", self.slug)

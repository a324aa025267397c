"""One admin for each kind of page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.admin.pages import PageAdmin
from education.models import FAQ, Clinic, Condition, GlossaryTerm, Source, Topic

MOST_CHOICES = 60


class FewPagesFilter(admin.RelatedFieldListFilter):
    """Narrows a list by a page, as long as there are not too many to choose from."""

    def field_choices(self, field, request, model_admin):
        if field.related_model.objects.count() > MOST_CHOICES:
            return []
        return super().field_choices(field, request, model_admin)


@admin.register(Topic)
class TopicAdmin(PageAdmin):
    """Topics, with their place below other topics."""

    list_display = (*PageAdmin.list_display, "parent", "position")
    list_select_related = ("parent",)
    autocomplete_fields = ("sources", "parent", "conditions")
    own_fields = ("parent", "position", "conditions")


@admin.register(Condition)
class ConditionAdmin(PageAdmin):
    """Conditions, with what research shows."""

    list_display = (*PageAdmin.list_display, "evidence")
    list_filter = ("evidence", *PageAdmin.list_filter)
    own_fields = ("also_known_as", "evidence", "evidence_summary")


@admin.register(FAQ)
class FAQAdmin(PageAdmin):
    """Questions."""

    words = {
        "title": {"label": _("Question"), "help_text": _("As a patient would ask it.")},
        "summary": {"label": _("Short answer"), "help_text": _("One or two sentences. Patients read them first.")},
        "body": {"label": _("Answer")},
    }
    list_display = (*PageAdmin.list_display, "topic", "position")
    list_filter = (*PageAdmin.list_filter, ("topic", FewPagesFilter))
    list_select_related = ("topic",)
    autocomplete_fields = ("sources", "topic", "conditions")
    own_fields = ("topic", "conditions", "position")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(PageAdmin):
    """Words and their meanings."""

    words = {
        "title": {"label": _("Word"), "help_text": _("As pages write it. Its first use on a page leads here.")},
        "summary": {"label": _("Meaning"), "help_text": _("One or two sentences in plain words.")},
        "body": {"label": _("More about it"), "help_text": _("May stay empty.")},
    }
    own_fields = ("forms",)


@admin.register(Source)
class SourceAdmin(PageAdmin):
    """What pages cite."""

    list_display = ("title", "publisher", "year", "state", "checked_on")
    list_filter = ("status", "year", "checked_on")
    search_fields = (*PageAdmin.search_fields, "authors", "publisher", "doi")
    own_fields = ("authors", "publisher", "year", "url", "doi", "checked_on")


@admin.register(Clinic)
class ClinicAdmin(PageAdmin):
    """The clinic; there is one a language."""

    list_display = ("title", "phone", "email", "updated_at")
    list_filter = ()
    own_fields = ("phone", "email", "address", "shortcuts")

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Clinic.objects.exists()

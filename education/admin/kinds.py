"""One admin for each kind of page."""

from django.contrib import admin

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

    list_display = ("title", "parent", "position", *PageAdmin.list_display[1:])
    list_select_related = ("parent",)
    autocomplete_fields = ("sources", "parent", "conditions")
    own_fields = ("parent", "position", "conditions")


@admin.register(Condition)
class ConditionAdmin(PageAdmin):
    """Conditions, with what research shows."""

    list_display = ("title", "evidence", *PageAdmin.list_display[1:])
    list_filter = ("evidence", *PageAdmin.list_filter)
    own_fields = ("also_known_as", "evidence", "evidence_summary")


@admin.register(FAQ)
class FAQAdmin(PageAdmin):
    """Questions."""

    list_display = ("title", "topic", "position", *PageAdmin.list_display[1:])
    list_filter = (*PageAdmin.list_filter, ("topic", FewPagesFilter))
    list_select_related = ("topic",)
    autocomplete_fields = ("sources", "topic", "conditions")
    own_fields = ("topic", "conditions", "position")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(PageAdmin):
    """Words and their meanings."""

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

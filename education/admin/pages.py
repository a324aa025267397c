"""One admin for each kind of page."""

from django.contrib import admin, messages
from django.db import models
from django.urls import reverse
from django.utils.html import format_html

from education import publishing
from education.admin.forms import LinesField, PageForm
from education.models import FAQ, Clinic, Condition, GlossaryTerm, Revision, Source, Topic
from education.prose import find_problems


class PageAdmin(admin.ModelAdmin):
    """Lists, searches and edits pages; a save is a revision."""

    form = PageForm
    formfield_overrides = {
        models.JSONField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = ("title", "status", "publish_on", "updated_at", "reviewed_on", "review_due")
    list_filter = ("status", "review_due", "reviewed_on")
    search_fields = ("title", "summary", "body", "search_words", "slug")
    date_hierarchy = "updated_at"
    list_per_page = 50
    autocomplete_fields = ("sources",)
    readonly_fields = ("versions",)
    own_fields = ()
    save_on_top = True

    class Media:
        css = {"all": ["css/tokens.css", "css/prose.css", "css/components/all.css", "css/editor.css"]}
        js = ["js/editor.js"]

    def get_fieldsets(self, request, obj=None):
        address = () if self.model is Clinic else ("slug", "aliases")
        return (
            (None, {"fields": ("title", "summary", "body", *self.own_fields)}),
            ("Publishing", {"fields": ("status", "publish_on", *address)}),
            ("Search and sources", {"fields": ("search_words", "sources"), "classes": ("collapse",)}),
            ("Review", {"fields": ("reviewed_on", "reviewed_by", "review_due", "review_notes"), "classes": ("collapse",)}),
            ("History", {"fields": ("note", *(("versions",) if obj else ()), "based_on")}),
        )

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj or self.model is Clinic else {"slug": ("title",)}

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published and hasattr(obj, "get_absolute_url") else None

    @admin.display(description="Versions")
    def versions(self, obj):
        """How many texts the page has had, leading to their list."""
        count = Revision.objects.filter(page=obj.identity).count()
        url = reverse("admin:education_revision_changelist")
        return format_html('<a href="{}?page={}">{} version{}</a>', url, obj.identity, count, "" if count == 1 else "s")

    def save_model(self, request, obj, form, change):
        page = publishing.save(
            document=form.document, by=request.user, page=obj if change else None, note=form.cleaned_data["note"]
        )
        obj.pk = page.pk
        for problem in find_problems(form.document.body, page.language):
            messages.warning(request, f"Text, line {problem.line}: {problem.message}.")

    def save_related(self, request, form, formsets, change):
        """Nothing is left to do: `publishing.save` wrote the links between pages too."""

    def delete_model(self, request, obj):
        publishing.delete(page=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for page in queryset:
            publishing.delete(page=page, by=request.user)


@admin.register(Topic)
class TopicAdmin(PageAdmin):
    """Topics, with their place below other topics."""

    list_display = ("title", "parent", "position", *PageAdmin.list_display[1:])
    list_filter = (*PageAdmin.list_filter, "conditions")
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
    list_filter = (*PageAdmin.list_filter, "topic", "conditions")
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

    list_display = ("title", "publisher", "year", "status", "checked_on")
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

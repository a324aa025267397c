"""The page form, its buttons and lists: what every kind of page has in the admin."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education import publishing
from education.admin.bulk import BulkMixin
from education.admin.decide import DecideMixin
from education.admin.editor import EDITOR_MEDIA
from education.admin.export import DownloadMixin
from education.admin.forms import LinesField, PageForm
from education.admin.previews import PreviewMixin
from education.admin.review import ReviewMixin
from education.admin.saving import SavingMixin
from education.admin.versions import VersionsMixin
from education.models import Clinic, ContentFile
from education.views.preview import has_preview

SCREENS = ("decide", "review", "history", "share", "preview", "unpublish", "discard")


class PageAdmin(SavingMixin, PreviewMixin, VersionsMixin, DecideMixin, ReviewMixin, DownloadMixin, BulkMixin, admin.ModelAdmin):
    """Lists, searches and edits pages. Each button of the form is one action of `education.publishing`."""

    form = PageForm
    change_form_template = "admin/education/page/change_form.html"
    change_list_template = "admin/education/page/change_list.html"
    delete_confirmation_template = "admin/education/page/delete_confirmation.html"
    formfield_overrides = {
        models.JSONField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = ("title", "state", "review_state", "review_due", "updated_at")
    list_filter = ("status", "review_state", "review_due")
    search_fields = ("title", "summary", "body", "search_words", "slug")
    list_per_page = 50
    autocomplete_fields = ("sources",)
    own_fields = ()
    # What a kind calls its fields: label and help text by name.
    words = {}

    class Media:
        css = {"all": ["css/tokens.css", "css/prose.css", "css/components/all.css", "css/editor.css", "css/admin.css"]}
        js = (*EDITOR_MEDIA, "js/page-form.js")

    def get_fieldsets(self, request, obj=None):
        """What is typed; the form's own fields only for those who may type."""
        address = () if self.model is Clinic else ("slug",)
        if not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request)):
            fields = ("title", "summary", "body", *self.own_fields, *address, "search_words", "sources", "review_notes")
            return ((None, {"fields": fields}),)
        address = ("slug", "aliases") if address else ()
        return (
            (None, {"fields": ("title", "summary", "body", *self.own_fields)}),
            (_("Publishing"), {"fields": ("note", "publish_on", *address)}),
            (_("Search and sources"), {"fields": ("search_words", "sources"), "classes": ("collapse",)}),
            (_("Notes for staff"), {"fields": ("review_notes", "based_on"), "classes": ("collapse",)}),
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return super().formfield_for_dbfield(db_field, request, **kwargs | self.words.get(db_field.name, {}))

    def get_search_fields(self, request):
        """Where a list is searched; who picks a page in another page's form types words of its title."""
        picks = getattr(request.resolver_match, "url_name", "") == "autocomplete"
        return ("title", "search_words", "slug") if picks else super().get_search_fields(request)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj or self.model is Clinic else {"slug": ("title",)}

    def get_form(self, request, obj=None, **kwargs):
        """The form; where two texts are to be put together, it starts with both in one."""
        form = super().get_form(request, obj, **kwargs)
        dispute = self.find_dispute(request, obj) if obj and {"mine", "suggestion"} & request.GET.keys() else None
        form.start = dispute and dispute.mixed
        return form

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published and has_preview(obj) else None

    @admin.display(description=gettext_lazy("Status"), ordering="status")
    def state(self, obj):
        """What patients see of a page, and what waits."""
        if obj.status == obj.Status.DRAFT:
            return _("Draft")
        if not obj.is_published:
            words = _("From %(day)s; draft waiting") if obj.draft_id else _("From %(day)s")
            return words % {"day": date_format(obj.publish_on)}
        if obj.draft_due:
            return _("Published; new text from %(day)s") % {"day": date_format(obj.draft_due)}
        return _("Published; draft waiting") if obj.draft_id else _("Published")

    def delete_model(self, request, obj):
        publishing.delete(page=obj, by=request.user)

    def response_delete(self, request, obj_display, obj_id):
        """Back to the list, with the way to have the page back."""
        if IS_POPUP_VAR in request.POST:
            return super().response_delete(request, obj_display, obj_id)
        link = format_html('<a href="{}">{}</a>', self._url("deleted"), _("Deleted pages"))
        messages.success(request, format_html(_("“{}” is deleted. To have it back, open {}."), obj_display, link))
        return redirect(self._url("changelist"))

    def render_delete_form(self, request, context):
        """The question whether to delete, with what leads to the page."""
        page = context["object"]
        return super().render_delete_form(
            request, context | {"linked": [(one, admin_address(one)) for one in publishing.linked_from(page)]}
        )

    # Looking at it.

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        may_publish = request.user.has_perm(publishing.PUBLISH)
        context |= {
            "may_publish": may_publish,
            "preview_url": self._url("add_preview") if obj is None else self._url("preview", obj.pk),
            "has_preview": has_preview(self.model),
            "merging": bool({"mine", "suggestion"} & request.GET.keys()),
        }
        if obj:
            context |= {
                "state": self.state(obj),
                "newest": obj.draft or obj.revision,
                "suggestion": ContentFile.objects.filter(page=obj.identity).exclude(suggestion="").first(),
                "page_urls": {name: self._url(name, obj.pk) for name in SCREENS},
                "may_review": request.user.has_perm(publishing.REVIEW),
                "preview_links": self.preview_links(obj),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def admin_address(page):
    """Where a page is edited."""
    return reverse(f"admin:education_{page._meta.model_name}_change", args=[page.pk])

"""The page form, its buttons and lists: what every kind of page has in the admin."""

from dataclasses import replace

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
from education.admin.versions import VersionsMixin
from education.documents import Identity
from education.models import Clinic, ContentFile, Revision
from education.prose import find_problems
from education.views.preview import has_preview


class DraftFilter(admin.SimpleListFilter):
    """Pages with a draft beside what patients see."""

    title = gettext_lazy("draft")
    parameter_name = "draft"

    def lookups(self, request, model_admin):
        return [("waiting", _("Draft waiting"))]

    def queryset(self, request, queryset):
        return queryset.exclude(draft=None) if self.value() else queryset


class PageAdmin(PreviewMixin, VersionsMixin, DecideMixin, ReviewMixin, DownloadMixin, BulkMixin, admin.ModelAdmin):
    """Lists, searches and edits pages. Each button of the form is one action of `education.publishing`."""

    form = PageForm
    change_form_template = "admin/education/page/change_form.html"
    change_list_template = "admin/education/page/change_list.html"
    delete_confirmation_template = "admin/education/page/delete_confirmation.html"
    formfield_overrides = {
        models.JSONField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = ("title", "state", "updated_at", "review_state", "review_due")
    list_filter = ("status", DraftFilter, "review_state", "review_due")
    search_fields = ("title", "summary", "body", "search_words", "slug")
    list_per_page = 50
    autocomplete_fields = ("sources",)
    own_fields = ()

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
            return _("From %(day)s") % {"day": date_format(obj.publish_on)}
        if obj.draft_due:
            return _("Published; new text from %(day)s") % {"day": date_format(obj.draft_due)}
        return _("Published; draft waiting") if obj.draft_id else _("Published")

    # Saving: one button, one action.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id and self.get_object(request, object_id) is None:
            return self._typed_for_a_deleted_page(request) or super().changeform_view(request, None, form_url, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except publishing.Collision as collision:
            return self._keep_aside(request, collision)

    def save_model(self, request, obj, form, change):
        done = {"document": form.document, "by": request.user, "note": form.cleaned_data["note"]}
        if change:
            done |= {"page": obj, "based_on": form.cleaned_data["based_on"]}
        if "_publish" in request.POST:
            page = publishing.publish(**done)
        elif "_publish_on" in request.POST:
            page = publishing.publish(**done, publish_on=form.cleaned_data["publish_on"])
        else:
            page = publishing.save_draft(**done)
            if "_unpublish" in request.POST:
                page = publishing.unpublish(page=page, by=request.user, note=form.cleaned_data["note"])
        if change and "suggestion" in request.GET:
            publishing.keep_ours(page=page, by=request.user)
        obj.pk = page.pk
        form.saved = page
        request.saved_page = page
        for problem in find_problems(form.document.body, page.language):
            messages.warning(request, _("Text, line %(line)s: %(what)s.") % {"line": problem.line, "what": problem.message})

    def save_related(self, request, form, formsets, change):
        """Nothing is left to do: `publishing` wrote the links between pages too."""

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._saved(request, request.saved_page, None)

    def response_change(self, request, obj):
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._saved(request, request.saved_page, request.POST.get("slug"))

    def _saved(self, request, page, typed_slug):
        """Say what patients see now, and open the form again."""
        if "_unpublish" in request.POST:
            messages.success(request, _("Unpublished. Patients no longer see “%(page)s”.") % {"page": page})
        elif page.draft_due or (page.status == page.Status.PUBLISHED and not page.is_published):
            day = date_format(page.draft_due or page.publish_on)
            messages.success(request, _("“%(page)s” will be published on %(day)s.") % {"page": page, "day": day})
        elif "_publish" in request.POST:
            words = _("Published. Patients see “{}” now.")
            link = format_html('<a href="{}">{}</a>', page.get_absolute_url(), page) if has_preview(page) else page
            messages.success(request, format_html(words, link))
        elif page.draft_id:
            messages.success(request, _("Draft saved. Patients still see the published text."))
        else:
            messages.success(request, _("Draft saved. Patients do not see it until it is published."))
        if typed_slug and typed_slug != page.slug:
            messages.warning(
                request, _("The address changes when you publish; until then it stays “%(slug)s”.") % {"slug": page.slug}
            )
        return redirect(self._url("change", page.pk))

    def _keep_aside(self, request, collision):
        """Keep a text that came second, and lead to where it is decided."""
        if collision.mine is None:
            messages.error(request, _("Somebody changed the page meanwhile. Look at it again."))
            return redirect(self._url("change", collision.page.pk) if collision.page else self._url("deleted"))
        started = Revision.objects.get(pk=request.POST["based_on"])
        if collision.page is None:
            return self._keep_for_deleted(request, collision.mine, started)
        note = request.POST.get("note") or _("Kept aside: another text was saved first")
        document = replace(collision.mine, identity=Identity.from_string(collision.page.identity))
        mine = publishing.keep_aside(document=document, by=request.user, started_from=started, note=note)
        return redirect(f"{self._url('decide', collision.page.pk)}?mine={mine.pk}")

    def _typed_for_a_deleted_page(self, request):
        """Keep what was typed for a page that is gone; None where it is not whole, so that the form shows it again."""
        based_on = request.POST.get("based_on", "")
        own = Revision.objects.filter(page__contains=f"/{self.model.collection}/")
        started = own.filter(pk=based_on).first() if based_on.isdecimal() else None
        form = self.get_form(request)(request.POST)
        return self._keep_for_deleted(request, form.document, started) if started and form.is_valid() else None

    def _keep_for_deleted(self, request, document, started):
        document = replace(document, identity=Identity.from_string(started.page))
        note = request.POST.get("note") or _("Kept aside: the page was deleted")
        mine = publishing.keep_aside(document=document, by=request.user, started_from=started, note=note)
        messages.warning(request, _("The page was deleted while you were editing. Your text is kept: bring it back here."))
        return redirect(f"{self._url('deleted')}?mine={mine.pk}")

    def delete_model(self, request, obj):
        publishing.delete(page=obj, by=request.user)

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
                "page_urls": {name: self._url(name, obj.pk) for name in ("decide", "review", "history", "share", "preview")},
                "may_review": request.user.has_perm(publishing.REVIEW),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def admin_address(page):
    """Where a page is edited."""
    return reverse(f"admin:education_{page._meta.model_name}_change", args=[page.pk])

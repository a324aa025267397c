"""Looking at a page before patients do: as a whole, beside its form, and by a link for a colleague."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education import publishing
from education.documents import ContentErrors
from education.models import PreviewLink
from education.views.preview import has_preview, render_preview


class PreviewMixin:
    """For a ModelAdmin of pages: previews on the public template, shown in a new tab or in a frame beside the form."""

    def get_urls(self):
        name, view = f"education_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("add/preview/", view(require_POST(self.preview_view)), name=f"{name}_add_preview"),
            path("<path:object_id>/preview/", view(self.preview_view), name=f"{name}_preview"),
            path("<path:object_id>/share/", view(require_POST(self.share_view)), name=f"{name}_share"),
            path("<path:object_id>/share/<int:link_id>/end/", view(require_POST(self.end_link_view)), name=f"{name}_end_link"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        return _with_frame(super().add_view(request, form_url, extra_context))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return _with_frame(super().change_view(request, object_id, form_url, extra_context))

    def preview_view(self, request, object_id=None):
        """The page as patients would see it: with what is typed (POST), else with staff's newest text."""
        page = self.get_object(request, object_id) if object_id else None
        if (object_id and page is None) or not has_preview(self.model):
            raise Http404
        if not (self.has_view_permission(request, page) if page else self.has_add_permission(request)):
            raise PermissionDenied
        response = self._preview(request, page)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.content_security_policy = {"frame-ancestors": "'self'"}
        return response

    def share_view(self, request, object_id):
        """Make a link by which a colleague without an account reads the newest text, for a day."""
        page = self._page_to_look_at(request, object_id)
        if not has_preview(page):
            raise Http404
        token = publishing.share_preview(page.draft or page.revision, request.user)
        address = settings.SITE_URL + reverse("education:shared-preview", args=[token])
        words = _("Copy this link now, it is not shown again: {} It opens this version for 24 hours, for anyone who has it.")
        messages.success(request, format_html(words, format_html('<a href="{0}">{0}</a>', address)))
        return redirect(self._url("change", page.pk))

    def end_link_view(self, request, object_id, link_id):
        """End a preview link before its day is over."""
        page = self._page_to_look_at(request, object_id)
        link = get_object_or_404(self.preview_links(page), pk=link_id)
        publishing.revoke_preview(link, request.user)
        messages.success(request, _("The preview link is ended. It opens nothing any more."))
        return redirect(self._url("change", page.pk))

    def preview_links(self, page):
        """The links that open a version of a page now."""
        links = PreviewLink.objects.filter(revision__page=page.identity, revoked_at=None, expires_at__gt=timezone.now())
        return links.select_related("created_by")

    def _preview(self, request, page):
        """The page, or what has to be mended before it can be shown."""
        try:
            if request.method != "POST":
                return render_preview(request, publishing.staff_document(page), page)
            # The form changes the row that it is given.
            instance = self.get_object(request, str(page.pk)) if page else None
            form = self.get_form(request, page, change=page is not None)(request.POST, instance=instance)
            if form.is_valid():
                return render_preview(request, form.document, page)
            errors = [f"{form[name].label}: {' '.join(found)}" for name, found in form.errors.items() if name in form.fields]
            errors += form.non_field_errors()
        except ContentErrors as found:
            errors = [f"{error.key}: {error.message}" for error in found.errors]
        context = {**self.admin_site.each_context(request), "title": _("No preview yet"), "errors": errors}
        return TemplateResponse(request, "admin/education/page/no_preview.html", context, status=400)


def _with_frame(response):
    """Let a form show previews in a frame."""
    response.content_security_policy = {"frame-src": "'self'"}
    return response

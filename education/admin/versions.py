"""A page's versions in the admin: the list, what differs, bringing one back, and pages that were deleted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education import publishing
from education.admin.ids import as_id
from education.documents import ContentErrors, Identity, parse_text
from education.documents.compare import compare
from education.models import Revision

PER_PAGE = 50


class VersionsMixin:
    """For a ModelAdmin of pages: history, comparison, restore, deleted pages."""

    def get_urls(self):
        name = f"education_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("restore/<int:revision_id>/", view(require_POST(self.restore_view)), name=f"{name}_restore"),
            path("compare/<int:old_id>/<int:new_id>/", view(self.compare_view), name=f"{name}_compare"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """Every version of a page, newest first: when, who, from where, why."""
        page = self._page_to_look_at(request, object_id)
        if {"from", "to"} <= request.GET.keys():
            chosen = as_id(request.GET["from"]), as_id(request.GET["to"])
            if all(chosen):
                return redirect(self._url("compare", *sorted(chosen)))
        history = publishing.history(page).select_related("started_from")
        versions = Paginator(history, PER_PAGE).get_page(request.GET.get("page"))
        versions.object_list, older = list(versions.object_list), None
        for version in reversed(versions.object_list):
            version.older = version.started_from or older
            older = older if version.started_from else version
        context = {
            "title": _("History"),
            "page": page,
            "versions": versions,
            "may_restore": self.has_change_permission(request, page),
        }
        return self._render(request, "history", context | (extra_context or {}), page)

    def compare_view(self, request, old_id, new_id):
        """What changed from one version to another of the same page."""
        if not self.has_view_permission(request):
            raise Http404
        old, new = (get_object_or_404(Revision.objects.select_related("author"), pk=pk) for pk in (old_id, new_id))
        if any(Identity.from_string(version.page).collection != self.model.collection for version in (old, new)):
            raise Http404
        page = publishing.find_page(Identity.from_string(new.page))
        differences = compare(_document(old), _document(new))
        context = {"title": _("What changed"), "old": old, "new": new, "differences": self.named(differences)}
        return self._render(request, "compare", context, page)

    def deleted_view(self, request):
        """Pages of this kind that were deleted, each with its last text."""
        if not self.has_view_permission(request):
            raise Http404
        gone = publishing.deleted_pages().filter(page__contains=f"/{self.model.collection}/")
        gone = Paginator(gone, PER_PAGE).get_page(request.GET.get("page"))
        for version in gone:
            version.title = _document(version).get("title")
        aside = Revision.objects.exclude(started_from=None).filter(page__contains=f"/{self.model.collection}/")
        mine = aside.filter(pk=as_id(request.GET.get("mine"))).first()
        context = {"title": _("Deleted pages"), "versions": gone, "mine": mine, "may_restore": self.has_add_permission(request)}
        return self._render(request, "deleted", context)

    def restore_view(self, request, revision_id):
        """Make an earlier text the page's text again, or bring a deleted page back."""
        revision = get_object_or_404(Revision, pk=revision_id, page__contains=f"/{self.model.collection}/")
        there = publishing.find_page(Identity.from_string(revision.page))
        had_draft = there and there.draft_id
        try:
            page = publishing.restore(revision=revision, by=request.user)
        except ContentErrors as found:
            messages.error(request, _("It was not brought back: %(why)s.") % {"why": "; ".join(map(str, found.errors))})
            return redirect(self._url("history", there.pk) if there else self._url("deleted"))
        if had_draft:
            messages.warning(request, _("The draft that waited is in the history now; a day that was planned for it is off."))
        if page.draft_id:
            messages.success(request, _("The earlier text is back, as a draft. Look it over, then publish it."))
        elif page.is_published:
            messages.success(request, _("The earlier text is back, and patients see it now."))
        else:
            messages.success(request, _("The text is back, as a draft that patients do not see."))
        return redirect(self._url("change", page.pk))

    def named(self, differences):
        """Differences with the words that the form uses for each part."""
        labels = {field.name: field.verbose_name for field in self.opts.get_fields() if hasattr(field, "verbose_name")}
        labels |= {"aliases": _("old addresses")} | {name: words["label"] for name, words in self.words.items()}
        return [(str(labels.get(found.part, found.part)).capitalize(), found.lines) for found in differences]

    def _page_to_look_at(self, request, object_id):
        page = self.get_object(request, object_id)
        if page is None or not self.has_view_permission(request, page):
            raise Http404
        return page

    def _url(self, name, *args):
        return reverse(f"admin:education_{self.opts.model_name}_{name}", args=args)

    def _render(self, request, template, context, page=None):
        """One of the screens of a page, with what the admin's frame needs."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "original": page}
        return TemplateResponse(request, f"admin/education/page/{template}.html", frame | context)


def _document(revision):
    return parse_text(revision.text, Identity.from_string(revision.page))

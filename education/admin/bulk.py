"""Several pages at once: publish, unpublish, sign off, delete; each only after a screen that names the pages."""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.actions import delete_selected as ask_and_delete
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from education import publishing
from education.admin.ids import as_id
from education.admin.review import NEXT_REVIEW, SignOffForm
from education.admin.todo import TaskFilter
from education.documents import ContentErrors
from education.models import Page
from education.models.page import today
from education.prose import render_prose

# So many can be looked over on one screen.
MOST_PAGES = 50


class SignOffManyForm(SignOffForm):
    """Who read the pages, and when they should be read again."""

    based_on = None


@dataclass(frozen=True)
class Listed:
    """A page on the screen that asks: its row, its state in words, the revision shown, and its text where it is to be read."""

    page: Page
    state: str
    based_on: int
    text: str = ""
    also: tuple = ()


class BulkMixin:
    """For a ModelAdmin of pages: actions on its list. A page that cannot be done is told, and the others are done."""

    actions = ("publish_selected", "unpublish_selected", "review_selected", "delete_selected")
    delete_selected_confirmation_template = "admin/education/page/delete_selected.html"

    def get_list_filter(self, request):
        return (TaskFilter, *super().get_list_filter(request))

    def has_publish_permission(self, request):
        """Whether the user may publish pages of this kind."""
        return self.has_change_permission(request) and request.user.has_perm(publishing.PUBLISH)

    def has_review_permission(self, request):
        """Whether the user may sign pages off."""
        return request.user.has_perm(publishing.REVIEW)

    def changelist_view(self, request, extra_context=None):
        """The list; who sends an action that was not offered is refused, and not just asked to choose another."""
        sent = request.POST.getlist("action")
        if any(action in self.actions and action not in self.get_actions(request) for action in sent):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    @admin.action(description=gettext_lazy("Publish …"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        def publish(page, based_on):
            publishing.publish(page=page, by=request.user, based_on=based_on)

        words = {
            "title": _("Publish these pages?"),
            "what": _("Patients will see the newest text of each, from now on."),
            "button": _("Publish"),
        }
        return self._ask_or_do(request, queryset, publish, words, _published)

    @admin.action(description=gettext_lazy("Unpublish …"), permissions=["publish"])
    def unpublish_selected(self, request, queryset):
        def unpublish(page, based_on):
            publishing.unpublish(page=page, by=request.user, based_on=based_on)

        words = {
            "title": _("Unpublish these pages?"),
            "what": _("Patients will no longer find them. Their texts stay here, as drafts."),
            "button": _("Unpublish"),
        }
        return self._ask_or_do(request, queryset, unpublish, words, _unpublished)

    @admin.action(description=gettext_lazy("Mark reviewed …"), permissions=["review"])
    def review_selected(self, request, queryset):
        name = request.user.get_full_name() or request.user.get_username()
        initial = {"reviewed_by": name, "review_due": today() + NEXT_REVIEW}
        form = SignOffManyForm(request.POST if "confirmed" in request.POST else None, initial=initial)

        def sign_off(page, based_on):
            publishing.mark_reviewed(page=page, by=request.user, reviewed_on=today(), based_on=based_on, **form.cleaned_data)

        words = {
            "title": _("Sign these pages off?"),
            "what": _("Open and read each text. If anybody changes one later, its page says so."),
            "button": _("I have read them all: sign off"),
        }
        return self._ask_or_do(request, queryset, sign_off, words, _signed_off, form=form)

    @admin.action(description=ask_and_delete.short_description, permissions=["delete"])
    def delete_selected(self, request, queryset):
        """Django's own, which also tells what leads to the pages."""
        if too_many := self._too_many(request, queryset):
            return too_many
        response = ask_and_delete(self, request, queryset)
        if response:
            chosen = list(queryset)
            linked = {one: None for page in chosen for one in publishing.linked_from(page) if one not in chosen}
            response.context_data["linked"] = [(one, _form_of(one)) for one in linked]
        return response

    def get_deleted_objects(self, objs, request):
        """As Django has it, and what is published only those delete who may publish."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if any(page.status == Page.Status.PUBLISHED for page in objs) and not request.user.has_perm(publishing.PUBLISH):
            lacking = {*lacking, _("published %(pages)s") % {"pages": self.opts.verbose_name_plural}}
        return found, counts, lacking, protected

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for page in queryset:
            with suppress(publishing.Collision):  # somebody else deleted it meanwhile
                publishing.delete(page=page, by=request.user)

    def _ask_or_do(self, request, queryset, act, words, done, form=None):
        if too_many := self._too_many(request, queryset):
            return too_many
        if "confirmed" not in request.POST or (form and not form.is_valid()):
            return self._ask(request, queryset, words, form)
        shown = (pair.partition(":") for pair in request.POST.getlist("based_on"))
        rows = {str(page.pk): page for page in queryset}
        count = 0
        for pk, _colon, based_on in shown:
            page = rows.get(pk)
            reason = _attempt(act, page, based_on) if page else _("it was deleted meanwhile")
            if reason:
                refused = _("Not done: %(page)s: %(reason)s.") % {"page": page or _("a page"), "reason": reason}
                messages.warning(request, refused)
            else:
                count += 1
        if count:
            messages.success(request, done(count))
        return redirect(request.get_full_path())

    def _ask(self, request, queryset, words, form):
        pages = list(queryset.select_related("revision"))
        texts = _render_texts(pages) if form else [""] * len(pages)
        listed = [
            Listed(
                page,
                self.state(page),
                (not form and page.draft_id) or page.revision_id,
                text,
                form and self.also_signed_off(page),
            )
            for page, text in zip(pages, texts, strict=True)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "words": words,
            "title": words["title"],
            "listed": listed,
            "count": len(listed),
            "form": form,
            "action": request.POST["action"],
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/education/page/bulk.html", context)

    def _too_many(self, request, queryset):
        """A redirect back, where more pages are chosen than anybody can look over."""
        count = queryset.count()
        if count <= MOST_PAGES:
            return None
        words = _("Choose up to %(most)d pages at a time; you chose %(count)d. Nothing was done.")
        messages.error(request, words % {"most": MOST_PAGES, "count": count})
        return redirect(request.get_full_path())


def _form_of(page):
    return reverse(f"admin:education_{page._meta.model_name}_change", args=[page.pk])


def _render_texts(pages):
    """The HTML of pages' texts as patients see them."""
    prefixes = [f"{page.collection}-{page.pk}-" for page in pages]
    return [body.html for body in render_prose([page.body for page in pages], pages[0].language, id_prefixes=prefixes).bodies]


def _attempt(act, page, based_on):
    """Do it to one page; gives why not, if not."""
    try:
        act(page, as_id(based_on))
    except publishing.Collision as collision:
        return _("somebody changed it meanwhile") if collision.page else _("it was deleted meanwhile")
    except PermissionDenied:
        return _("you may not do that")
    except ContentErrors as found:
        return "; ".join(error.message for error in found.errors)
    except (ValidationError, IntegrityError):
        return _("it does not fit to the other pages")
    return None


def _published(count):
    return ngettext("%(count)d page is public now.", "%(count)d pages are public now.", count) % {"count": count}


def _unpublished(count):
    words = ngettext("Patients no longer see %(count)d page.", "Patients no longer see %(count)d pages.", count)
    return words % {"count": count}


def _signed_off(count):
    return ngettext("%(count)d page was signed off.", "%(count)d pages were signed off.", count) % {"count": count}

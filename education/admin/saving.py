"""What a button of a page's form does, what it says then, and what becomes of a text that came second."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education import publishing
from education.admin.ids import as_id
from education.documents import ContentErrors, Identity
from education.documents.review import REVIEW_MARK
from education.models import ContentFile, Revision
from education.prose import find_problems
from education.views.preview import has_preview

# What a text is compared without, when the same form was sent twice.
_SET_BY_BUTTONS = ("status", "publish_on", *REVIEW_MARK)


class SavingMixin:
    """For a ModelAdmin of pages: one button of the form, one action of `education.publishing`."""

    def get_urls(self):
        name, view = f"education_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<path:object_id>/unpublish/", view(require_POST(self.unpublish_view)), name=f"{name}_unpublish"),
            path("<path:object_id>/discard/", view(require_POST(self.discard_view)), name=f"{name}_discard"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._refuse_what_no_form_sends(request)
        if request.method == "POST" and object_id and self.get_object(request, object_id) is None:
            return self._typed_for_a_deleted_page(request) or super().changeform_view(request, None, form_url, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except publishing.Collision as collision:
            return self._keep_aside(request, collision)
        except (ContentErrors, IntegrityError) as error:
            # Another page was saved between the form's own check and the writing. The browser still has the text.
            reasons = [one.message for one in error.errors] if isinstance(error, ContentErrors) else [_("the address is taken")]
            messages.error(request, _("It was not saved: %(why)s.") % {"why": "; ".join(reasons)})
            return redirect(request.get_full_path())

    def _refuse_what_no_form_sends(self, request):
        """A button that the form does not have, pages that are no numbers: Django would fail while it shows the form again."""
        pages = [value for name in self.autocomplete_fields for value in request.POST.getlist(name) if value]
        if "_saveasnew" in request.POST or None in map(as_id, pages):
            raise SuspiciousOperation("not from a page's form")

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
            self._tell_of_the_day(request, page, form.cleaned_data["publish_on"])
        if change and "suggestion" in request.GET:
            self._settle(request, page)
        if (
            change
            and page.slug != (old := form.before.identity.slug)
            and old in publishing.live_document(page).get("aliases", ())
        ):
            messages.info(request, _("The old address, “%(old)s”, leads to the new one.") % {"old": old})
        obj.pk = page.pk
        request.saved_page = page
        for problem in find_problems(form.document.body, page.language):
            messages.warning(request, _("Text, line %(line)s: %(what)s.") % {"line": problem.line, "what": problem.message})

    def save_related(self, request, form, formsets, change):
        """Nothing is left to do: `publishing` wrote the links between pages too."""

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._saved(request)

    def response_change(self, request, obj):
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._saved(request)

    def unpublish_view(self, request, object_id):
        """Take the page from the public at once, whatever stands in its form."""
        page = publishing.unpublish(page=self._page_to_look_at(request, object_id), by=request.user)
        messages.success(request, _("Unpublished. Patients no longer see “%(page)s”.") % {"page": page})
        return redirect(self._url("change", page.pk))

    def discard_view(self, request, object_id):
        """Throw the draft away; it stays in the history."""
        page = publishing.discard_draft(page=self._page_to_look_at(request, object_id), by=request.user)
        messages.success(request, _("The draft is thrown away. It is still in the history."))
        return redirect(self._url("change", page.pk))

    def _saved(self, request):
        """Say what patients see now, and open the form again."""
        page = request.saved_page
        day = page.draft_due or (page.publish_on if page.status == page.Status.PUBLISHED and not page.is_published else None)
        words = {"page": page, "day": date_format(day) if day else ""}
        if day and page.draft_id and not page.draft_due:
            messages.success(request, _("Draft saved. The text before it still becomes public on %(day)s.") % words)
        elif day:
            messages.success(request, _("“%(page)s” will be published on %(day)s.") % words)
        elif "_publish" in request.POST:
            link = format_html('<a href="{}">{}</a>', page.get_absolute_url(), page) if has_preview(page) else page
            messages.success(request, format_html(_("Published. Patients see “{}” now."), link))
        elif page.draft_id:
            messages.success(request, _("Draft saved. Patients still see the published text."))
        elif page.is_published:
            messages.success(request, _("Nothing was changed. Patients see this text."))
        else:
            messages.success(request, _("Draft saved. Patients do not see it until it is published."))
        return redirect(self._url("change", page.pk))

    def _tell_of_the_day(self, request, page, day):
        if day and day not in (page.draft_due, page.publish_on):
            words = _("No day is planned for this draft. Press “Publish on %(day)s” to plan it.")
            messages.warning(request, words % {"day": date_format(day)})

    def _settle(self, request, page):
        """A suggestion was put together with staff's text: it is decided once patients see the result."""
        if not ContentFile.objects.filter(page=page.identity).exclude(suggestion="").exists():
            return
        if page.draft_id:
            messages.warning(request, _("The content file’s text waits for your decision until this draft is published."))
        else:
            publishing.keep_ours(page=page, by=request.user)

    def _keep_aside(self, request, collision):
        """Keep a text that came second, and lead to where it is decided."""
        if collision.page and _says_the_same(collision.mine, collision.page):
            messages.success(request, _("This text is saved already."))
            return redirect(self._url("change", collision.page.pk))
        started = Revision.objects.get(pk=request.POST["based_on"])
        if collision.page is None:
            return self._keep_for_deleted(request, collision.mine, started)
        note = request.POST.get("note") or _("Kept aside: another text was saved first")
        document = replace(collision.mine, identity=Identity.from_string(collision.page.identity))
        mine = publishing.keep_aside(document=document, by=request.user, started_from=started, note=note)
        return redirect(f"{self._url('decide', collision.page.pk)}?mine={mine.pk}")

    def _typed_for_a_deleted_page(self, request):
        """Keep what was typed for a page that is gone; None where it is not whole, so that the form shows it again."""
        own = Revision.objects.filter(page__contains=f"/{self.model.collection}/")
        started = own.filter(pk=as_id(request.POST.get("based_on"))).first()
        kind = self.get_form(request)
        kind.is_of_a_deleted_page = True
        form = kind(request.POST)
        return self._keep_for_deleted(request, form.document, started) if started and form.is_valid() else None

    def _keep_for_deleted(self, request, document, started):
        document = replace(document, identity=Identity.from_string(started.page))
        note = request.POST.get("note") or _("Kept aside: the page was deleted")
        mine = publishing.keep_aside(document=document, by=request.user, started_from=started, note=note)
        messages.warning(request, _("The page was deleted while you were editing. Your text is kept: bring it back here."))
        return redirect(f"{self._url('deleted')}?mine={mine.pk}")


def _says_the_same(document, page):
    """Whether a document is the page's newest text already: the same form was sent twice."""
    present = publishing.staff_document(page)
    same = dict.fromkeys(_SET_BY_BUTTONS)
    return document is not None and document.changed(**same) == present.changed(**same)

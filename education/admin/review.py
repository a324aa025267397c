"""A clinician reads a whole page in the admin and signs it off."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education import publishing
from education.documents import ContentErrors
from education.documents.compare import compare
from education.documents.review import NOT_REVIEWED
from education.models.page import today
from education.prose import render_prose
from education.views.preview import has_preview

# NHS.uk reads its pages again at least every 3 years, most health sites yearly.
NEXT_REVIEW = timedelta(days=365)


class SignOffForm(forms.Form):
    """Who read the page, and when it should be read again."""

    reviewed_by = forms.CharField(
        max_length=150, label=gettext_lazy("Your name and title"), help_text=gettext_lazy("Patients see it on the page.")
    )
    review_due = forms.DateField(
        label=gettext_lazy("Read it again by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def clean_review_due(self):
        """A day ahead."""
        due = self.cleaned_data["review_due"]
        if due <= today():
            raise ValidationError(_("Choose a day after today."))
        return due


class ReviewMixin:
    """For a ModelAdmin of pages: the screen on which the public text is signed off."""

    def get_urls(self):
        name = f"education_{self.opts.model_name}_review"
        return [path("<path:object_id>/review/", self.admin_site.admin_view(self.review_view), name=name), *super().get_urls()]

    def review_view(self, request, object_id):
        """The whole text as patients see it, and below it the sign-off, which is bound to this very text."""
        page = self._page_to_look_at(request, object_id)
        if not request.user.has_perm(publishing.REVIEW):
            raise PermissionDenied
        if page.status != page.Status.PUBLISHED:
            messages.error(request, _("Only what is published can be signed off."))
            return redirect(self._url("change", page.pk))
        name = request.user.get_full_name() or request.user.get_username()
        initial = {"reviewed_by": name, "review_due": today() + NEXT_REVIEW, "based_on": page.revision_id}
        form = SignOffForm(request.POST or None, initial=initial)
        if form.is_valid() and (done := self._sign_off(request, page, form)):
            return done
        prose = render_prose([page.body], page.language)
        context = {"title": _("Review this page"), "form": form, "page": page, "prose": prose, "media": self.media}
        context |= {"also": self.also_signed_off(page), "has_preview": has_preview(page)}
        return self._render(request, "review", context, page)

    def also_signed_off(self, page):
        """What a sign-off holds besides title, summary and text, as pairs of its name and its lines."""
        shown = {"title", "summary", "body", "slug", *NOT_REVIEWED}
        found = [one for one in compare(None, publishing.live_document(page)) if one.part not in shown]
        return [(name, ["".join(text for text, _changed in line.pieces) for line in lines]) for name, lines in self.named(found)]

    def _sign_off(self, request, page, form):
        signed = {key: form.cleaned_data[key] for key in ("reviewed_by", "review_due", "based_on")}
        try:
            page = publishing.mark_reviewed(page=page, by=request.user, reviewed_on=today(), **signed)
        except publishing.Collision:
            messages.error(request, _("The text was changed while you were reading. Please read it again."))
            return redirect(self._url("review", page.pk))
        except ContentErrors as found:
            form.add_error("reviewed_by", [error.message for error in found.errors])
            return None
        messages.success(request, _("Signed off. The page now says that you reviewed it."))
        return redirect(self._url("change", page.pk))

"""Two texts of one page stand against each other: two editors saved, or a content file and staff changed the same part."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _

from education import publishing
from education.admin.ids import as_id
from education.documents import Document, Identity, merge, parse_text
from education.documents.compare import compare
from education.models import ContentFile, Revision


@dataclass(frozen=True)
class Dispute:
    """Two texts to decide between. `ours` is what the page has now, `theirs` what stands against it, as documents.

    `base` is what both started from, None where it is not known. `revision` is the kept text of an editor who came second;
    without one, the dispute is with the content file. `parts` are those to decide, None for all.
    """

    ours: Document
    theirs: Document
    base: Document | None = None
    revision: Revision | None = None
    parts: tuple[str, ...] | None = None

    @property
    def differences(self):
        """What choosing `theirs` would change."""
        found = compare(self.ours, self.theirs)
        return [one for one in found if self.parts is None or one.part in self.parts]

    @property
    def mixed(self):
        """Both texts put together; where both changed the same part, it is theirs."""
        return merge(base=self.base, file=self.ours, staff=self.theirs).document if self.base else self.theirs


class DecideMixin:
    """For a ModelAdmin of pages: the screen on which such a dispute is decided."""

    def get_urls(self):
        name = f"education_{self.opts.model_name}_decide"
        return [path("<path:object_id>/decide/", self.admin_site.admin_view(self.decide_view), name=name), *super().get_urls()]

    def decide_view(self, request, object_id):
        """Both texts, what differs, and a button for each way to end it."""
        page = self.get_object(request, object_id)
        if page is None or not self.has_view_permission(request, page):
            raise Http404
        dispute = self.find_dispute(request, page)
        if dispute is None:
            messages.info(request, _("There is nothing to decide on this page any more."))
            return redirect(self._url("change", page.pk))
        if request.method == "POST":
            if not self._may_decide(request, page, dispute):
                raise PermissionDenied
            try:
                return self._decide(request, page, dispute)
            except publishing.Collision:
                messages.warning(request, _("Somebody saved the page meanwhile. Look at both texts again."))
                return redirect(request.get_full_path())
        context = {
            "title": _("Two texts to decide between"),
            "dispute": dispute,
            "differences": self.named(dispute.differences),
            "present": page.draft or page.revision,
            "may_decide": self._may_decide(request, page, dispute),
            "merge_url": f"{self._url('change', page.pk)}?{request.GET.urlencode() or 'suggestion=1'}",
        }
        return self._render(request, "decide", context, page)

    def find_dispute(self, request, page):
        """The dispute that a request is about: with `mine=<revision>` the editor's own kept text, else the content file."""
        if "mine" in request.GET:
            return _between_editors(request.GET["mine"], page)
        file = ContentFile.objects.filter(page=page.identity).exclude(suggestion="").first()
        if file is None:
            return None
        theirs = parse_text(file.suggestion, Identity.from_string(file.page)._replace(slug=file.slug))
        base = parse_text(file.text, Identity.from_string(file.page)) if file.text else None
        return Dispute(publishing.staff_document(page), theirs, base, parts=tuple(file.conflicts))

    def _may_decide(self, request, page, dispute):
        may_publish = page.status != page.Status.PUBLISHED or request.user.has_perm(publishing.PUBLISH)
        return self.has_change_permission(request, page) and bool(dispute.revision or may_publish)

    def _decide(self, request, page, dispute):
        keep, done = "keep" in request.POST, {"page": page, "by": request.user, "based_on": as_id(request.POST.get("based_on"))}
        if not keep and "take" not in request.POST:
            return redirect(request.get_full_path())
        if dispute.revision and not keep:
            note = _("Chosen over what was saved meanwhile")
            publishing.save_draft(document=dispute.theirs, note=note, **done)
            messages.success(request, _("Your text is the draft now. The other one is in the history."))
        elif dispute.revision:
            messages.success(request, _("The text saved meanwhile stays. Yours is in the history."))
        elif keep:
            publishing.keep_ours(**done)
            messages.success(request, _("The text here stays. The next export writes it to the content file."))
        else:
            publishing.accept_suggestion(**done)
            messages.success(request, _("The content file's text was taken over."))
        return redirect(self._url("change", page.pk))


def _between_editors(pk, page):
    mine = get_object_or_404(Revision, pk=as_id(pk), page=page.identity, started_from__isnull=False)
    identity = Identity.from_string(page.identity)
    base = parse_text(mine.started_from.text, identity)
    return Dispute(publishing.staff_document(page), parse_text(mine.text, identity), base, mine)

"""Deleting pages, and bringing earlier texts back."""

from django.db import transaction

from education.documents import Identity, parse_text
from education.models import Alias, Revision
from education.publishing import audit
from education.publishing.actions import connect_others_to
from education.publishing.pages import find_page, live_document, page_at
from education.publishing.permissions import ANY, PUBLISH, allowed, require
from education.publishing.signals import pages_changed
from education.publishing.texts import carry_review, write_draft, write_live


@transaction.atomic
def restore(*, revision, by, note=""):
    """Bring an earlier text back, as a new revision. Gives the row.

    A deleted page comes back as a draft, with those of its old addresses that no other page has meanwhile. Any other
    keeps its present addresses, status and review: those are not the text's to change. Where the public sees the page
    and `by` may not publish, the earlier text becomes a draft.
    """
    identity = Identity.from_string(revision.page)
    document, page = parse_text(revision.text, identity), page_at(identity)
    page = allowed(identity.collection, page, by)
    done = {"note": note or f"Restored from {revision.created_at:%Y-%m-%d %H:%M} UTC", "origin": Revision.Origin.RESTORE}
    if page is None:
        free = tuple(alias for alias in document.get("aliases", ()) if not find_page(identity._replace(slug=alias)))
        page = write_live(document.changed(status=None, publish_on=None, aliases=free), None, by, **done)
        connect_others_to(identity)
    else:
        present = live_document(page)
        document = document.changed(**{key: present.get(key) for key in ("status", "publish_on", "aliases")})
        beside = page.status == page.Status.PUBLISHED and not by.has_perm(PUBLISH)
        page = (write_draft if beside else write_live)(carry_review(document, page), page, by, **done)
    audit.done("restored", by, page.identity)
    return page


@transaction.atomic
def delete(*, page, by, based_on=ANY):
    """Remove a page. Its revisions stay, so that `restore` can bring it back; import does not bring it back by itself.

    Its old addresses lead nowhere then. One that is published only those who publish delete. Raises ProtectedError
    while another page cannot be without it.
    """
    page = allowed(page.collection, page, by, action="delete", based_on=based_on)
    if page.status == page.Status.PUBLISHED:
        require(by, PUBLISH, "delete what is published", page.identity)
    audit.done("deleted", by, page.identity)
    Alias.objects.filter(language=page.language, collection=page.collection, target=page.slug).delete()
    page.delete()
    pages_changed.send(sender=delete, pages=[page])

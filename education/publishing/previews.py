"""Links by which a colleague reads one version of a page, for a day."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from education.documents import Identity, digest
from education.models import PAGE_MODELS, PreviewLink
from education.publishing import audit
from education.publishing.permissions import PUBLISH

LIFETIME = timedelta(hours=24)


def share_preview(revision, by):
    """Make a link to one revision; gives its token (256 bits), which is kept nowhere and cannot be had again.

    Raises PermissionDenied unless `by` may see the page.
    """
    name = PAGE_MODELS[Identity.from_string(revision.page).collection]._meta.model_name
    if not any(by.has_perm(f"education.{action}_{name}") for action in ("view", "change")):
        audit.refused("share previews", by, revision.page)
        raise PermissionDenied(f"{by} may not share previews")
    now, token = timezone.now(), secrets.token_urlsafe(32)
    PreviewLink.objects.filter(expires_at__lte=now).delete()
    PreviewLink.objects.create(revision=revision, token_digest=digest(token), created_by=by, expires_at=now + LIFETIME)
    audit.done("preview shared", by, revision.page)
    return token


def find_preview(token):
    """The revision that a link's token opens; None when there is no such link, it is over, or its maker's account is."""
    links = PreviewLink.objects.filter(expires_at__gt=timezone.now(), revoked_at=None, created_by__is_active=True)
    link = links.filter(token_digest=digest(token)).select_related("revision").first()
    return link and link.revision


def revoke_preview(link, by):
    """End a link now. Its maker may, and those who publish; raises PermissionDenied for others."""
    if link.created_by_id != by.pk and not by.has_perm(PUBLISH):
        audit.refused("revoke previews", by, link.revision.page)
        raise PermissionDenied(f"{by} may not revoke previews")
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    audit.done("preview revoked", by, link.revision.page)

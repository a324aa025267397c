"""Who may do what, and to which version of a page."""

from django.core.exceptions import PermissionDenied

from education.documents import Identity
from education.models import PAGE_MODELS
from education.publishing import audit
from education.publishing.pages import locked, page_at

PUBLISH = "education.publish_pages"
REVIEW = "education.review_pages"

# For `based_on`: whichever version of the page is there.
ANY = object()


class Collision(Exception):  # noqa: N818 - nobody did anything wrong
    """Someone else changed the page meanwhile. Nothing was written.

    `page` is its row as it is now, None when it was deleted; `mine` the document that would have been written, if any.
    """

    def __init__(self, page, mine=None):
        super().__init__(f"{page.identity} was changed meanwhile" if page else "the page was deleted meanwhile")
        self.page, self.mine = page, mine


def require(by, permission, what, page=""):
    """Raise PermissionDenied, and log it, unless `by` has a permission; `what` says what it is for."""
    if not by.has_perm(permission):
        audit.refused(what, by, page)
        raise PermissionDenied(f"{by} may not {what}")


def allowed(collection, page, by, *, action=None, based_on=ANY, mine=None):
    """The page's row as it is now, locked; None for a new page.

    Raises PermissionDenied unless `by` may add (a new page), change or delete it, Collision as `current` does.
    """
    model = PAGE_MODELS[collection]
    action = action or ("change" if page else "add")
    name = page.identity if page else ""
    require(by, f"education.{action}_{model._meta.model_name}", f"{action} {model._meta.verbose_name_plural}", name)
    return page and current(page, based_on=based_on, mine=mine)


def current(page, *, based_on=ANY, mine=None):
    """The page's row as it is now, locked.

    Raises Collision when it was deleted, or when its newest text is not the revision whose id is `based_on`.
    """
    try:
        row = locked(type(page), page.pk)
    except type(page).DoesNotExist:
        raise Collision(page_at(Identity.from_string(page.identity)), mine) from None
    if based_on is not ANY and based_on != (row.draft_id or row.revision_id):
        raise Collision(row, mine)
    return row

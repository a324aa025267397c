"""Texts that came second: nothing that somebody typed is lost, though another had saved first."""

from education.documents import digest, parse_text, serialize
from education.documents.review import with_best_review, without_review
from education.models import PAGE_MODELS, Revision
from education.publishing.permissions import require


def keep_aside(*, document, by, started_from, note=""):
    """Keep the `document` that ran into a `Collision`, in the page's history and nowhere else; gives its revision.

    `started_from` is the revision its author had begun with, whose review the text keeps: a review is never typed in here.
    Raises PermissionDenied unless `by` may change such pages.
    """
    model = PAGE_MODELS[document.identity.collection]
    require(by, f"education.change_{model._meta.model_name}", f"change {model._meta.verbose_name_plural}", document.identity)
    document = without_review(document)
    if started_from and started_from.page == str(document.identity):
        document = with_best_review(document, [parse_text(started_from.text, document.identity)])
    text = serialize(document)
    return Revision.objects.create(
        page=str(document.identity),
        text=text,
        digest=digest(text),
        origin=Revision.Origin.STAFF,
        note=note[:200],
        author=by,
        started_from=started_from,
    )

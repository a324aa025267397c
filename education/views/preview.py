"""A page as it would be once published: for staff, and for a colleague with a link."""

import copy

from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import resolve
from django.utils.translation import override
from django.views.decorators.http import require_safe

from education.documents import ContentErrors, Identity, parse_text
from education.publishing import Change, find_page, find_preview, record

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def has_preview(page):
    """Whether there is a public page to look at; sources have none of their own."""
    return hasattr(page, "get_absolute_url")


def render_preview(request, document, page=None):
    """The response that `document` (with `page` its row, None for a new page) would get at its public address.

    It is published in a transaction that is then undone, so nothing is shown otherwise than it will be. Raises
    ContentErrors where the text cannot stand beside the other pages.
    """
    request = copy.copy(request)
    request.method, request.GET, request.POST = "GET", QueryDict(), QueryDict()
    request.is_preview = True
    with transaction.atomic(), override(document.identity.language):
        row = record([Change(document.changed(status="published", publish_on=None), page)])[0]
        request.path = request.path_info = row.get_absolute_url().partition("#")[0]
        request.resolver_match = view, args, kwargs = resolve(request.path)
        response = view(request, *args, **kwargs).render()
        transaction.set_rollback(True)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
def shared(request, token):
    """The revision that a preview link was made for. 404 once the link has ended, its page is gone, or it never was."""
    revision = find_preview(token)
    page = revision and find_page(Identity.from_string(revision.page))
    if not page:
        raise Http404("no preview has this address")
    try:
        return render_preview(request, parse_text(revision.text, Identity.from_string(page.identity)), page)
    except ContentErrors:
        raise Http404("this version no longer fits to the other pages") from None

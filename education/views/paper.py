"""What pages need on paper: the site's address in front of its own links, and PDFs."""

import logging
from copy import copy

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from education.handouts import PdfFailed, pdf_maker, qr_svg

logger = logging.getLogger(__name__)

# What has a PDF; the other pages are lists to find one's way by.
WITH_PDF = {"topic-detail", "condition-detail", "faq-detail", "packet-detail", "picked-packet"}


@require_safe
@cache_control(public=True, max_age=3600)
def stylesheet(request):
    """What the print styles cannot know by themselves."""
    return HttpResponse(_paper_css(), content_type="text/css")


@require_safe
def pdf(request, path):
    """The page at a path as a PDF, laid out as it would print: on Letter, or with `?paper=a4`; with `?print=large` larger.

    Where none can be made, the page itself with a word that says so.
    """
    address = f"/{path}"
    page = _page_at(address, request)
    if "Location" in page.headers:
        target = reverse("education:pdf", args=[page.headers["Location"].lstrip("/")])
        return HttpResponseRedirect(f"{target}?{request.GET.urlencode()}")
    make_pdf = pdf_maker()
    if make_pdf is None:
        return _instead(page, _("This website cannot make PDF files right now."), status=200)
    paper = "a4" if request.GET.get("paper") == "a4" else "letter"
    try:
        data = make_pdf(page.render().content.decode(), address, paper=paper, files=_made_files(page.context_data))
    except PdfFailed:
        logger.exception("no PDF of %s", address)
        return _instead(_page_at(address, request), _("This website cannot make PDF files right now."), status=503)
    if data is None:
        return _instead(_page_at(address, request), _("Another PDF is being made. Try again in a few seconds."), status=503)
    name = address.strip("/").rpartition("/")[2][:60]
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _page_at(address, request):
    """The response that a reader of one of the pages with a PDF would get, not yet rendered."""
    try:
        match = resolve(address)
    except Resolver404 as error:
        raise Http404 from error
    if match.url_name not in WITH_PDF or match.namespace != "education":
        raise Http404
    request = copy(request)
    request.path = request.path_info = address
    request.resolver_match = match
    return match.func(request, *match.args, **match.kwargs)


def _instead(page, reason, *, status):
    page.context_data["no_pdf"] = reason
    page.status_code = status
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def _made_files(context):
    """What a page shows that is not a file: `{path: (bytes, media type)}`."""
    files = {reverse("education:paper-css"): (_paper_css().encode(), "text/css")}
    if "qr" in context:
        files[context["qr"]] = (qr_svg(context["address"]), "image/svg+xml")
    return files


def _paper_css():
    page = _("p.")  # before the number of a page, on paper
    return f':root {{ --site: "{settings.SITE_URL}"; --page: "{page}"; }}\n'

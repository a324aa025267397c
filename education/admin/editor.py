"""What the Markdown editor asks the server for: a preview, advice, pages to link to, and a place for pictures.

django-markdownx brings views for preview and pictures that are open to anyone; these are for staff who may edit a page.
"""

from functools import wraps

from django.contrib import admin
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from education.admin.coach import Advice, add_term_url
from education.admin.linking import find_targets
from education.images import PictureRefused, store_picture
from education.models import PAGE_MODELS
from education.models.page import BODY_MAX_LENGTH
from education.prose import render_prose
from education.publishing import audit
from education.rendering.body import PICTURE_TO_DESCRIBE

# In the order in which they run.
EDITOR_MEDIA = (
    "js/editor.js",
    "js/editor-text.js",
    "js/editor-dialog.js",
    "js/editor-toolbar.js",
    "js/editor-coach.js",
    "js/keep-typing.js",
)

SEARCH_MAX_LENGTH = 200


def may_edit(user):
    """Whether a user is staff and may add or change any kind of page. Who left (is not active) may nothing."""
    permissions = (
        f"education.{action}_{model._meta.model_name}" for model in PAGE_MODELS.values() for action in ("add", "change")
    )
    return user.is_staff and any(map(user.has_perm, permissions))


def editors_only(view):
    """Refuse everyone else with JSON, which the editor can show, instead of a login page it would put into the text."""

    @wraps(view)
    def checked(request):
        if not may_edit(request.user):
            return _refused("Log in again to go on. Your text is still here.", 403)
        if len(request.POST.get("content", "")) > BODY_MAX_LENGTH or len(request.POST.get("body", "")) > BODY_MAX_LENGTH:
            return _refused(f"The text is longer than {BODY_MAX_LENGTH:,} characters.", 400)
        response = view(request)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return never_cache(require_POST(checked))


@editors_only
def preview(request):
    """The HTML that patients will see for the Markdown in `content`."""
    return HttpResponse(render_prose([request.POST.get("content", "")], get_language()).bodies[0].html)


@editors_only
def coach(request):
    """Advice on a page as it stands in its form: all of the form's fields, and in `form` the address of the form."""
    try:
        match = resolve(request.POST.get("form", ""))
    except Resolver404:
        return _refused("This is not the form of a page.", 400)
    model_admin = getattr(match.func, "model_admin", None)
    is_form = (match.url_name or "").endswith(("_add", "_change"))
    if not is_form or model_admin is None or model_admin.model not in PAGE_MODELS.values():
        return _refused("This is not the form of a page.", 400)
    page = None
    if "object_id" in match.kwargs:
        page = model_admin.get_object(request, match.kwargs["object_id"])
        may = page is not None and model_admin.has_change_permission(request, page)
    else:
        may = model_admin.has_add_permission(request)
    if not may:
        return _refused("You may not edit this page, or it is gone.", 403)
    form = model_admin.get_form(request, page, change=page is not None)(request.POST, instance=page)
    advice = Advice(form, may_explain=request.user.has_perm("education.add_glossaryterm"))
    return render(request, "markdownx/coach.html", {"advice": advice})


@editors_only
def targets(request):
    """Pages whose titles hold the words in `words`, as buttons that each know the Markdown of a link to it."""
    words = request.POST.get("words", "")[:SEARCH_MAX_LENGTH].strip()
    context = {"words": words, "targets": find_targets(words, get_language())}
    if words and request.user.has_perm("education.add_glossaryterm"):
        context["new_term"] = add_term_url(words)
    return render(request, "markdownx/targets.html", context)


@editors_only
def upload(request):
    """Store the picture in `image`; gives the Markdown that shows it, with words to replace."""
    if "image" not in request.FILES:
        return _refused("Send one picture.", 400)
    try:
        address = store_picture(request.FILES["image"])
    except PictureRefused as refused:
        audit.happened("upload refused", request.user, reason=str(refused))
        return _refused(str(refused), 400)
    return JsonResponse({"image_code": f"![{PICTURE_TO_DESCRIBE}]({address})"})


def logout(request):
    """Log out as the admin does, and have the browser forget what it kept of this site: unsaved text above all."""
    response = admin.site.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _refused(message, status):
    return JsonResponse({"error": message}, status=status)

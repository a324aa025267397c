"""What the Markdown editor asks the server for: a preview, and a place for pictures.

django-markdownx brings views for both that are open to anyone; these are for staff who may edit a page.
"""

from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from education.images import PictureRefused, store_picture
from education.models import PAGE_MODELS
from education.models.page import BODY_MAX_LENGTH
from education.prose import render_prose
from education.rendering.body import PICTURE_TO_DESCRIBE


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
            return JsonResponse({"error": "Log in again to go on. Your text is still here."}, status=403)
        return view(request)

    return never_cache(require_POST(checked))


@editors_only
def preview(request):
    """The HTML that patients will see for the Markdown in `content`."""
    text = request.POST.get("content", "")
    if len(text) > BODY_MAX_LENGTH:
        return JsonResponse({"error": f"The text is longer than {BODY_MAX_LENGTH:,} characters."}, status=400)
    response = HttpResponse(render_prose([text], get_language()).bodies[0].html)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@editors_only
def upload(request):
    """Store the picture in `image`; gives the Markdown that shows it, with words to replace."""
    if "image" not in request.FILES:
        return JsonResponse({"error": "Send one picture."}, status=400)
    try:
        address = store_picture(request.FILES["image"])
    except PictureRefused as refused:
        return JsonResponse({"error": str(refused)}, status=400)
    return JsonResponse({"image_code": f"![{PICTURE_TO_DESCRIBE}]({address})"})

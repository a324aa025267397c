"""How much a request may bring. What is too large is refused before anything of it is read."""

from django.conf import settings
from django.http import HttpResponse

LONGEST_ADDRESS = 8192
# A form without a picture; a picture of 10 MB with the form around it, which only staff send.
LARGEST_FORM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
LARGEST_UPLOAD = 11 * 1024 * 1024


class RequestLimitsMiddleware:
    """Answers 414 to an address that is too long, 413 to a body that is too large, 400 to one that does not say how large."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The view's response, or a refusal in a few words."""
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return _refuse("The address is too long.", 414)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdecimal()):
            return _refuse("The length of what was sent is not a number.", 400)
        if int(length[:20]) > _most(request):
            return _refuse("That is too much at once. Send less.", 413)
        return self.get_response(request)


def _most(request):
    is_upload = request.content_type == "multipart/form-data" and settings.SESSION_COOKIE_NAME in request.COOKIES
    return LARGEST_UPLOAD if is_upload else LARGEST_FORM


def _refuse(words, status):
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)

"""What is done to every response: headers, its language, packing."""

from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from education.caching import accepted_encoding

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

# Pictures and the like are packed already.
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "application/javascript", "image/svg+xml")


# No other site embeds what is here, and no page here embeds another site.
ISOLATION = {"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}


class SecurityHeadersMiddleware:
    """Sets the content security policy, and keeps other sites out.

    A view may change some of its directives by a dict, `response.content_security_policy`, or set the header itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The view's response with the headers."""
        response = self.get_response(request)
        policy = CONTENT_SECURITY_POLICY | getattr(response, "content_security_policy", {})
        response.headers.setdefault("Content-Security-Policy", "; ".join(map(" ".join, policy.items())))
        for name, value in ISOLATION.items():
            response.headers.setdefault(name, value)
        return response


class AddressLocaleMiddleware(LocaleMiddleware):
    """The language of a page is the one in its address, whatever the browser likes: so nothing varies by that."""

    def process_response(self, request, response):
        """The response, which says its language."""
        response.headers.setdefault("Content-Language", get_language())
        return response


class CompressionMiddleware(GZipMiddleware):
    """Packs text for clients that can unpack it. What comes with a Vary of its own was packed, or not, on purpose."""

    def process_response(self, request, response):
        """The response, smaller where that helps."""
        kind = response.headers.get("Content-Type", "")
        if "Accept-Encoding" in response.headers.get("Vary", "") or not kind.startswith(TEXTS):
            return response
        if accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""), ("gzip",)) == "":
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)

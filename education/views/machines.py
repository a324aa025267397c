"""What is not for readers: robots.txt, the sitemap, the health check, uploaded pictures."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.urls import reverse
from django.views.static import serve

from education.models import FAQ, Condition, Topic


def healthz(request):
    """Says that the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def robots(request):
    """What crawlers may read, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def media(request, path):
    """An uploaded picture, served so that it can be nothing else: no script runs in it, no browser guesses its type."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


class _Configured(Sitemap):
    """Addresses start with the configured base, never with what the request claims."""

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]


class PageSitemap(_Configured):
    """The published pages of one model."""

    limit = 5000

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk").only("slug", "updated_at")

    def lastmod(self, page):
        return page.updated_at


class ListSitemap(_Configured):
    """The pages that list others."""

    def items(self):
        return ["home", "topic-list", "condition-list", "faq-list", "glossary"]

    def location(self, name):
        return reverse(f"education:{name}")


SITEMAPS = {
    "lists": ListSitemap(),
    "topics": PageSitemap(Topic),
    "conditions": PageSitemap(Condition),
    "faqs": PageSitemap(FAQ),
}

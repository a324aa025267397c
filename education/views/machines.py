"""What is not for readers: robots.txt, the sitemap, the feed, the health check, pictures."""

from pathlib import Path

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models import Max
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve

from education import seo
from education.models import FAQ, Clinic, Condition, GlossaryTerm, Packet, Topic

FEED_LENGTH = 30
UNCHANGING = "public, max-age=31536000, immutable"
# What uploads are stored as. Whatever else lies in their folder is not served.
SERVED = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
PICTURED = {model.collection: model for model in (Topic, Condition, FAQ, Packet, Clinic)}


@require_safe
def healthz(request):
    """Says that the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def robots(request):
    """What crawlers may read, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    for language, _name in settings.LANGUAGES:
        with override(language):
            lines.append(f"Disallow: {reverse('education:home')}feedback/")
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request):
    """Browsers ask for it by this name where a page names none, as the admin's do."""
    return redirect(static("img/favicon.svg"), permanent=True)


@require_safe
def media(request, path):
    """An uploaded picture, served so that it can be nothing else: no script runs in it, no browser guesses its type."""
    kind = SERVED.get(Path(path).suffix)
    if kind is None:
        raise Http404
    if isinstance(default_storage, FileSystemStorage):
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    else:
        response = _from_storage(path)
    response.headers["Content-Type"] = kind
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = UNCHANGING
    return response


def _from_storage(path):
    try:
        file = default_storage.open(path)
    except (FileNotFoundError, SuspiciousOperation) as error:
        raise Http404 from error
    return FileResponse(file)


@require_safe
def social_picture(request, collection, slug, digest):
    """The picture of a published page for other sites; one that changed has another address, which the old one leads to."""
    if collection not in PICTURED:
        raise Http404
    page = get_object_or_404(PICTURED[collection].objects.in_language(get_language()).published(), slug=slug)
    clinic = Clinic.objects.in_language(get_language()).published().first()
    path = seo.picture_path(page, clinic)
    if request.path != path:
        return redirect(path)
    return HttpResponse(
        seo.draw(*seo.picture_words(page, clinic)),
        content_type="image/png",
        headers={"Cache-Control": UNCHANGING, "Cross-Origin-Resource-Policy": "cross-origin"},
    )


@require_safe
def feed(request):
    """The pages that changed last, as an Atom feed (RFC 4287)."""
    language = get_language()
    clinic = Clinic.objects.in_language(language).published().first()
    rows = [row for model in (Topic, Condition, FAQ) for row in _latest(model, language)]
    rows = sorted(rows, key=lambda row: row.updated_at, reverse=True)[:FEED_LENGTH]
    name = clinic.title if clinic else _("Patient education")
    atom = Atom1Feed(
        title=_("%(clinic)s: updated pages") % {"clinic": name},
        link=f"{settings.SITE_URL}{reverse('education:home')}",
        description=None,
        subtitle=clinic and clinic.summary,
        language=language,
        author_name=name,
        feed_url=f"{settings.SITE_URL}{reverse('feed')}",
    )
    for row in rows:
        address = f"{settings.SITE_URL}{row.get_absolute_url()}"
        published = row.first_published_at or row.updated_at
        summary = escape(row.summary)  # which the feed calls HTML
        atom.add_item(row.title, address, summary, unique_id=address, pubdate=published, updateddate=row.updated_at)
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _latest(model, language):
    return model.objects.in_language(language).published().order_by("-updated_at", "-pk")[:FEED_LENGTH]


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
        return self.model.objects.published().order_by("pk").only("language", "slug", "updated_at")

    def lastmod(self, page):
        return page.updated_at


class ListSitemap(_Configured):
    """The pages that list others, in every language, each with the day on which one of these last changed."""

    i18n = True
    lists = {
        "home": (Topic, Condition, FAQ, Packet),
        "topic-list": (Topic,),
        "condition-list": (Condition,),
        "faq-list": (FAQ,),
        "glossary": (GlossaryTerm,),
        "packet-list": (Packet,),
        "packet-make": (Topic, Condition, FAQ),
    }

    def items(self):
        return list(self.lists)

    def location(self, name):
        return reverse(f"education:{name}")

    def lastmod(self, name):
        latest = (model.objects.published().aggregate(Max("updated_at"))["updated_at__max"] for model in self.lists[name])
        return max(filter(None, latest), default=None)


SITEMAPS = {
    "lists": ListSitemap(),
    "topics": PageSitemap(Topic),
    "conditions": PageSitemap(Condition),
    "faqs": PageSitemap(FAQ),
    "packets": PageSitemap(Packet),
}

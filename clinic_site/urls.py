"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from education.admin.editor import coach, logout, preview, targets, upload
from education.admin.export import download_all
from education.admin.guide import guide
from education.views.machines import SITEMAPS, favicon, feed, healthz, media, robots
from operations.readiness import readyz

handler400 = "operations.refusal.bad_request"
handler500 = "operations.refusal.server_error"

urlpatterns = [
    path("admin/editor/preview/", preview, name="editor-preview"),
    path("admin/editor/upload/", upload, name="editor-upload"),
    path("admin/editor/coach/", coach, name="editor-coach"),
    path("admin/editor/targets/", targets, name="editor-targets"),
    path("admin/logout/", logout),
    path("admin/guide/", admin.site.admin_view(guide), name="guide"),
    path("admin/download/", admin.site.admin_view(download_all), name="download-all"),
    path("admin/", admin.site.urls),
    path("media/<path:path>", media, name="media"),
    path("favicon.ico", favicon),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # What patients read: below /es/ in Spanish, without a prefix in the first language.
    *i18n_patterns(
        path("", include("education.urls")),
        path("feed.xml", feed, name="feed"),
        prefix_default_language=False,
    ),
]

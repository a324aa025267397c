"""Every address of the site."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from education.admin.editor import preview, upload
from education.views.machines import SITEMAPS, favicon, feed, healthz, media, robots

urlpatterns = [
    path("", include("education.urls")),
    path("admin/editor/preview/", preview, name="editor-preview"),
    path("admin/editor/upload/", upload, name="editor-upload"),
    path("admin/", admin.site.urls),
    path("media/<path:path>", media, name="media"),
    path("favicon.ico", favicon),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("feed.xml", feed, name="feed"),
    path("healthz", healthz, name="healthz"),
]

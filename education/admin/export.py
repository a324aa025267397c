"""Content on its way out of the admin: all pages as one archive, or one page, as the files that `export_content` writes."""

import tempfile
from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.urls import path
from django.utils import timezone

from education.documents import Identity
from education.models import PAGE_MODELS
from education.sync import content_files, path_of

READABLE = 0o644 << 16  # by everyone, once unpacked


def download_all(request):
    """Every page's file in a zip, named by its day. For those who may view every kind of page."""
    if not all(request.user.has_perm(f"education.view_{model._meta.model_name}") for model in PAGE_MODELS.values()):
        raise PermissionDenied
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # noqa: PLC0415 - only who takes all of it away needs it in memory

    now = timezone.now()
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with ZipFile(archive, "w") as files:
        for name, data in content_files():
            entry = ZipInfo(name, now.timetuple()[:6])
            entry.external_attr = READABLE
            files.writestr(entry, data, ZIP_DEFLATED)
    archive.seek(0)
    return FileResponse(archive, as_attachment=True, filename=f"content-{now:%Y-%m-%d}.zip", content_type="application/zip")


class DownloadMixin:
    """For a ModelAdmin of pages: one page's file."""

    def get_urls(self):
        name = f"education_{self.opts.model_name}_download"
        return [
            path("<path:object_id>/download/", self.admin_site.admin_view(self.download_view), name=name),
            *super().get_urls(),
        ]

    def download_view(self, request, object_id):
        """The live text of a page as Markdown, under its file's name."""
        page = self._page_to_look_at(request, object_id)
        name = path_of(Identity.from_string(page.identity)).rpartition("/")[2]
        data = BytesIO(page.revision.text.encode())
        return FileResponse(data, as_attachment=True, filename=name, content_type="text/markdown; charset=utf-8")

"""Content on its way out of the admin."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from education import publishing
from education.models.page import today
from education.publishing import live_document
from education.sync import export_content
from education.sync.apply import no_progress
from tests.factories import make_page

pytestmark = pytest.mark.django_db

ALL = reverse("download-all")


def download_url(page):
    return reverse(f"admin:education_{page._meta.model_name}_download", args=[page.pk])


def bytes_of(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def pages(staff):
    page = make_page(body="Öffentlich – public.")
    publishing.save_draft(document=live_document(page).changed(summary="Not public yet."), page=page, by=staff)
    return [page, make_page("conditions", "headaches", status="draft"), make_page("clinic", "clinic")]


class TestDownload:
    def test_of_all_pages_is_what_export_writes(self, staff_client, pages, tmp_path):
        response = staff_client.get(ALL)
        assert response.headers["Content-Disposition"] == f'attachment; filename="content-{today()}.zip"'
        assert "no-store" in response.headers["Cache-Control"]
        written = export_content(tmp_path, progress=no_progress)
        assert len(written) == 3
        with ZipFile(BytesIO(bytes_of(response))) as archive:
            assert sorted(archive.namelist()) == written
            assert {name: archive.read(name) for name in written} == {name: (tmp_path / name).read_bytes() for name in written}

    def test_of_one_page_is_its_file(self, staff_client, pages, tmp_path):
        export_content(tmp_path, progress=no_progress)
        for page, name in zip(pages, ("en/topics/dry-needling.md", "en/conditions/headaches.md", "clinic.md"), strict=True):
            response = staff_client.get(download_url(page))
            assert bytes_of(response) == (tmp_path / name).read_bytes()
            assert response.headers["Content-Disposition"] == f'attachment; filename="{name.rpartition("/")[2]}"'

    def test_is_a_click_away(self, staff_client, pages):
        for name in ("index", "education_topic_changelist"):
            assert ALL in staff_client.get(reverse(f"admin:{name}")).content.decode()
        form = staff_client.get(reverse("admin:education_topic_change", args=[pages[0].pk])).content.decode()
        assert download_url(pages[0]) in form


class TestWhoMayNot:
    @pytest.mark.parametrize("group", ["Editor", "Publisher", "Clinical reviewer"])
    def test_every_role_may(self, client, pages, group):
        user = get_user_model().objects.create_user("sam", password="a password for tests", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        assert bytes_of(client.get(ALL)).startswith(b"PK")
        assert bytes_of(client.get(download_url(pages[0]))).startswith(b"---")

    def test_strangers_are_asked_to_log_in(self, client, pages):
        for address in (ALL, download_url(pages[0])):
            assert client.get(address).headers["Location"].startswith("/admin/login/")

    def test_staff_without_a_role_are_refused(self, client, pages):
        client.force_login(get_user_model().objects.create_user("new", password="a password for tests", is_staff=True))
        assert client.get(ALL).status_code == 403
        assert client.get(download_url(pages[0])).status_code in (403, 404)

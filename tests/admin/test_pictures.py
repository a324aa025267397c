"""The library of pictures: what is there, where it is used, another one in its place, and what may go."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from education import publishing
from education.admin.pictures import markdown_of
from education.images import add_picture
from education.models import Picture
from education.publishing import live_document, staff_document
from education.sync import export_content
from education.sync.apply import no_progress
from tests.corpus.pictures import make_picture, stored, upload_of
from tests.factories import make_page

pytestmark = pytest.mark.django_db

LIBRARY = reverse("admin:education_picture_changelist")
PUBLIC = "/topics/dry-needling/"


@pytest.fixture
def member(client):
    """Logs a member of a group in; gives the browser."""

    def log_in(group):
        user = get_user_model().objects.create_user(group, password="a password for tests", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return log_in


def make(**values):
    picture = add_picture(upload_of(make_picture(size=values.pop("size", (600, 400)))))
    for name, value in values.items():
        setattr(picture, name, value)
    picture.save()
    return picture


def url(name, picture):
    return reverse(f"admin:education_picture_{name}", args=[picture.pk])


def shown(response):
    """The words on a screen."""
    return " ".join(BeautifulSoup(response.content, "html.parser").find(id="content").get_text(" ").split())


def words(response):
    return " ".join(str(message) for message in response.context["messages"])


def replaced_by(browser, picture, data=None, **values):
    upload = upload_of(data or make_picture(size=(700, 500)))
    return browser.post(url("change", picture), {"alt": picture.alt, "upload": upload, **values}, follow=True)


class TestLibrary:
    def test_shows_each_picture_with_its_words_size_and_pages(self, staff_client):
        picture = make(alt="A thin needle")
        make_page(body=f"![A hand]({picture.address})")
        response = staff_client.get(LIBRARY)
        (image,) = BeautifulSoup(response.content, "html.parser").select("#result_list img.thumbnail")
        assert image["src"].endswith("-480.webp"), "the smallest file is enough"
        for text in ("A thin needle", "600 × 400", "Dry needling"):
            assert text in shown(response)

    def test_words_of_a_page_stand_in_for_a_pictures_own(self, staff_client):
        make_page(body=f"![A hand \\[left\\]]({make().address})")
        make_page("conditions", "headaches", body=f'![]({make().address} "decoration")')
        text = shown(staff_client.get(LIBRARY))
        assert "A hand [left]" in text
        assert "Decoration" in text
        assert "No words yet" not in text

    @pytest.mark.parametrize("place", ["public", "draft", "before publishing"])
    def test_a_picture_counts_as_used_where_a_public_or_drafted_text_has_it(self, staff_client, staff, place):
        used, unused = make(alt="Used"), make(alt="Not used")
        body = f"Words <{used.address}> or [shown][1].\n\n[1]: {used.address}"
        page = make_page(
            body="Words." if place == "draft" else body, status="draft" if place == "before publishing" else "published"
        )
        if place == "draft":
            publishing.save_draft(document=live_document(page).changed(summary="New."), page=page, by=staff)
            document = staff_document(page := type(page).objects.get())
            publishing.save_draft(document=type(document)(document.identity, document.fields, body), page=page, by=staff)
        listed = {kind: staff_client.get(LIBRARY, {"used": kind}).context["cl"].queryset for kind in ("yes", "no")}
        assert list(listed["yes"]) == [used]
        assert list(listed["no"]) == [unused]

    def test_takes_as_many_queries_for_many_pictures(self, staff_client, django_assert_max_num_queries):
        pictures = [make(size=(9, 9)) for _ in range(12)]
        make_page(body="\n\n".join(f"![A hand]({picture.address})" for picture in pictures))
        with django_assert_max_num_queries(14):
            staff_client.get(LIBRARY)

    @pytest.mark.parametrize(
        ("values", "line"),
        [
            ({"alt": "A [thin] needle"}, r"![A \[thin\] needle]({})"),
            ({"is_decoration": True}, '![]({} "decoration")'),
            ({}, "![DESCRIBE THIS PICTURE]({})"),
        ],
    )
    def test_offers_the_line_to_put_into_a_text(self, staff_client, values, line):
        picture = make(**values)
        assert markdown_of(picture) == line.format(picture.address)
        assert line.format(picture.address) in shown(staff_client.get(url("change", picture)))

    def test_is_not_for_reviewers_or_strangers(self, member, client):
        assert client.get(LIBRARY).status_code == 302
        assert member("Clinical reviewer").get(LIBRARY).status_code == 403


class TestAdding:
    def add(self, browser, data, **values):
        upload = {"upload": upload_of(data)} if data else {}
        return browser.post(reverse("admin:education_picture_add"), {**upload, **values})

    def test_stores_it_with_its_words(self, member, media_folder):
        assert self.add(member("Editor"), make_picture(), alt="A needle").status_code == 302
        picture = Picture.objects.get()
        assert (picture.alt, picture.width) == ("A needle", 4)
        assert len(stored(media_folder)) == 1

    def test_a_decoration_has_no_words(self, staff_client):
        self.add(staff_client, make_picture(), alt="A flower", is_decoration="on")
        assert (Picture.objects.get().alt, Picture.objects.get().is_decoration) == ("", True)

    @pytest.mark.parametrize("data", [None, b"", b"no picture"])
    def test_what_is_no_picture_is_refused_in_words(self, staff_client, media_folder, data):
        response = self.add(staff_client, data)
        assert response.status_code == 200
        assert response.context["adminform"].form.errors["upload"]
        assert not Picture.objects.exists()
        assert stored(media_folder) == []


class TestReplacing:
    def test_patients_see_the_new_one_at_once_and_history_tells(self, staff_client, client, tmp_path):
        old = make(alt="A needle")
        page = make_page(body=f"![Words of the page]({old.address})")
        response = replaced_by(staff_client, old)
        new = Picture.objects.first()
        assert (new.alt, new.width) == ("A needle", 700)
        assert "Dry needling" in words(response)
        html = client.get(PUBLIC).content.decode()
        assert new.address in html
        assert old.name not in html
        assert 'alt="Words of the page"' in html
        assert publishing.history(page)[0].note == "Another picture in place of one"
        export_content(tmp_path, progress=no_progress)
        assert new.address in (tmp_path / "en/topics/dry-needling.md").read_text()

    def test_a_review_of_the_page_is_void(self, staff_client, staff):
        old = make()
        page = make_page(body=f"![Words]({old.address})")
        publishing.mark_reviewed(page=page, by=staff, reviewed_by="Dr. Lee", reviewed_on=date(2026, 1, 1))
        replaced_by(staff_client, old)
        page.refresh_from_db()
        assert page.review_state == "changed"

    def test_drafts_stay_drafts(self, staff_client, staff):
        old = make()
        page = make_page(body=f"![Words]({old.address}) Public.")
        document = live_document(page)
        draft = type(document)(document.identity, document.fields, f"![Words]({old.address}) Drafted.")
        publishing.save_draft(document=draft, page=page, by=staff)
        replaced_by(staff_client, old)
        new = Picture.objects.first()
        page.refresh_from_db()
        assert page.body == f"![Words]({new.address}) Public."
        assert staff_document(page).body == f"![Words]({new.address}) Drafted."

    def test_a_draft_without_the_picture_is_kept(self, staff_client, staff):
        old = make()
        page = make_page(body=f"![Words]({old.address})")
        document = live_document(page)
        publishing.save_draft(document=type(document)(document.identity, document.fields, "Drafted."), page=page, by=staff)
        replaced_by(staff_client, old)
        page.refresh_from_db()
        assert staff_document(page).body == "Drafted."

    def test_an_editor_replaces_what_patients_do_not_see_only(self, member, media_folder):
        public, drafted = make(alt="Public"), make(alt="Drafted")
        make_page(body=f"![Words]({public.address})")
        draft = make_page("topics", "rest", body=f"![Words]({drafted.address})", status="draft")
        browser = member("Editor")
        assert "Only someone who may publish" in shown(browser.get(url("change", public)))
        before = stored(media_folder)
        assert "changed successfully" in words(replaced_by(browser, public))
        assert stored(media_folder) == before, "a forged file is not even taken"
        replaced_by(browser, drafted)
        draft.refresh_from_db()
        assert Picture.objects.first().address in draft.body

    def test_what_is_no_picture_replaces_nothing(self, staff_client, client):
        old = make()
        make_page(body=f"![Words]({old.address})")
        response = replaced_by(staff_client, old, b"no picture")
        assert response.context["adminform"].form.errors["upload"]
        assert old.name.partition(".")[0] in client.get(PUBLIC).content.decode()

    def test_new_words_alone_change_no_page(self, staff_client):
        picture = make()
        page = make_page(body=f"![Words]({picture.address})")
        staff_client.post(url("change", picture), {"alt": "Other words"})
        picture.refresh_from_db()
        assert picture.alt == "Other words"
        assert publishing.history(page).count() == 1

    def test_an_unused_one_has_nowhere_to_be_replaced(self, staff_client):
        assert 'name="upload"' not in staff_client.get(url("change", make())).content.decode()


class TestDeleting:
    def test_files_go_too_once_it_is_written(self, staff_client, media_folder, django_capture_on_commit_callbacks):
        picture = make()
        assert len(stored(media_folder)) == 3
        with django_capture_on_commit_callbacks(execute=False) as callbacks:
            staff_client.post(url("delete", picture), {"post": "yes"})
            assert len(stored(media_folder)) == 3
        for callback in callbacks:
            callback()
        assert stored(media_folder) == []
        assert not Picture.objects.exists()

    @pytest.mark.parametrize("way", ["one", "several"])
    def test_a_picture_that_a_page_shows_stays(self, staff_client, media_folder, way):
        picture = make()
        make_page(body=f"![Words]({picture.address})")
        if way == "one":
            response = staff_client.post(url("delete", picture), {"post": "yes"})
        else:
            response = staff_client.post(LIBRARY, {"action": "delete_selected", "_selected_action": picture.pk, "post": "yes"})
        assert "Dry needling" in shown(response)
        assert Picture.objects.exists()
        assert len(stored(media_folder)) == 3

    def test_says_how_many_earlier_versions_would_lack_it(self, staff_client):
        old = make()
        make_page(body=f"![Words]({old.address})")
        replaced_by(staff_client, old)
        assert "1 earlier version of a page shows it" in shown(staff_client.get(url("delete", old)))

    def test_is_not_for_editors(self, member):
        picture = make()
        assert member("Editor").post(url("delete", picture), {"post": "yes"}).status_code == 403

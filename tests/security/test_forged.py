"""S24: forms of the admin take what they show, from those whom they show it to, whatever else is sent with them."""

import re
from http import HTTPStatus

import pytest
from django.contrib import admin
from django.test import Client

from education.models import PAGE_MODELS, Revision
from tests.admin.filled import add_url, change_url, typed
from tests.publishing.rows import all_rows
from tests.security.routes import World

pytestmark = pytest.mark.django_db

KINDS = [model._meta.model_name for model in PAGE_MODELS.values()]
# Fields of a page that no form holds: each is set by an act of its own.
HIDDEN = {
    "status": "draft",
    "draft": "",
    "revision": "1",
    "draft_due": "2020-01-01",
    "reviewed_by": "Forged",
    "reviewed_on": "2020-01-01",
    "reviewed_text": "forged",
    "review_state": "current",
    "first_published_at": "2020-01-01",
    "updated_at": "2020-01-01",
    "language": "xx",
    "id": "999",
    "pk": "999",
}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def browser(world):
    def of(role):
        browser = Client()
        browser.force_login(world.users[role])
        return browser

    return of


class TestAPagesForm:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("button", ["_publish", "_publish_on"])
    def test_publishes_nothing_for_an_editor(self, world, browser, kind, button):
        """The button that is not shown, sent all the same."""
        page, editor = world.pages[kind], browser("Editor")
        data = typed(editor.get(change_url(page)), summary="Forged.", publish_on="2999-01-01")
        data.pop("_publish")
        before = all_rows()
        assert editor.post(change_url(page), {**data, button: "1"}).status_code == HTTPStatus.FORBIDDEN
        assert all_rows() == before

    @pytest.mark.parametrize("kind", KINDS)
    def test_takes_no_field_that_it_does_not_show(self, world, browser, kind):
        page, editor = world.pages[kind], browser("Editor")
        data = typed(editor.get(change_url(page)), summary="Changed.")
        data.pop("_publish")
        before = {name: getattr(page, name, None) for name in HIDDEN}
        response = editor.post(change_url(page), {**HIDDEN, **data, "_save_draft": "1"})
        assert response.status_code == HTTPStatus.FOUND
        page.refresh_from_db()
        changed = {name for name in HIDDEN if getattr(page, name, None) != before[name]}
        assert changed <= {"draft", "updated_at"}
        assert (page.draft.author, page.draft.started_from) == (world.users["Editor"], None)

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("role", ["Clinical reviewer", "staff"])
    def test_takes_nothing_from_those_who_only_look(self, world, browser, kind, role):
        page = world.pages[kind]
        data = typed(browser("Editor").get(change_url(page)), summary="Forged.")
        before = all_rows()
        for address in (change_url(page), add_url(type(page))):
            assert browser(role).post(address, {**data, "_save_draft": "1"}).status_code == HTTPStatus.FORBIDDEN
        assert all_rows() == before

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("value", ["x", "-1", "1.0", "\0", "9" * 30, "1,2", "../x"])
    def test_refuses_pages_that_are_no_numbers(self, world, browser, kind, value):
        page, editor = world.pages[kind], browser("Editor")
        data = typed(editor.get(change_url(page)))
        data.pop("_publish")
        before = all_rows()
        for name in {"sources", "parent", "conditions", "topic"} & data.keys():
            response = editor.post(change_url(page), {**data, name: value, "_save_draft": "1"})
            assert response.status_code == HTTPStatus.BAD_REQUEST, name
        assert all_rows() == before

    def test_has_no_button_that_saves_it_as_another_page(self, world, browser):
        page, editor = world.pages["topic"], browser("Editor")
        data = typed(editor.get(change_url(page)))
        before = all_rows()
        for changes in ({}, {"title": ""}, {"slug": "another"}):
            response = editor.post(change_url(page), {**data, **changes, "_saveasnew": "1"})
            assert response.status_code == HTTPStatus.BAD_REQUEST
        assert all_rows() == before

    def test_started_from_another_page_s_version_is_no_way_in(self, world, browser):
        page, other = world.pages["topic"], world.pages["condition"]
        editor = browser("Editor")
        data = typed(editor.get(change_url(page)), summary="Forged.", based_on=str(other.revision_id))
        data.pop("_publish")
        editor.post(change_url(page), {**data, "_save_draft": "1"})
        page.refresh_from_db()
        other.refresh_from_db()
        assert (page.summary, other.summary, other.draft) == ("Another.", "Another.", None)


class TestIdsOfOthers:
    def test_a_version_of_another_kind_is_not_shown_or_brought_back(self, world, browser):
        """An editor of topics alone reads no other kind by its number."""
        other = world.pages["condition"].revision_id
        own = world.pages["topic"].revision_id
        editor = browser("Editor")
        assert editor.get(f"/admin/education/topic/compare/{own}/{other}/").status_code == HTTPStatus.NOT_FOUND
        assert editor.post(f"/admin/education/topic/restore/{other}/").status_code == HTTPStatus.NOT_FOUND
        address = f"/admin/education/topic/{world.pages['topic'].pk}/decide/?mine={other}"
        assert editor.get(address).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("pk", ["0", "-1", "999999", "1e9", "9" * 40, "' OR 1=1 --", "%00", "_5F1", "None"])
    def test_a_number_that_is_none_is_answered_calmly(self, world, browser, pk):
        boss = browser("superuser")
        for end in ("change/", "delete/", "history/", "preview/", "decide/", "review/", "download/"):
            assert boss.get(f"/admin/education/topic/{pk}/{end}").status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND)


class TestBulkActions:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize(
        ("role", "actions"),
        [
            ("Editor", ("publish_selected", "unpublish_selected", "review_selected", "delete_selected")),
            ("Publisher", ("review_selected",)),
            ("Clinical reviewer", ("publish_selected", "unpublish_selected", "delete_selected")),
        ],
    )
    def test_are_refused_to_those_to_whom_they_are_not_offered(self, world, browser, kind, role, actions):
        page = world.pages[kind]
        before, someone = all_rows(), browser(role)
        for action in actions:
            data = {"_selected_action": [page.pk], "action": action, "confirmed": "1", "post": "yes"}
            data["based_on"] = f"{page.pk}:{page.revision_id}"
            response = someone.post(re.sub(r"\d+/change/$", "", change_url(page)), data)
            assert response.status_code == HTTPStatus.FORBIDDEN
        assert all_rows() == before


class TestWhatTheAdminDoesNotHave:
    def test_rows_of_lists_and_of_other_tables_that_are_edited_in_place(self):
        """DJ CVE-2026-4292, CVE-2026-4277: neither lists nor inlines can be forged where there are none."""
        for model, model_admin in admin.site._registry.items():
            assert model_admin.list_editable == (), model
            if model._meta.app_label == "education":
                assert list(model_admin.inlines) == [], model

    def test_a_version_that_can_be_rewritten(self, world, browser):
        """What patients read goes back to its versions: not even an administrator changes one."""
        boss, revision = browser("superuser"), world.rows["revision"]
        before = Revision.objects.get(pk=revision).text
        for end in ("change/", "delete/"):
            answer = boss.post(f"/admin/education/revision/{revision}/{end}", {"text": "Forged.", "post": "yes"})
            assert answer.status_code == HTTPStatus.FORBIDDEN
        assert Revision.objects.get(pk=revision).text == before

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from education.models import FAQ, PAGE_MODELS, Clinic, Topic
from education.models.page import BODY_MAX_LENGTH
from tests.corpus.pictures import make_picture, png_bomb, upload_of
from tests.factories import make_page

ADDRESSES = ("editor-preview", "editor-upload", "editor-coach", "editor-targets")
TEXT = """Some *words* about [](topic:trigger-points), a [draft](topic:hidden) and [nothing](topic:nowhere) [@brady-2014].

## What helps

::: emergency Call <tel:911> now if:
- you have chest pain [@brady-2014; @boyce-2020; @nope]
:::

| a | b |
| - | :-: |
| c | d |
Table: [What helps](#what-helps)

![A needle](/media/pictures/0a.png "A needle")

<script>alert(1)</script>
"""


def make_user(*permissions, **values):
    """A user with some permissions, such as `change_topic`."""
    user = get_user_model().objects.create_user("editor", password="a password for tests", **values)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="education", codename__in=permissions))
    return user


def make_editor(model="topic"):
    """A member of staff who may change one kind of page and nothing else."""
    return make_user(f"change_{model}", is_staff=True)


def form_of(model=Topic, action="change"):
    """The address of a form: for a new page, or for one that is there."""
    name = f"admin:education_{model._meta.model_name}"
    if action == "add":
        return reverse(f"{name}_add")
    if model is FAQ:
        make_page()
    page = model.objects.first() or make_page(model.collection, "clinic" if model is Clinic else "some-page")
    return reverse(f"{name}_change", args=[page.pk])


def send(client, name, model=Topic, action="change"):
    """What the editor sends to one of its addresses; `model` and `action` say from which form."""
    data = {
        "editor-preview": lambda: {"content": "Words."},
        "editor-upload": lambda: {"image": upload_of(make_picture())},
        "editor-coach": lambda: {"form": form_of(model, action), "title": "A title", "body": "Words."},
        "editor-targets": lambda: {"words": "needling"},
    }
    return client.post(reverse(name), data[name]())


def files(folder):
    """Every file below the folder for uploads."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def editor_client(client, db):
    """A browser in which someone is logged in who may change topics."""
    client.force_login(make_editor())
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
class TestSomeoneElse:
    """S06, S09: only staff who may edit a page; everyone else gets JSON that the editor can show, and stores nothing."""

    def assert_refused(self, response, folder):
        assert response.status_code == 403
        assert response.headers["Content-Type"] == "application/json"
        assert response.json() == {"error": "Log in again to go on. Your text is still here."}
        assert files(folder) == []

    def test_not_logged_in(self, client, name, media_folder):
        self.assert_refused(send(client, name), media_folder)

    def test_staff_without_permission(self, client, name, media_folder):
        client.force_login(make_user(is_staff=True))
        self.assert_refused(send(client, name), media_folder)

    def test_staff_who_may_only_look(self, client, name, media_folder):
        client.force_login(make_user("view_topic", "delete_topic", is_staff=True))
        self.assert_refused(send(client, name), media_folder)

    def test_permission_without_being_staff(self, client, name, media_folder):
        client.force_login(make_user("add_topic", "change_topic"))
        self.assert_refused(send(client, name), media_folder)

    @pytest.mark.parametrize("everything", [False, True])
    def test_staff_who_left(self, client, name, media_folder, everything):
        user = make_user("change_topic", is_staff=True, is_superuser=everything)
        client.force_login(user)
        get_user_model().objects.update(is_active=False)
        self.assert_refused(send(client, name), media_folder)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
class TestWrongRequest:
    """S30: both change or show what only a deliberate request of the editor may."""

    @pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
    def test_other_methods_are_refused(self, editor_client, name, method, media_folder):
        assert getattr(editor_client, method)(reverse(name)).status_code == 405
        assert files(media_folder) == []

    def test_without_token_is_refused(self, name, media_folder):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(make_editor())
        assert send(browser, name).status_code == 403
        assert files(media_folder) == []

    def test_with_token_is_taken(self, name):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(make_editor())
        browser.cookies["csrftoken"] = token = "t" * 32
        browser.defaults["HTTP_X_CSRFTOKEN"] = token
        assert send(browser, name).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
class TestEveryAnswer:
    """S33: what staff see before it is published is stored nowhere on its way."""

    def test_is_never_cached(self, client, name):
        refused = send(client, name)
        client.force_login(make_editor())
        for response in (refused, send(client, name), client.post(reverse(name)), client.get(reverse(name))):
            assert "no-store" in response.headers["Cache-Control"]
            assert "private" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["add", "change"])
@pytest.mark.parametrize("model", PAGE_MODELS.values(), ids=lambda model: model._meta.model_name)
class TestEditorOfAnyKindOfPage:
    """Whoever may add or change one kind of page uses the same editor."""

    def test_may_use_it(self, client, model, action):
        client.force_login(make_user(f"{action}_{model._meta.model_name}", is_staff=True))
        assert [send(client, name, model, action).status_code for name in ADDRESSES] == [200, 200, 200, 200]


class TestPreview:
    """S06: the preview is what patients will see."""

    def test_is_the_html_of_the_public_page(self, editor_client):
        make_page(slug="trigger-points", title="Trigger points")
        make_page(slug="hidden", status="draft")
        for slug in ("brady-2014", "boyce-2020"):
            make_page("sources", slug)
        make_page(body=TEXT)
        public = editor_client.get("/topics/dry-needling/").content.decode()
        preview = editor_client.post(reverse("editor-preview"), {"content": TEXT}).content.decode()
        assert '<a href="/topics/trigger-points/">Trigger points</a>' in preview
        assert preview.count('class="citation"') == 3
        assert "a draft and nothing" in preview
        assert "&lt;script&gt;" in preview
        assert preview.strip() in public

    def test_of_no_text_is_empty(self, editor_client):
        assert editor_client.post(reverse("editor-preview")).content == b""

    def test_tells_no_other_site_where_it_was_opened(self, editor_client):
        response = editor_client.post(reverse("editor-preview"), {"content": "x"})
        assert response.headers["Referrer-Policy"] == "no-referrer"

    def test_takes_the_longest_text_and_no_longer(self, editor_client):
        longest = "a " * (BODY_MAX_LENGTH // 2)
        assert editor_client.post(reverse("editor-preview"), {"content": longest}).status_code == 200
        response = editor_client.post(reverse("editor-preview"), {"content": longest + "a"})
        assert (response.status_code, response.json()) == (400, {"error": "The text is longer than 102,400 characters."})


class TestUpload:
    """S10: a picture is stored clean and under a name of ours, or not at all."""

    def test_answers_with_the_markdown_that_shows_it(self, editor_client, media_folder):
        response = editor_client.post(reverse("editor-upload"), {"image": upload_of(make_picture(), "My face.png")})
        (path,) = files(media_folder)
        assert response.json() == {"image_code": f"![DESCRIBE THIS PICTURE](/media/pictures/{path.name})"}

    @pytest.mark.parametrize(
        ("data", "name", "content_type"),
        [
            (b"<html><script>alert(1)</script>", "x.gif", "image/gif"),
            (b"<svg onload=alert(1)>", "x.svg", "image/svg+xml"),
            (b"<?php ?>", "x.php", "image/png"),
            (b"\x89PNG\r\n\x1a\n", "a\0b.png", "image/png"),
            (make_picture("JPEG", size=(99, 99))[:-99], "x" * 300 + ".jpg", "image/jpeg"),
            (make_picture("BMP"), "../../x.png", "image/png"),
            (png_bomb(13_000, 13_000), "x.png", "image/png"),
            (make_picture() + b"\0" * 10 * 1024 * 1024, "x.png", "image/png"),
            (b"", "x.png", "image/png"),
        ],
        ids=["html", "svg", "php", "NUL in name", "truncated", "other format", "bomb", "too large", "empty"],
    )  # fmt: skip
    def test_of_anything_else_is_refused(self, editor_client, media_folder, data, name, content_type):
        response = editor_client.post(reverse("editor-upload"), {"image": upload_of(data, name, content_type)})
        assert response.status_code == 400
        assert set(response.json()) == {"error"}
        assert response.json()["error"].endswith(".")
        assert files(media_folder) == []

    @pytest.mark.parametrize("data", [{}, {"image": "not a file"}, {"picture": "x"}])
    def test_of_nothing_is_refused(self, editor_client, media_folder, data):
        response = editor_client.post(reverse("editor-upload"), data)
        assert (response.status_code, response.json()) == (400, {"error": "Send one picture."})
        assert files(media_folder) == []

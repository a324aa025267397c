"""S18, S26 in a real browser: the second factor from its first day on, and no screen of the admin breaks the content policy."""

import re
from base64 import b32decode
from urllib.parse import urlsplit

import pytest
from django_otp.oath import totp

from tests.corpus.pictures import make_picture
from tests.e2e.conftest import PASSWORD, serve
from tests.e2e.staff import sign_in

MAKE_BOSS = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("boss", password="{PASSWORD}")
"""
# What has its own tests, is no page, or ends the session.
SKIPPED = re.compile(r"/(logout|download|jsi18n)/|\.zip$")
MOST_OF_A_KIND = 2


@pytest.fixture(scope="module")
def guarded_site(tmp_path_factory):
    """The address of a site as in production, where who publishes needs a second factor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECOND_FACTOR", "1")
        with serve(tmp_path_factory.mktemp("guarded_var"), ("shell", "-c", MAKE_BOSS)) as address:
            yield address


@pytest.fixture(scope="module")
def said():
    """What the browser's console said: refused by the content security policy, or broken."""
    return []


@pytest.fixture(scope="module")
def boss(chromium, guarded_site, said):
    """A browser in which an administrator is logged in, who has just set up the second factor."""
    context = chromium.new_context(base_url=guarded_site)
    page = context.new_page()

    def note(message):
        said.append(f"{urlsplit(page.url).path}: {message.text}")

    page.on("console", lambda said_by: note(said_by) if said_by.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(f"{urlsplit(page.url).path}: {error}"))
    page.goto("/admin/education/topic/")
    sign_in(page, "boss")
    yield page
    context.close()


def type_number(page, key):
    page.fill("#id_token", f"{totp(b32decode(key.replace(' ', ''))):06}")


def test_the_second_factor_from_its_first_day_on(boss, chromium, guarded_site):
    assert urlsplit(boss.url).path == "/admin/second-factor/"
    boss.get_by_role("button", name="Begin").click()
    assert boss.locator(".second-factor__qr").evaluate("async picture => { await picture.decode(); return picture.naturalWidth }")
    key = boss.inner_text(".second-factor__key")
    boss.fill("#id_password", PASSWORD)
    type_number(boss, key)
    boss.get_by_role("button", name="Set up").click()
    codes = boss.locator(".second-factor__codes code").all_inner_texts()
    assert len(codes) == 8
    boss.get_by_role("link", name="I have them").click()
    assert urlsplit(boss.url).path == "/admin/"

    # Elsewhere the password alone opens nothing; a recovery code does.
    other = chromium.new_context(base_url=guarded_site)
    page = other.new_page()
    page.goto("/admin/")
    sign_in(page, "boss")
    assert "You are not logged in" in page.inner_text(".errornote")
    page.fill("#id_token", codes[0])
    sign_in(page, "boss")
    assert urlsplit(page.url).path == "/admin/"
    other.close()


def test_no_screen_of_the_admin_breaks_the_policy(boss, said):
    """Every kind of screen that links lead to, lists, forms and confirmations too."""
    waiting, seen, kinds = ["/admin/", "/admin/second-factor/", "/admin/password_change/"], set(), {}
    while waiting:
        address = waiting.pop(0)
        kind = re.sub(r"\d+", "#", address.partition("?")[0])
        if address in seen or kinds.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        boss.goto(address)
        links = boss.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        parts = [urlsplit(link) for link in links if urlsplit(link).netloc == urlsplit(boss.url).netloc]
        paths = [part.path + (f"?{part.query}" if part.query else "") for part in parts]
        waiting += [path for path in paths if path.startswith("/admin/") and not SKIPPED.search(path)]
    screens = {kind.split("/")[-2] for kind in kinds}
    assert {"add", "change", "delete", "history", "deleted", "guide", "password_change", "second-factor"} <= screens
    assert len(kinds) > 60
    assert said == []


def test_nor_does_the_editor_at_work(boss, said):
    """Typing, advice, a preview in its frame, a picture."""
    boss.goto("/admin/education/topic/?q=After your visit")
    boss.click("#result_list tbody th a")
    boss.wait_for_selector(".coach__summary")
    boss.locator("#id_body").press_sequentially("# You must do this **today**.")
    boss.set_input_files(".toolbar__file", {"name": "a.png", "mimeType": "image/png", "buffer": make_picture()})
    boss.wait_for_selector("dialog[open]")
    boss.keyboard.press("Escape")
    boss.wait_for_load_state("networkidle")
    assert said == []

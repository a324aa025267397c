"""The whole life of a page, as staff live it in the browser."""

import re

import pytest

from tests.e2e import staff


@pytest.fixture
def log_in(chromium, staff_site_url):
    """Opens a browser of its own for a member of staff, logged in; gives its page."""
    contexts = []

    def opened(name, **options):
        contexts.append(chromium.new_context(base_url=staff_site_url, **options))
        page = contexts[-1].new_page()
        staff.log_in(page, staff_site_url, name)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def public(chromium, staff_site_url):
    """A patient's browser."""
    context = chromium.new_context(base_url=staff_site_url)
    yield context.new_page()
    context.close()


def said(page):
    """What the admin says on top of the screen."""
    return page.locator(".messagelist").inner_text()


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def test_from_the_first_draft_to_the_bin_and_back(log_in, public, staff_site_url):
    ann, alex = log_in("ann"), log_in("alex")

    # An editor drafts; nobody else sees it.
    alex.goto("/admin/education/topic/add/")
    alex.fill("#id_title", "Rest after needling")
    alex.fill("#id_summary", "Rest helps you heal.")
    alex.fill("#id_body", "Rest for **one** day.")
    assert alex.get_by_role("button", name="Publish", exact=True).count() == 0
    press(alex, "Save draft")
    assert "Patients do not see it" in said(alex)
    form = re.sub(r"^https?://[^/]+", "", alex.url)
    assert public.goto("/topics/rest-after-needling/").status == 404

    # A publisher looks at it as patients would, and publishes it.
    ann.goto(form)
    with ann.context.expect_page() as opened:
        press(ann, "Preview what is typed")
    preview = opened.value
    preview.wait_for_load_state()
    assert "Preview." in preview.inner_text("body")
    assert preview.locator("main strong", has_text="one").count() == 1
    preview.close()
    press(ann, "Publish")
    assert "Patients see" in said(ann)
    assert public.goto("/topics/rest-after-needling/").status == 200

    # Two edit at once: the second is refused, and nothing typed is lost.
    alex.goto(form)
    alex.fill("#id_body", "Rest for **two** days.")
    ann.fill("#id_body", "Rest for **three** days.")
    press(ann, "Publish")
    press(alex, "Save draft")
    screen = alex.inner_text("#content-main")
    assert "Somebody saved this page while you were editing it" in screen
    assert "two" in screen
    assert "three" in screen
    assert "Ann" in screen or "ann" in screen
    alex.get_by_role("link", name="Edit both in one").click()
    assert "two" in alex.input_value("#id_body")
    alex.fill("#id_body", "Rest for two or three days.")
    press(alex, "Save draft")
    public.reload()
    assert "three days" in public.inner_text("main")
    ann.goto(form)
    press(ann, "Publish")
    public.reload()
    assert "two or three days" in public.inner_text("main")

    # What changed, and back to the first text.
    ann.get_by_role("link", name="History").click()
    ann.get_by_role("link", name="What it changed").nth(-2).click()
    assert ann.locator("ins", has_text="three").count() == 1
    ann.go_back()
    assert ann.locator("tr", has_text="(kept aside)").count() == 1
    ann.locator("tbody tr").last.get_by_role("button", name="Restore").click()
    assert "patients see it now" in said(ann)
    public.reload()
    assert "one day" in public.inner_text("main")

    # A new address: the old one leads on.
    ann.fill("#id_slug", "rest")
    press(ann, "Publish")
    public.goto("/topics/rest-after-needling/")
    assert public.url == f"{staff_site_url}/topics/rest/"

    # Unpublished, deleted, brought back.
    press(ann, "Unpublish")
    assert public.goto("/topics/rest/").status == 404
    ann.get_by_role("link", name="Delete", exact=True).click()
    press(ann, "Yes, delete it")
    ann.goto("/admin/education/topic/deleted/")
    press(ann, "Bring back")
    assert "Rest for" in ann.input_value("#id_body")
    assert public.goto("/topics/rest/").status == 404
    press(ann, "Publish")
    assert public.goto("/topics/rest/").status == 200


def test_a_clinician_signs_off_and_the_next_edit_says_so(log_in, public):
    vale, ann = log_in("vale"), log_in("ann")
    vale.goto("/admin/education/condition/")
    vale.get_by_role("link", name="Headaches").click()
    vale.get_by_role("link", name="Review and sign off").click()
    vale.fill("#id_reviewed_by", "Vale, physical therapist")
    press(vale, "Sign off this text")
    public.goto("/conditions/headaches/")
    assert "Vale, physical therapist" in public.inner_text(".review-panel")
    ann.goto(re.sub(r"review/$", "change/", vale.url))
    ann.fill("#id_summary", "Something else.")
    press(ann, "Publish")
    public.reload()
    assert "hanged since" in public.inner_text(".review-panel")


def test_the_button_is_named_for_the_day(log_in):
    ann = log_in("ann", locale="en-US")
    ann.goto("/admin/education/topic/add/")
    ann.fill("#id_publish_on", "2027-05-03")
    assert ann.locator("[name=_publish_on]").inner_text() == "Publish on May 3, 2027"

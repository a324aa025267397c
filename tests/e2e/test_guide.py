"""Somebody who has never seen the admin follows the guide, and nothing but the guide."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.e2e.conftest import PASSWORD

RECIPE = "Change a page in one minute"
PUBLIC = "/topics/after-your-visit/"


@pytest.fixture
def bold():
    """The words in bold in each step of the guide's first recipe, in their order."""
    text = (Path(settings.BASE_DIR) / "docs" / "content-guide.md").read_text()
    steps = re.findall(r"^\d\. (.+)", text.partition(f"## {RECIPE}")[2].partition("\n## ")[0], re.MULTILINE)
    return [re.findall(r"\*\*([^*]+)\*\*", step) for step in steps]


def test_a_page_is_edited_previewed_and_published_by_the_steps_of_the_guide(chromium, staff_site_url, bold):
    (log_in,), (_, kind), (field,), (preview,), (publish,) = bold
    context = chromium.new_context(base_url=staff_site_url)
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("ben")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=log_in, exact=True).click()
    page.locator("#content").get_by_role("link", name=kind, exact=True).first.click()
    page.get_by_role("link", name="After your visit", exact=True).click()
    text = page.get_by_label(field, exact=False).and_(page.locator("textarea.markdownx-editor"))
    text.fill(text.input_value().replace("sore", "stiff", 1))
    with context.expect_page() as opened:
        page.get_by_role("button", name=preview, exact=True).click()
    assert "Feeling stiff" in opened.value.inner_text("main")
    opened.value.close()
    patient = chromium.new_page(base_url=staff_site_url)
    patient.goto(PUBLIC)
    assert "Feeling stiff" not in patient.inner_text("main")
    page.get_by_role("button", name=publish, exact=True).click()
    assert "Patients see" in page.locator(".messagelist .success").inner_text()
    patient.goto(PUBLIC)
    assert "Feeling stiff" in patient.inner_text("main")
    patient.close()
    context.close()

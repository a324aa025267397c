"""The content that ships: it imports whole, and carries every fact of the clinic's article."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from education.documents import Identity
from education.handouts import find_named
from education.models import FAQ, Condition, GlossaryTerm, Packet, Source, Topic
from education.prose import render_prose
from education.publishing import find_page
from education.rendering import plain_text
from education.sync import export_content, import_content
from education.sync.apply import no_progress

COVERAGE = Path(settings.BASE_DIR) / "docs" / "content-coverage.md"
FACTS = range(1, 89)

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(db):
    import_content(settings.CONTENT_DIR)


def coverage_rows():
    """The rows of the coverage table: fact, page, section, words."""
    for line in COVERAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].isdigit():
            yield int(cells[0]), *cells[1:]


def sections_of(page):
    """The text of each section of a page by its heading; `-` is what stands before the first."""
    html = render_prose([page.body], page.language).bodies[0].html
    parts = re.split(r"<h[2-6] id=[^>]*>(.*?)</h[2-6]>", html)
    return {"-": plain_text(parts[0])} | {
        plain_text(heading): plain_text(text) for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }


class TestContentThatShips:
    def test_every_file_is_in_canonical_form(self, content, tmp_path):
        """Import, then export: the same bytes, so that an export of staff's edits shows nothing but them."""
        export_content(tmp_path, progress=no_progress)
        exported = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.md")}
        shipped = {path.relative_to(settings.CONTENT_DIR) for path in settings.CONTENT_DIR.rglob("*.md")}
        assert shipped - exported == {Path("README.md")}
        different = [name for name in exported if (tmp_path / name).read_bytes() != (settings.CONTENT_DIR / name).read_bytes()]
        assert different == []

    def test_it_is_as_much_as_was_promised(self, content):
        assert Condition.objects.published().count() == 9
        assert FAQ.objects.published().count() >= 15
        assert GlossaryTerm.objects.published().count() >= 20
        assert Topic.objects.published().count() >= 10
        assert Source.objects.published().count() >= 40

    def test_packets_for_before_and_after_a_visit_hold_public_pages_only(self, content):
        packets = {packet.slug: packet.pages for packet in Packet.objects.published()}
        assert {"first-visit", "after-your-visit"} <= set(packets)
        for pages in packets.values():
            assert list(find_named(pages, "en")) == pages

    def test_nobody_is_said_to_have_reviewed_it(self, content):
        """Pages say "not yet reviewed by a clinician" until staff sign them off."""
        for model in (Topic, Condition, FAQ, GlossaryTerm):
            assert not model.objects.exclude(reviewed_on=None, reviewed_by="").exists()

    def test_treatment_pages_say_when_to_get_help(self, content):
        """A condition's page has an emergency card and an urgent card of its own."""
        for condition in Condition.objects.published():
            assert "::: emergency" in condition.body, condition.slug
            assert "::: urgent" in condition.body, condition.slug


class TestCoverageOfTheArticle:
    def test_every_fact_has_a_place(self):
        assert {fact for fact, *_ in coverage_rows()} == set(FACTS)

    def test_every_place_holds_the_words_that_carry_the_fact(self, content):
        """Each row names a published page, a section of it, and words that stand there."""
        sections, missing = {}, []
        for fact, name, section, words in coverage_rows():
            page = find_page(Identity.from_string(name))
            assert page, f"fact {fact}: there is no {name}"
            assert page.is_published, f"fact {fact}: {name} is not public"
            if name not in sections:
                sections[name] = sections_of(page)
            text = sections[name].get(section)
            if text is None or words not in text:
                missing.append(f"fact {fact}: {name}, {section}: {words}")
        assert missing == []

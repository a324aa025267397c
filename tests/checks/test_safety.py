"""Rules 20 to 24: care cards, balance, sources, review dates."""

from datetime import date

import pytest

from education.checks import WARNING, Site, check
from tests.checks.pages import BOX, CARDS, CONDITION, EMERGENCY, URGENT, make_condition, make_faq, make_topic
from tests.factories import make_document

TODAY = date(2027, 3, 1)


class TestWhichPagesNeedCards:
    """Rule 20: both cards on conditions, on the first page of a guide, on topics with one of them."""

    @pytest.mark.parametrize(("card", "missing"), [(EMERGENCY, "urgent"), (URGENT, "emergency")])
    def test_a_topic_with_one_card_needs_the_other(self, found, card, missing):
        assert [f"::: {missing}" in message for _, message in found(20, make_topic(card))] == [True]

    def test_a_condition_needs_both(self, found):
        assert len(found(20, make_condition("Words."))) == 2
        assert found(20, make_condition()) == []

    def test_the_first_page_of_a_guide_needs_both(self, found):
        hub, below = make_document(body="Words."), make_topic().changed(parent="dry-needling")
        assert len(found(20, hub, Site.of([hub, below]))) == 2
        assert found(20, hub) == []

    def test_a_question_may_have_one(self, found):
        assert found(20, make_faq(f"Yes.\n\n{EMERGENCY}")) == []


class TestCareCards:
    """Rule 20: "[Action] if:", complete, no link but numbers to call, one a level."""

    @pytest.mark.parametrize("title", ["Call 911", "if:", "Danger", "call now if:"])
    def test_a_heading_that_does_not_say_what_to_do_breaks_it(self, found, title):
        assert found(20, make_faq(f"Yes.\n\n{EMERGENCY.replace('Call 911 now if:', title)}"))[0][0] == 3

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            ("- you have chest pain\n\n", "", "what to look for"),
            ("\n\nCall <tel:911>. Say that needles were used.", "", "what to do"),
            ("<tel:911>", "911", "number to call"),
            ("chest pain", "[chest pain](topic:a)", "out of the card"),
        ],
    )
    def test_a_card_that_is_not_complete_in_itself_breaks_it(self, found, before, after, words):
        text = EMERGENCY.replace(before, after)
        assert text != EMERGENCY
        assert any(words in message for _, message in found(20, make_faq(f"Yes.\n\n{text}")))

    def test_a_card_within_a_card_breaks_it(self, found):
        inner = ":::: urgent Call today if:\n- you are ill\n\n::: info\nMore.\n:::\n\nCome here.\n::::"
        assert [line for line, message in found(20, make_faq(inner)) if "inner card" in message] == [4]

    def test_two_of_a_level_break_it(self, found):
        assert "put both together" in found(20, make_topic(f"{CARDS}\n\n{URGENT}"))[0][1]

    def test_every_dont_begins_with_do_not(self, found):
        assert found(20, make_faq("::: dont\n- Do not run\n- do not drive\n:::")) == []
        assert found(20, make_faq("::: dont\n- Do not run\n- Driving\n:::"))[0][0] == 3

    @pytest.mark.parametrize("item", ["Do not run", "Don’t run", "Never run"])
    def test_a_do_says_what_to_do(self, found, item):
        assert found(20, make_faq("::: do\n- Rest\n:::")) == []
        assert found(20, make_faq(f"::: do\n- Rest\n- {item}\n:::"))[0][0] == 3

    def test_a_card_of_dos_is_a_list(self, found):
        assert found(20, make_faq("::: do\nRest.\n:::"))


class TestBenefitsAndRisks:
    """Rule 21."""

    def test_both_with_how_common_keep_it(self, found):
        assert found(21, make_condition()) == []

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("## Side effects", "## What you may feel"),
            ("About 8 in 100 treatments leave", "Some treatments leave"),
            ("## What research shows", "## More words"),
            ("In 8 trials, pain was lower for a time [@brady-2014]. How long it lasts is not known.", "It works."),
        ],
    )
    def test_one_that_is_missing_or_without_how_common_breaks_it(self, found, before, after):
        assert len(found(21, make_condition(CONDITION.replace(before, after)))) == 1

    def test_a_guide_may_tell_them_on_its_other_pages(self, found):
        hub = make_document(body="Words.")
        below = make_condition().body
        risks = make_document("topics", "risks", body=below, parent="dry-needling")
        assert found(21, hub, Site.of([hub, risks])) == []
        assert len(found(21, hub, Site.of([hub, make_topic().changed(parent="dry-needling")]))) == 2


class TestWhatToKnow:
    """Rule 22."""

    def test_all_that_a_decision_needs_keeps_it(self, found):
        assert found(22, make_condition()) == []

    @pytest.mark.parametrize(
        "words", ["## How it is used", "## Other things that can help", "How long it lasts is not known.", "## Questions to ask"]
    )
    def test_each_part_is_needed(self, found, words):
        assert len(found(22, make_condition(CONDITION.replace(words, "## Words")))) == 1

    def test_a_guide_also_says_what_happens_without_it(self, found):
        hub, below = make_document(body="Words."), make_document("topics", "more", body=CONDITION, parent="dry-needling")
        assert ["without it" in message for _, message in found(22, hub, Site.of([hub, below]))] == [True]
        whole = make_document("topics", "more", body=f"{CONDITION}\n\n## What happens without it", parent="dry-needling")
        assert found(22, hub, Site.of([hub, whole])) == []


class TestSources:
    """Rule 23."""

    @pytest.mark.parametrize(
        "text",
        ["It may hurt.", "A study found it [@brady-2014].", "Read [what research shows](topic:a).", "- What does research say?"],
    )
    def test_a_cited_claim_or_none_keeps_it(self, found, text):
        assert found(23, make_faq(text)) == []

    @pytest.mark.parametrize("text", ["Yes.\n\nA review found that it helps.", "Yes.\n\nIt happens to 8 in 100."])
    def test_a_claim_without_a_source_breaks_it(self, found, text):
        assert [line for line, _ in found(23, make_faq(text))] == [3]
        assert found(23, make_faq(text, sources=("brady-2014",))) == []

    def test_the_glossary_may_say_what_a_trial_is(self, found):
        assert found(23, make_document("glossary", "trial", body="A study in which chance decides.")) == []

    def test_a_source_says_who_and_when(self, found):
        assert found(23, make_document("sources", "a", authors="Brady et al.", year=2014)) == []
        assert {key for key, _ in found(23, make_document("sources", "a"))} == {"publisher", "year"}


class TestReviewDates:
    """Rule 24."""

    def dates(self, **fields):
        site = Site(today=TODAY)
        return [(finding.key, finding.severity) for finding in check(make_topic(**fields), site) if finding.rule == 24]

    def test_none_or_all_in_order_keep_it(self):
        assert self.dates() == []
        assert self.dates(reviewed_on=date(2027, 1, 1), reviewed_by="A. Lee", review_due=date(2028, 1, 1)) == []

    @pytest.mark.parametrize(
        ("fields", "key"),
        [
            ({"reviewed_by": None}, "reviewed_on"),
            ({"reviewed_on": None}, "reviewed_by"),
            ({"review_due": date(2026, 12, 31)}, "review_due"),
            ({"reviewed_on": date(2027, 3, 2)}, "reviewed_on"),
        ],
    )
    def test_dates_that_do_not_agree_break_it(self, fields, key):
        whole = {"reviewed_on": date(2027, 1, 1), "reviewed_by": "A. Lee", "review_due": date(2028, 1, 1)}
        assert (key, "error") in self.dates(**(whole | fields))

    def test_an_overdue_review_is_only_said(self):
        overdue = {"reviewed_on": date(2026, 1, 1), "reviewed_by": "A. Lee", "review_due": TODAY}
        assert self.dates(**overdue) == [("review_due", WARNING)]


def test_pages_that_keep_every_rule_have_no_finding():
    """The pages that these tests break one thing of are whole."""
    assert check(make_condition()) == ()
    assert check(make_topic()) == ()
    assert BOX in make_topic().body

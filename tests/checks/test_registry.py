"""The list of rules, and what holds for all of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.checks import ERROR, RULES, WARNING, Finding, Site, check
from education.documents import COLLECTIONS
from tests.checks.pages import EMERGENCY, make_condition, make_faq, site_with_terms
from tests.factories import make_document
from tests.strategies import documents, examples

# The rules for patient pages that are marked as a program's work; 1 and 25 are a reviewer's.
FOR_A_PROGRAM = [*range(2, 25), *range(26, 33)]
SECONDS_FOR_100_KB = 6


class TestRules:
    def test_every_rule_for_a_program_is_listed_once_in_order(self):
        assert [rule.number for rule in RULES] == FOR_A_PROGRAM

    def test_each_is_checked_here_or_says_where(self):
        assert [rule.number for rule in RULES if not (rule.find or rule.checked_in)] == []
        assert {rule.number for rule in RULES if not rule.find} == {26, 27, 29, 30, 31, 32}

    def test_each_says_what_it_asks_and_how_grave_it_is(self):
        assert all(rule.asks and rule.severity in (ERROR, WARNING) for rule in RULES)
        assert {rule.number for rule in RULES if rule.find and rule.severity == ERROR} >= {11, 14, 18, 19, 20, 21, 22, 23, 24}

    def test_other_people_s_titles_are_not_judged(self):
        title = "Efficacy Of Intramuscular Stimulation In Individuals Suffering From Chronic Nonspecific Cervicalgia"
        assert check(make_document("sources", "a", title=title, authors="A", year=2020)) == ()


class TestFindings:
    def test_say_rule_severity_place_and_what_to_do(self):
        (finding,) = [finding for finding in check(make_faq("Yes.\n\nVictims of pain.")) if finding.rule == 11]
        assert finding == Finding(
            11, ERROR, "body", 3, "Do not write “Victims of”: say “a person with” or “people with”.", "Victims of"
        )

    def test_come_front_matter_first_then_by_line(self):
        page = make_condition("### Part\n\nVictims of pain.\n\n# One", title="T" * 66)
        lines = [(finding.key == "body", finding.line) for finding in check(page)]
        assert lines == sorted(lines)
        assert lines[0] == (False, 0)


def checked(document):
    return check(document, site_with_terms())


class TestAnyPage:
    @examples(150)
    @given(documents())
    def test_never_raises(self, document):
        for finding in check(document, Site.of([document])):
            assert 0 <= finding.line <= document.body.count("\n") + 1
            assert finding.key == "body" or finding.key in COLLECTIONS[document.identity.collection].by_name

    @examples(100)
    @given(
        st.text() | st.text(alphabet="# -|:\n*[]()!.<>`1a?“”{}"),
        st.sampled_from(["topics", "conditions", "faqs", "glossary", "clinic"]),
    )
    def test_never_raises_on_text_that_no_import_would_take(self, text, collection):
        checked(make_document(collection, collection, body=text))

    @pytest.mark.parametrize(
        "seed",
        [
            "word ", "a", "1,", "1.", "@", "(", "is ", "how ", "FDA ", "AB", "physician ", "trigger point ", "suffering ",
            "cure ", "- item\n", "  - deep\n", "> ", "**a** ", "**", "[a](topic:b) ", "[@a-b] ", "## How\n\n", "|a", "a. ",
            "...", "“\" ", "8 in 100 ", "::: info\na\n:::\n\n", EMERGENCY + "\n\n", "1 in 1,000, ", "FDA\n\n", "A study.\n\n",
            "is done by a ", "two a ", ". ", "?", "![a](/media/a) ", "| a | b |\n|---|---|\n| 1 | 2 |\n\n", "<tel:911> ",
            "not ", "no risk ", "((((term) ", "fascia",
        ],
    )  # fmt: skip
    def test_takes_time_that_grows_with_its_length_only(self, seed):
        body = seed * (100 * 1024 // len(seed))
        start = time.process_time()
        checked(make_document("conditions", "a", body=body))
        assert time.process_time() - start < SECONDS_FOR_100_KB

"""Rules 2 to 5: one main message, something to do, a summary, something to take along."""

import pytest

from tests.checks.pages import BOX, make_condition, make_faq, make_topic
from tests.factories import make_document


class TestMainMessage:
    """Rule 2."""

    def test_a_box_in_the_first_section_keeps_it(self, found):
        assert found(2, make_topic()) == []
        assert found(2, make_document(body=f"## What it is\n\n{BOX}\n\n## Next")) == []

    def test_a_box_that_comes_late_breaks_it(self, found):
        assert found(2, make_document(body=f"Words.\n\n## One\n\nWords.\n\n{BOX}"))

    def test_too_many_sentences_break_it(self, found):
        assert "4" in found(2, make_document(body="::: info\nOne is. Two is. Three is. Four is.\n:::"))[0][1]

    def test_an_answer_begins_with_words(self, found):
        assert found(2, make_faq("It may hurt.\n\n- a list")) == []
        assert found(2, make_faq("- a list\n- of things"))


class TestSomethingToDo:
    """Rule 3."""

    @pytest.mark.parametrize(
        "text",
        [
            "- Rest at home.\n- Drink water.",
            "::: do\n- easy movement\n:::",
            "## What you can ask\n\n- Who are you?",
            "Tell us first:\n\n- your medicines",
        ],
    )
    def test_steps_and_lists_that_say_what_to_do_keep_it(self, found, text):
        assert found(3, make_document(body=f"You can do this.\n\n{text}")) == []

    def test_signs_in_a_warning_card_are_not_enough(self, found):
        assert len(found(3, make_document(body="You may be ill.\n\n::: urgent Call if:\n- call it\n:::"))) == 1

    def test_a_text_that_speaks_to_nobody_breaks_it(self, found):
        assert "you" in found(3, make_document(body="Patients may rest.\n\n1. Rest."))[0][1]


class TestSummary:
    """Rule 4."""

    def test_a_message_keeps_it(self, found):
        assert found(4, make_topic()) == []

    def test_none_or_the_title_again_breaks_it(self, found):
        assert found(4, make_topic(summary=None))[0][0] == "summary"
        assert found(4, make_topic(summary="A topic."))


class TestSomethingToTakeAlong:
    """Rule 5."""

    @pytest.mark.parametrize(
        "text",
        [
            "## Questions to ask\n\n- What else?",
            "1. Rest.",
            "- Why?\n- When?",
            "Take [our questions](topic:a).",
            "::: do\n- rest\n:::",
        ],
    )
    def test_questions_steps_and_checklists_keep_it(self, found, text):
        assert found(5, make_document(body=text)) == []

    def test_only_prose_breaks_it(self, found):
        assert found(5, make_document(body="Words."))
        assert found(5, make_condition("Words."))

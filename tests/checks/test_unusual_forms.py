"""Faults in forms that are easily overlooked are found, and good sentences that look like them are not."""

import pytest

from education.checks import check
from tests.checks.pages import CONDITION as GOOD
from tests.checks.pages import EMERGENCY, make_condition, make_topic


def rules_of(document):
    return {finding.rule for finding in check(document)}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (8, "Moves are shown to you by your therapist."),
        (10, "Ask a P.T. for help."),
        (11, "Stroke victims may limp."),
        (12, "It works 100 % of the time."),
        (12, "It is one hundred percent safe."),
        (12, "You will be pain free."),
        (13, "It hurts 30 per cent of people."),
        (13, "A third of people get it again."),
        (17, "**It hurts and swells and aches.** **It hurts and swells a lot.** **Rest now.**"),
        (19, "<img src='/media/a.png'>"),
        (28, "See [more information](topic:hub)."),
        (28, "Read [this article](topic:hub)."),
        (28, "[Find out more here](topic:hub)."),
    ],
)
def test_a_fault_in_an_unusual_form_is_found(rule, text):
    assert rule in rules_of(make_topic(text))


@pytest.mark.parametrize(
    "text",
    [
        "It is used to ease pain by moving more.",
        "This is common in the U.S. and in Canada.",
        "Half an hour of walking helps. A quarter of an hour is a good start.",
        "**Rest** for 100 minutes, then **walk** a little, and **ask** before you run or swim or ride again.",
        "See [more about your first visit](topic:hub).",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert rules_of(make_topic(text)) == rules_of(make_topic())


def test_a_card_that_begins_with_if_says_no_action():
    card = EMERGENCY.replace("Call 911 now if:", "If you feel bad if:")
    assert 20 in rules_of(make_condition(GOOD.replace(EMERGENCY, card)))

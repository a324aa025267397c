"""How texts are taken apart, and when words count as the same."""

import pytest

from education.search.spelling import distance, sound, sounds_near
from education.search.words import fold, split_words, stem


def test_accents_capitals_and_apostrophes_make_no_difference():
    assert fold("Ménière’s") == fold("menieres")


def test_signs_separate_words_and_are_none():
    assert split_words('heat/ice, "COVID-19" (NEAR) don\'t_*') == ["heat", "ice", "covid", "19", "near", "dont"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("needle", "needling"), ("knots", "knot"), ("sore", "soreness"), ("bruise", "bruising"), ("stop", "stopped")],
)
def test_endings_make_no_difference(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("should", "shoulder"), ("numb", "number"), ("knee", "knees up")])
def test_other_words_stay_apart(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("siatica", "sciatica"),
        ("needeling", "needling"),
        ("sholder", "shoulder"),
        ("nee", "knee"),
        ("fisical", "physical"),
        ("fobia", "phobia"),
        ("neumothorax", "pneumothorax"),
        ("wiplash", "whiplash"),
        ("tention", "tension"),
        ("hert", "hurt"),
        ("twich", "twitch"),
        ("mussel", "muscle"),
        ("headake", "headache"),
    ],
)
def test_words_that_sound_the_same_are_found_to(typed, meant):
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("typed", "meant"), [("mucsles", "muscles"), ("accupunture", "acupuncture"), ("nirve", "nerve")])
def test_a_slip_of_the_ear_is_near(typed, meant):
    assert sound(meant) in sounds_near(sound(typed))


def test_swapped_doubled_and_mistaken_letters_are_small_slips():
    assert distance("bakc", "back") == 1
    assert distance("needdle", "needle") == 0.5
    assert distance("hert", "hurt") == 0.5
    assert distance("", "ache") == 4

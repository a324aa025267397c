"""Rules 6 to 9 and 10 to 13: plain words, and numbers that need no working out."""

import pytest

from tests.checks.pages import make_faq, site_with_terms

LONG = "This is a sentence that goes on and on with many little words until it has far more than twenty of them."


class TestReadingGrade:
    """Rule 6."""

    def test_short_words_and_sentences_keep_it(self, found):
        assert found(6, make_faq("It may hurt a little. Most people find it easy to bear.")) == []

    def test_long_words_break_it(self, found):
        assert found(6, make_faq("Intramuscular stimulation necessitates considerable deliberation beforehand."))

    def test_a_page_chopped_into_items_is_judged_by_its_running_text(self, found):
        hard = "Intramuscular stimulation necessitates considerable deliberation beforehand."
        assert "paragraphs" in found(6, make_faq(hard + "\n\n" + "- go\n- see it\n" * 30))[0][1]


class TestLength:
    """Rule 7."""

    def test_short_ones_keep_it(self, found):
        assert found(7, make_faq("It may hurt. It is soon over.\n\n- a list item")) == []

    def test_a_long_sentence_breaks_it(self, found):
        assert [line for line, _ in found(7, make_faq(f"Yes.\n\n{LONG}"))] == [3]

    def test_a_long_sentence_in_the_summary_is_found_there(self, found):
        assert found(7, make_faq("Yes.", summary=LONG))[0][0] == "summary"

    def test_a_long_paragraph_breaks_it(self, found):
        assert "4 sentences" in found(7, make_faq("One is here. Two is here. Three is here. Four is here."))[0][1]


class TestActiveVoice:
    """Rule 8."""

    @pytest.mark.parametrize(
        "text",
        [
            "Your provider chooses the spot.",
            "It is used by hand.",
            "Side effects are eased by resting.",
            "You need to be careful.",
            "You are tired by 8.",
        ],
    )
    def test_who_does_what_keeps_it(self, found, text):
        assert found(8, make_faq(text)) == []

    @pytest.mark.parametrize("text", ["The spot is chosen by your provider.", "Medicine should not be stopped."])
    def test_a_plain_passive_breaks_it(self, found, text):
        assert len(found(8, make_faq(text))) == 1


class TestPlainWordFirst:
    """Rule 9."""

    @pytest.mark.parametrize("text", ["Ask a doctor.", "Ask a physician (doctor).", "Swelling (edema) goes away."])
    def test_the_plain_word_keeps_it(self, found, text):
        assert found(9, make_faq(text)) == []

    @pytest.mark.parametrize("text", ["Ask a physician.", "Rest prior to your visit.", "Do not utilize it."])
    def test_a_word_with_a_plainer_one_breaks_it(self, found, text):
        assert len(found(9, make_faq(text))) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "It treats [trigger points](term:trigger-point). A trigger point is sore.",
            "It treats sore spots (trigger points).",
            "It treats a sore spot, called a trigger point.",
            "A trigger point (sore spot) hurts.",
            "A trigger point, which is a sore spot, hurts.",
            "Read [what a trigger point is](topic:trigger-points). A trigger point hurts.",
            "A needle can hurt a nerve.",
        ],
    )
    def test_an_explained_or_everyday_word_of_the_glossary_keeps_it(self, found, text):
        assert found(9, make_faq(text), site_with_terms()) == []

    def test_an_unexplained_word_of_the_glossary_breaks_it_once(self, found):
        findings = found(9, make_faq("Yes.\n\nIt treats trigger points. A trigger point hurts."), site_with_terms())
        assert [line for line, _ in findings] == [3]
        assert "[trigger points](term:trigger-point)" in findings[0][1]


class TestAbbreviations:
    """Rule 10."""

    @pytest.mark.parametrize(
        "text",
        [
            "The Food and Drug Administration (FDA) says so. The FDA knows.",
            "NSAIDs (nonsteroidal anti-inflammatory drugs) may not be safe.",
            "The letters FDA stand for Food and Drug Administration.",
            "Do not take an [NSAID](term:nsaid). An NSAID can harm.",
            "A study in the US.",
            "STOP NOW",
        ],
    )
    def test_written_out_or_well_known_keeps_it(self, found, text):
        assert found(10, make_faq(text)) == []

    def test_one_without_its_words_breaks_it_at_its_first_use(self, found):
        assert [
            line for line, _ in found(10, make_faq("Yes.\n\nThe FDA says so.\n\nThe FDA (Food and Drug Administration)."))
        ] == [3]


class TestWordsAboutPeople:
    """Rule 11."""

    def test_people_who_live_with_something_keep_it(self, found):
        assert found(11, make_faq("People with pain. Older people. Someone who uses a wheelchair.")) == []

    @pytest.mark.parametrize("text", ["Those suffering from pain.", "Victims of pain.", "He is wheelchair-bound.", "Diabetics."])
    def test_a_fate_breaks_it(self, found, text):
        assert len(found(11, make_faq(text))) == 1


class TestPromises:
    """Rule 12."""

    @pytest.mark.parametrize("text", ["It may help for a time.", "There is no cure for this.", "No one can guarantee a result."])
    def test_careful_words_keep_it(self, found, text):
        assert found(12, make_faq(text)) == []

    @pytest.mark.parametrize(
        "text", ["It will cure you.", "It is pain-free.", "Guaranteed relief.", "It is 100% safe.", "A miracle."]
    )
    def test_a_promise_breaks_it(self, found, text):
        assert len(found(12, make_faq(text))) == 1


class TestNumbers:
    """Rule 13."""

    @pytest.mark.parametrize(
        "text",
        [
            "It took 2 weeks. It helped after a day or two. Call the two alike.",
            "Two studies looked at it.",
            "About 20% (about 1 in 5) were sore.",
            "It was 8 in 100 (about 1 in 13) here and 5 in 100 there.",
        ],
    )
    def test_clear_numbers_keep_it(self, found, text):
        assert found(13, make_faq(text)) == []

    @pytest.mark.parametrize(
        "text",
        [
            "It took three weeks.",
            "About three in 10 were sore.",
            "In one study, two out of every five were sore.",
            "About 20% were sore.",
            "It is twice as likely.",
            "It was 8 in 100 here and 1 in 1,000 there.",
            "- 8 in 100 were sore\n- 1 in 1,000 were harmed",
        ],
    )
    def test_sums_for_the_reader_break_it(self, found, text):
        assert len(found(13, make_faq(text))) == 1

    @pytest.mark.parametrize("number", ["20%", "0.5%", "100 %", "12 percent"])
    def test_the_whole_number_is_named(self, found, number):
        assert f"“{number}”." in found(13, make_faq(f"About {number} were sore."))[0][1]

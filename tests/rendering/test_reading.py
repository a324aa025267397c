"""How hard a text is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.rendering import Reference
from education.rendering.reading import Block, Measure, read, read_blocks, sentences_of, syllables, words_of
from tests.strategies import bodies, examples

# Syllables by The CMU Pronouncing Dictionary (version 0.7b), for words with one count there; medical words by hand from
# Merriam-Webster. Drawn at random from the pages' words and from other English text, not chosen by what the counter can do.
SYLLABLES = {
    1: """
        aimed board cards cause cells clock clothes could cramp depth dumps feel fetch food forms gains group
        guides hands hard harms hear help known look main marks read rest said scale show shows sleep socks some spray
        start steps style they twice week works
    """,
    2: """
        added adding adults attach begins besides bodies bruising button center compress consent contained content
        control deny depends differ effect expect experts fascia figures fingers format function gently highlight
        implants import intern into kidney licensed lifting likely lowered manage measured minutes modules
        muscle muscles nearest needled newly objects paper pascal pressure quickly reaches reacts released setup
        slowly someone soreness spaces stretching study tendon tension timeout timezone triple unknown unused very
        waiting weakness within
    """,
    3: """
        agreement alkaline allergies allergy animals balancing benefit certainty chemistry consistent critical
        department detected disorders distinctly equally everyone expressions formatting heavier inactive infected
        inherits injected injury legacy ligament ligaments linear medium multipart naproxen nausea opening oracle
        overhead oversees pneumonia postural precedence reaction recommends relaxes releases replacement replacements
        reported sclerosis sensitive sentinel serious therapist therapy together unwanted
    """,
    4: """
        activity advantages american analysis cellulitis chiropractor chiropractors custodian deactivate dependency
        diabetes diagnosis directories dystonia education electrical emphysema epilepsy exercises hepatitis ibuprofen
        imbalances immediate indicated inflammation interfaces irritable lymphedema maternity meridian myofascial
        neurology nonsteroidal parameters scientific scoliosis spasticity superior traditional unexpected
    """,
    5: """
        acupuncturist administration antibiotics authentication biochemical endocarditis fibromyalgia hypersensitive
        inflammatory intramuscular manipulation organization pneumothorax qualification tuberculosis wikipedia
    """,
    6: """
        osteoarthritis physiotherapy
    """,
}
LABELLED = {word: count for count, words in SYLLABLES.items() for word in words.split()}


def sentences(text):
    return [sentence.text for sentence in sentences_of(Block("paragraph", text))]


def kinds(text):
    return [(block.kind, block.text) for block in read_blocks(text)]


class TestSyllables:
    def test_at_least_95_in_100_labelled_words_are_right(self):
        wrong = {word: syllables(word) for word, count in LABELLED.items() if syllables(word) != count}
        assert len(LABELLED) >= 200
        assert len(wrong) <= 0.05 * len(LABELLED), wrong

    @pytest.mark.parametrize(
        ("word", "count"),
        [
            ("didn't", 2), ("don’t", 1), ("clinic's", 2), ("nurse's", 2), ("you're", 1),
            ("FDA", 3), ("WHO", 5), ("NSAIDs", 2), ("Dr.", 2), ("e.g.", 4),
            ("7", 1), ("2018", 1), ("20,500", 2), ("0.87", 2), ("100%", 3),
            ("short-term", 2), ("16-year-old", 3), ("Fernández-de-las-Peñas", 7), ("漢字", 1), ("needle", 2), ("table", 2),
        ],
    )  # fmt: skip
    def test_what_is_not_a_plain_word(self, word, count):
        assert syllables(word) == count


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Rest. Then walk!", ["Rest.", "Then walk!"]),
            ("See Dr. Lee, e.g. on Monday. Go.", ["See Dr. Lee, e.g. on Monday.", "Go."]),
            ("It was 0.87 in 1 million. That is few.", ["It was 0.87 in 1 million.", "That is few."]),
            ("The U.S. Food and Drug Administration says so.", ["The U.S. Food and Drug Administration says so."]),
            ("Come at 5 p.m. Eat first.", ["Come at 5 p.m.", "Eat first."]),
            ("Ask J. Smith about No. 3 here.", ["Ask J. Smith about No. 3 here."]),
            ("No. The clinic does not.", ["No.", "The clinic does not."]),
            ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
            ("Wait … and see. Really?! Yes.", ["Wait … and see.", "Really?!", "Yes."]),
            ("Broken\nover lines. Next", ["Broken over lines.", "Next"]),
            ("*** ...", []),
        ],
    )
    def test_end_where_a_reader_stops(self, text, expected):
        assert sentences(text) == expected

    def test_know_their_lines(self):
        block = read_blocks("First.\n\nOne line.\nAnother line\nwith more. Last.")[1]
        assert [(sentence.line, sentence.text) for sentence in sentences_of(block)] == [
            (3, "One line."), (4, "Another line with more."), (5, "Last."),
        ]  # fmt: skip

    def test_words_are_what_stands_between_spaces_slashes_and_dashes(self):
        text = "Well-known and/or new — see https://example.org/a or me@example.org, it's 3."
        assert list(words_of(text)) == ["Well-known", "and", "or", "new", "see", "or", "it's", "3"]


class TestBlocks:
    def test_are_what_a_reader_sees(self):
        text = (
            "## Heading\n\nText [link](topic:a) [@source] `code` <tel:911> <https://a.example>.\n\n"
            "- item\n  1. step\n\n"
            "::: urgent Call if:\nBe quick.\n:::\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Words\n\nTerm\n: Meaning\n\n"
            "```\ncode\n```\n"
        )
        assert kinds(text) == [
            ("heading", "Heading"), ("paragraph", "Text link  911 ."), ("item", "item"), ("item", "step"),
            ("card title", "Call if:"), ("paragraph", "Be quick."), ("caption", "Words"), ("header", "a"), ("header", "b"),
            ("cell", "1"), ("cell", "2"), ("term", "Term"), ("paragraph", "Meaning"),
        ]  # fmt: skip

    def test_a_link_without_words_reads_as_its_page_s_title(self):
        assert read_blocks("Read [](topic:a).", {Reference("topics", "a"): "All about it"})[0].text == "Read All about it."

    def test_a_figure_reads_as_its_caption(self):
        assert kinds('![What it shows](/static/a.svg "The caption.")') == [("caption", "The caption.")]

    def test_say_what_holds_them(self):
        block = read_blocks("::: do\n- one\n:::")[-1]
        assert [part.kind for part in block.parts] == ["card", "list", "item"]
        assert block.within("card").info == "do"
        assert block.within("table") is None


class TestGrade:
    def test_follows_the_formula(self):
        """0.39 × 100/10 + 11.8 × 150/100 − 15.59 (Kincaid and others 1975)."""
        assert Measure(words=100, sentences=10, syllables=150).grade == pytest.approx(6.01)

    def test_there_is_none_without_words(self):
        assert read(read_blocks("***")).grade is None

    def test_hard_words_and_long_sentences_raise_it(self):
        easy = read(read_blocks("You may feel a small prick. It does not last long."))
        hard = read(
            read_blocks("Myofascial hyperirritability may necessitate intramuscular stimulation of considerable duration.")
        )
        assert easy.grade < 3
        assert hard.grade > 15

    def test_chopping_into_a_list_does_not_hide_hard_running_text(self):
        paragraph = "The immediate consequences of intramuscular stimulation are unpredictable in numerous individuals."
        chopped = read(read_blocks(paragraph + "\n\n" + "- go\n- do it\n- see\n" * 20))
        assert chopped.whole.grade < 8 < chopped.running.grade == chopped.grade

    def test_a_lead_in_runs_on_into_its_first_item(self):
        reading = read(read_blocks("Tell us if:\n\n- you are ill\n- you are weak"))
        assert (reading.whole.sentences, len(reading.sentences)) == (2, 3)

    def test_the_cells_of_a_row_are_one_sentence_unless_they_end(self):
        row = "| a | b |\n|---|---|\n| A word | Some words |\n| Whole here. | Another. |"
        assert read(read_blocks(row)).whole.sentences == 1 + 1 + 2

    def test_the_share_of_long_sentences_is_not_thinned_by_short_items(self):
        text = "word " * 25 + ".\n\nShort one.\n\n" + "- a word\n" * 30
        assert read(read_blocks(text)).share_longer_than(20) == 0.5

    def test_the_longest_sentences_come_with_their_lines(self):
        reading = read(read_blocks("One two.\n\n- one two three\n\nOne."))
        assert [(sentence.line, len(sentence.words)) for sentence in reading.longest(2)] == [(3, 3), (1, 2)]


class TestAnyText:
    @examples(100)
    @given(bodies() | st.text())
    def test_can_be_read(self, text):
        reading = read(read_blocks(text))
        assert reading.whole.syllables >= reading.whole.words >= reading.running.words

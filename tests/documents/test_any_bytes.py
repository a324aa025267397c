"""Whatever stands in a file, reading it gives a document or errors that say where (S42, F07)."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.documents import COLLECTIONS, ContentErrors, Identity, parse, parse_text, serialize
from education.documents.parse import FILE_MAX_BYTES
from tests.factories import make_document
from tests.strategies import documents, examples, front_matter_lines

PATH = "content/en/topics/x.md"
LOCATED = re.compile(rf"{re.escape(PATH)}:([1-9][0-9]*): [^\n]+: expected [^\n]+")


def outcome(data, identity):
    """The document, or None; anything but ContentErrors fails the test, and so does an error that does not say where."""
    try:
        return parse(data, identity, PATH).document
    except ContentErrors as found:
        errors = found.errors
    lines = len(re.split(rb"\r\n|\r|\n", data))
    assert errors
    for error in map(str, errors):
        match = LOCATED.fullmatch(error)
        assert match, error
        assert int(match[1]) <= lines
        assert error.isprintable()
    return None


class TestAnyBytes:
    @examples(150)
    @given(st.binary(max_size=300), st.sampled_from(list(COLLECTIONS)))
    def test_are_a_document_or_located_errors(self, data, collection):
        outcome(data, Identity("en", collection, "x"))

    @examples(60)
    @given(front_matter_lines(), st.sampled_from(["\n---\n", "\n---", "\n--- \nBody\n", ""]), st.sampled_from(list(COLLECTIONS)))
    def test_that_look_like_a_page_are_a_document_or_located_errors(self, front, end, collection):
        identity = Identity("en", collection, "x")
        document = outcome(f"---\n{front}{end}".encode(), identity)
        if document:
            assert parse_text(serialize(document), identity) == document

    @pytest.mark.parametrize("text", ["\ud800", "---\ntitle: \udfff\nsummary: s\n---\n"])
    def test_half_a_surrogate_pair_is_an_error_like_any_other(self, text):
        """A text that is no Unicode must not get further than the parser, wherever it came from."""
        with pytest.raises(ContentErrors, match="expected text in UTF-8"):
            parse_text(text, Identity("en", "glossary", "x"))


class TestADamagedFile:
    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_cut_off_at_any_byte_is_a_document_or_located_errors(self, collection):
        """A file that was half written (F07): refused with its line, or whole in itself."""
        document = make_document(
            collection, "x", title='Quotes: "é"', search_words=("a: b", "漢字"), body="Text.\n\n---\n\nMore ü."
        )
        data = serialize(document).encode()
        for size in range(len(data)):
            cut = outcome(data[:size], document.identity)
            assert cut is None or data.startswith(serialize(cut).encode().rstrip())

    @examples(80)
    @given(documents(), st.data())
    def test_with_a_flipped_bit_is_a_document_or_located_errors(self, document, data):
        damaged = bytearray(serialize(document).encode())
        at = data.draw(st.integers(0, len(damaged) * 8 - 1))
        damaged[at // 8] ^= 1 << at % 8
        outcome(bytes(damaged), document.identity)

    @examples(60)
    @given(documents(), documents(), st.data())
    def test_with_parts_of_another_is_a_document_or_located_errors(self, document, other, data):
        one, two = serialize(document).encode(), serialize(other).encode()
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(one)), st.integers(0, len(one)))))
        outcome(one[:start] + two[data.draw(st.integers(0, len(two))) :] + one[end:], document.identity)


class TestAHostileFile:
    BOMB = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )

    @pytest.mark.parametrize(
        "front",
        [
            BOMB,
            "[" * 60_000,
            "title: " + "[" * 60_000,
            "{" * 60_000,
            "title: " + "{a: " * 15_000,
            "? " * 30_000,
            "- " * 30_000,
            "title:\n" + "".join(" " * depth + "- \n" for depth in range(1, 350)),
            '"' + "\\" * 60_000,
            "title: '" + "''" * 30_000,
            "!" * 60_000,
            "#" * 60_000,
            "a:\n" * 20_000,
            "search_words:\n" + "".join(f"- {number:x}\n" for number in range(9_000)),
            "".join(f"k{number}: x\n" for number in range(6_000)),
            "title: |\n" + " x\n" * 20_000,
            "%YAML 1.1\n" * 6_000,
        ],
        ids=range(17),
    )
    def test_is_refused_at_once(self, front):
        """Nothing is expanded and nothing recurses: the time a file takes grows no faster than its size."""
        started = time.process_time()
        assert outcome(f"---\n{front}\n---\nBody".encode(), Identity("en", "topics", "x")) is None
        assert time.process_time() - started < 1

    @pytest.mark.parametrize("sign", ["a", "\n", "---\n", "- ", " ", "é"])
    def test_is_read_no_further_than_its_size_allows(self, sign):
        started = time.process_time()
        assert outcome((sign * FILE_MAX_BYTES)[: FILE_MAX_BYTES + 1].encode(), Identity("en", "topics", "x")) is None
        assert time.process_time() - started < 1

    def test_cannot_write_to_the_terminal_of_whoever_reads_the_errors(self):
        """Escapes of YAML can spell what a file may not hold; a message shows them as escapes too."""
        for key in ('"\\e[2J"', '"\\u202e"', '"a\\nb"', '"\\x9b"', f'"{"k" * 900}"'):
            with pytest.raises(ContentErrors) as found:
                parse(f"---\n{key}: x\n{key}: y\n---\n".encode(), Identity("en", "topics", "x"), PATH)
            assert all(str(error).isprintable() and len(str(error)) < 400 for error in found.value.errors)

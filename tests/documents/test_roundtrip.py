"""One document has one text, and one text one document."""

import pytest
from hypothesis import given

from education.documents import COLLECTIONS, Document, Identity, digest, parse, parse_text, serialize
from tests.factories import make_document
from tests.strategies import bodies, documents, examples

IDENTITY = Identity("en", "glossary", "nerve")


def parsed(text, identity=IDENTITY):
    return parse(text.encode(), identity, "nerve.md").document


def with_front_matter(*lines, body=""):
    return "\n".join(["---", "title: Nerve", "summary: A cord.", *lines, "---", body])


class TestAnyDocument:
    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_reads_back_as_itself(self, collection):
        """What export writes, import reads: nothing is lost, whatever staff typed."""

        @examples(25)
        @given(documents(collection))
        def check(document):
            text = serialize(document)
            assert parsed(text, document.identity) == document
            assert parse_text(text, document.identity) == document

        check()

    @examples(40)
    @given(documents())
    def test_has_one_text(self, document):
        """The canonical text of what the canonical text says is that text, byte for byte."""
        text = serialize(document)
        assert serialize(parsed(text, document.identity)) == text
        assert digest(text) == digest(text.encode())

    @examples(40)
    @given(documents())
    def test_means_the_same_with_the_line_ends_and_mark_of_other_systems(self, document):
        """Editors on Windows write CRLF, and some a byte order mark."""
        text = serialize(document)
        for data in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode(), text.replace("\n", "\r").encode()):
            assert parse(data, document.identity, "x.md").document == document

    @examples(20)
    @given(documents(), documents())
    def test_differs_in_its_text_from_every_other(self, one, other):
        """Digests stand for texts, and texts for documents: import may compare either."""
        if one.identity == other.identity:
            assert (one == other) == (digest(serialize(one)) == digest(serialize(other)))


class TestWhatWritersTyped:
    @examples(25)
    @given(bodies())
    def test_blank_lines_around_the_body_do_not_count(self, body):
        for around in ("", "\n", "\n \n\t\n"):
            document = parsed(with_front_matter(body=around + body + around + "\n"))
            assert document.body == body

    @pytest.mark.parametrize(
        ("line", "key", "value"),
        [
            (
                "search_words: [NO, yes, 12:30, 1.10, 0x1F, ~, null]",
                "search_words",
                ("NO", "yes", "12:30", "1.10", "0x1F", "~", "null"),
            ),
            ("reviewed_by: 2027-05-03", "reviewed_by", "2027-05-03"),
            ("reviewed_by: 'Dr. O''Hara: head # of clinic'", "reviewed_by", "Dr. O'Hara: head # of clinic"),
            ('reviewed_by: "\\u00e9\\U0001f9b4 \\"x\\""', "reviewed_by", 'é\U0001f9b4 "x"'),
            ("reviewed_by: A name\n  over two lines", "reviewed_by", "A name over two lines"),
            ("reviewed_by: >\n  A name\n  folded", "reviewed_by", "A name folded"),
            ("reviewed_by: x # a comment", "reviewed_by", "x"),
            ("reviewed_by: a:b#c", "reviewed_by", "a:b#c"),
        ],
    )
    def test_every_value_is_text_until_the_schema_says_more(self, line, key, value):
        """YAML's own types (`NO` is false, `12:30` is 750, `1.10` is 1.1) have no say."""
        document = parsed(with_front_matter(line))
        assert document.get(key) == value
        assert parsed(serialize(document)) == document

    @pytest.mark.parametrize(
        "line", ["", "status: draft", "aliases:", "aliases: []", "publish_on:", 'reviewed_by: "  "', "# a comment"]
    )
    def test_what_says_nothing_is_left_out(self, line):
        """Two documents that mean the same are equal, and have the same text."""
        assert parsed(with_front_matter(line)) == parsed(with_front_matter())

    def test_a_flow_mapping_is_front_matter_too(self):
        text = "---\n{title: Nerve, summary: A cord.}\n---\n"
        assert parsed(text) == parsed(with_front_matter())

    def test_later_lines_of_dashes_are_body(self):
        document = parsed(with_front_matter(body="one\n\n---\n\ntitle: two\n\n---\n"))
        assert document.body == "one\n\n---\n\ntitle: two\n\n---"


class TestCanonicalText:
    def test_keys_stand_in_the_order_of_the_schema(self):
        document = make_document("topics", position=3, aliases=("old",), reviewed_by="Dr. A", body="Text.")
        assert serialize(document) == (
            "---\ntitle: Dry needling\nsummary: What it is about.\nstatus: published\naliases:\n  - old\n"
            "reviewed_by: Dr. A\nposition: 3\n---\n\nText.\n"
        )

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("What: is it", '"What: is it"'),
            ("Ends in :", '"Ends in :"'),
            ("A #1 choice", '"A #1 choice"'),
            ("C# and 9:30", "C# and 9:30"),
            ("- item", '"- item"'),
            ("“Quoted”", '"“Quoted”"'),
            ('say "ah"', '"say \\"ah\\""'),
            ("back\\slash", '"back\\\\slash"'),
            ("tab\there", '"tab\\x09here"'),
            ("no\u00a0break", '"no\\xa0break"'),
            ("zero\u200bwidth", '"zero\\u200bwidth"'),
            ("tag\U000e0041", '"tag\\U000e0041"'),
            ("ümlaut 漢字 🦴", "ümlaut 漢字 🦴"),
        ],
    )
    def test_quotes_only_where_yaml_needs_them_and_shows_what_cannot_be_seen(self, value, written):
        assert f"title: {written}\n" in serialize(make_document(title=value))

    def test_a_sign_that_only_a_newer_unicode_knows_is_written_as_itself(self):
        """The text of a page must not change with the version of Python: digests are kept for years."""
        assert "title: New \u0378\n" in serialize(make_document(title="New \u0378"))

    def test_without_a_body_ends_after_the_front_matter(self):
        assert serialize(make_document("glossary", body="")).endswith("published\n---\n")

    def test_slug_is_not_part_of_the_text(self):
        """A renamed page has the same text: its name is its file's."""
        one = make_document(slug="one", title="T")
        assert serialize(one) == serialize(Document(one.identity._replace(slug="two"), one.fields, one.body))

"""Every mistake is named with its line, its key and what was expected; all of a file's mistakes at once."""

import pytest

from education.documents import COLLECTIONS, ContentErrors, Identity, parse
from education.documents.text import forbidden_character

TOPIC = ["---", "title: A title", "summary: A summary."]


def mistakes(text, collection="topics"):
    """The errors of a file as `line: key: message`."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ContentErrors) as found:
        parse(data, Identity("en", collection, "x"), "x.md")
    assert all(error.path == "x.md" for error in found.value.errors)
    return [f"{error.line}: {error.key}: {error.message}" for error in found.value.errors]


def mistakes_in(*lines, collection="topics", body="Body"):
    """The errors of a topic with more lines in its front matter, the first of them on line 4."""
    return mistakes("\n".join([*TOPIC, *lines, "---", "", body, ""]), collection)


class TestASingleMistake:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (["colour: red"], "4: colour: expected one of the keys of topics: title, summary,"),
            (["evidence: good"], "4: evidence: expected one of the keys of topics"),
            (["'a b': red"], "4: 'a b': expected one of the keys of topics"),
            (["position: 1", "title: Again"], "5: title: expected each key once; it already stands on line 2"),
            (["reviewed_by:", "  - Dr. A"], "4: reviewed_by: expected one value, found a list"),
            (["aliases: old"], "4: aliases: expected a list, each entry on its own line after '- '; found 'old'"),
            (["aliases:", "  - a", "  - a"], "6: aliases: expected each value once, found 'a' again"),
            (["aliases:", "  - a", "  -"], "6: aliases: expected a value after '- '"),
            (
                ["aliases:", "  - A"],
                "5: aliases: expected small letters a-z, digits and single hyphens, at most 80 characters; found 'A'",
            ),
            (["aliases:", "  - a", "", "  - ../b"], "7: aliases: expected small letters"),
            (["aliases:", "  - " + "a" * 81], "5: aliases: expected small letters"),
            (["parent: a--b"], "4: parent: expected small letters"),
            (["status: live"], "4: status: expected one of draft, published; found 'live'"),
            (["status: Published"], "4: status: expected one of draft, published; found 'Published'"),
            (["position: -1"], "4: position: expected a whole number from 0 to 9999, found '-1'"),
            (["position: 10000"], "4: position: expected a whole number"),
            (["position: 1.0"], "4: position: expected a whole number"),
            (["position: ٣"], "4: position: expected a whole number"),
            (["publish_on: 2027-02-29"], "4: publish_on: expected a date such as 2027-05-03, found '2027-02-29'"),
            (["publish_on: 3 May 2027"], "4: publish_on: expected a date"),
            (["publish_on: 2027-5-3"], "4: publish_on: expected a date"),
            (["publish_on: 20270503"], "4: publish_on: expected a date"),
            (["publish_on: 2027-05-03T10:00"], "4: publish_on: expected a date"),
            (["publish_on: 0000-01-01"], "4: publish_on: expected a date"),
            (["publish_on: 2027-W01-1"], "4: publish_on: expected a date"),
            (['reviewed_by: "a\\nb"'], "4: reviewed_by: expected text on one line"),
            (["reviewed_by: |", "  a", "  b"], "4: reviewed_by: expected text on one line"),
            (["reviewed_by: {a: b}"], "4: reviewed_by: expected a value or a list, found nested keys"),
            (["reviewed_by:", "  a: b"], "5: reviewed_by: expected a value or a list, found nested keys"),
            (["aliases:", "  - - a"], "5: aliases: expected a list of plain values, found a list or keys inside it"),
            (["aliases:", "  - a: b"], "5: aliases: expected a list of plain values"),
            (["reviewed_by: &a x"], "4: reviewed_by: expected a plain value, found a YAML anchor or alias (& or *)"),
            (["reviewed_by: *a"], "4: reviewed_by: expected a plain value, found a YAML anchor"),
            (["<<: *a"], "4: '<<': expected a plain value, found a YAML anchor"),
            (["&a key: x"], "4: front matter: expected a plain value, found a YAML anchor"),
            (["reviewed_by: !!str x"], "4: reviewed_by: expected a plain value, found a YAML tag (!)"),
            (["reviewed_by: !python/object/apply:os.system [ls]"], "4: reviewed_by: expected a plain value, found a YAML tag"),
            (["? [a]", ": b"], "4: front matter: expected a key before ':'"),
            (["--- {title: two}"], "4: front matter: expected one front matter, found a second YAML document"),
            (
                ["reviewed_by: 'open"],
                "4: reviewed_by: expected 'key: value' lines that YAML can read: found unexpected end of stream",
            ),
            (
                ["reviewed_by: a: b"],
                "4: front matter: expected 'key: value' lines that YAML can read: mapping values are not allowed",
            ),
            (
                ["reviewed_by: @a"],
                "4: reviewed_by: expected 'key: value' lines that YAML can read: found character that cannot start",
            ),
            (["\treviewed_by: a"], "4: summary: expected 'key: value' lines that YAML can read"),
            (["just words"], "4: front matter: expected 'key: value' lines that YAML can read: could not find expected ':'"),
            (['reviewed_by: "\\ud800"'], "4: reviewed_by: expected 'key: value' lines that YAML can read: found invalid Unicode"),
        ],
    )
    def test_is_named_with_its_line_and_key(self, lines, expected):
        found = mistakes_in(*lines)
        assert len(found) == 1, found
        assert found[0].startswith(expected)

    @pytest.mark.parametrize(
        ("collection", "line", "expected"),
        [
            ("sources", "url: example.org", "url: expected an address that starts with https://, found 'example.org'"),
            ("sources", "url: ftp://example.org", "url: expected an address"),
            ("sources", "url: javascript:alert(1)", "url: expected an address"),
            ("sources", "url: https://", "url: expected an address"),
            ("sources", "url: https://a b.example", "url: expected an address"),
            ("sources", "url: https://exa_mple.org", "url: expected an address"),
            ("sources", "url: https://example.org:99999999", "url: expected an address"),
            ("sources", "url: https://[::1", "url: expected an address"),
            ("sources", "url: https://intranet/", "url: expected an address"),
            ("sources", "url: https://example.org/<b>", "url: expected an address"),
            ("sources", "doi: https://doi.org/10.1000/1", "doi: expected a DOI such as 10.1179/2042618613Y.0000000044"),
            ("sources", "doi: 10.1000", "doi: expected a DOI"),
            ("sources", "year: 1799", "year: expected a whole number from 1800 to 2999"),
            ("clinic", "email: someone", "email: expected an e-mail address, found 'someone'"),
            ("clinic", "email: a@b@c.example", "email: expected an e-mail address"),
            ("clinic", "email: a..b@c.example", "email: expected an e-mail address"),
            ("clinic", "email: a@-b.example", "email: expected an e-mail address"),
        ],
    )
    def test_of_an_address_is_found_here_and_not_by_the_database(self, collection, line, expected):
        """What the rows' own checks would refuse later is refused with its line now."""
        found = mistakes("\n".join([*TOPIC, line, "---", ""]), collection)
        assert [mistake for mistake in found if mistake.startswith(f"4: {expected}")]

    @pytest.mark.parametrize(
        ("collection", "keys"),
        [
            ("topics", ["title", "summary"]),
            ("conditions", ["title", "summary", "evidence", "evidence_summary"]),
            ("faqs", ["title", "summary", "topic"]),
            ("glossary", ["title", "summary"]),
            ("sources", ["title", "url"]),
            ("clinic", ["title", "summary"]),
        ],
    )
    def test_of_leaving_out_what_must_be_there_names_every_key(self, collection, keys):
        found = mistakes("---\n---\nBody\n", collection)
        assert [line.split(": ")[1] for line in found] == sorted(keys)
        assert all(line.startswith("1: ") and "expected a value" in line for line in found)

    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_of_leaving_out_the_text_is_found_where_a_text_is_needed(self, collection):
        found = mistakes("---\n---\n \n\n", collection)
        assert (f"{3}: body: expected text below the front matter" in found) == COLLECTIONS[collection].body_required

    def test_of_an_empty_value_stands_on_its_line(self):
        found = mistakes("---\nsummary: s\ntitle:\n---\nBody\n")
        assert found == ["3: title: expected a value; this key must be there"]


class TestAFileThatIsNoPage:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "1: front matter: expected the first line to be ---"),
            (b"\n---\ntitle: x\n---\n", "1: front matter: expected the first line to be ---"),
            (b"----\ntitle: x\n---\n", "1: front matter: expected the first line to be ---"),
            (b" ---\ntitle: x\n---\n", "1: front matter: expected the first line to be ---"),
            (b"---\ntitle: x\n", "1: front matter: expected a closing line of ---"),
            (b"---\ntitle: x\n ---\n", "1: front matter: expected a closing line of ---"),
            (b"---\n- a\n---\nx", "2: front matter: expected 'key: value' lines"),
            (b"---\nwords\n---\nx", "2: front matter: expected 'key: value' lines"),
            (b"---\n\nwords\n---\nx", "3: front matter: expected 'key: value' lines"),
            (
                b"---\ntitle: x\nsummary: caf\xe9\n---\nx",
                "3: file: expected text in UTF-8, found byte 0xe9; save the file as UTF-8",
            ),
            (b"\xef\xbb\xbf---\ntitle: x\n\xe9---\nx", "3: file: expected text in UTF-8, found byte 0xe9"),
            (b"---\r\ntitle: x\r\n---\r\n\r\n\xff", "5: file: expected text in UTF-8, found byte 0xff"),
            (b"---\rtitle: x\r---\r\r\xff", "5: file: expected text in UTF-8, found byte 0xff"),
            ("---\ntitle: x\n---\n".encode("utf-16"), "1: file: expected text in UTF-8, found byte 0xff"),
            (b"---\ntitle: \xed\xa0\x80\n---\n", "2: file: expected text in UTF-8, found byte 0xed"),
            (b"---\ntitle: \xc0\xaf\n---\n", "2: file: expected text in UTF-8, found byte 0xc0"),
            (b"\xef\xbb\xbf\xef\xbb\xbf---\n---\n", "1: file: expected plain text, found a control or private character U+FEFF"),
            (b"---\ntitle: x\n---\na\nb\0c\n", "5: file: expected plain text, found a NUL character U+0000"),
            (b"---\ntitle: x\x1b[2J\n---\na\n", "2: file: expected plain text, found a control or private character U+001B"),
            ("---\ntitle: \ue000\n---\n".encode(), "2: file: expected plain text, found a control or private character U+E000"),
            ("---\ntitle: \ufdd0\n---\n".encode(), "2: file: expected plain text"),
            (
                "---\n---\n\u2028".encode(),
                "3: file: expected plain text, found a control or private character U+2028 LINE SEPARATOR",
            ),
        ],
    )
    def test_says_what_it_lacks_and_where(self, data, expected):
        found = mistakes(data)
        assert len(found) == 1, found
        assert found[0].startswith(expected)


class TestBidirectionalControls:
    # Unicode's property Bidi_Control, in full (PropList.txt, 15.0).
    CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

    @pytest.mark.parametrize("control", CONTROLS, ids=lambda control: f"U+{ord(control):04X}")
    def test_are_refused_as_signs_and_as_yaml_escapes(self, control):
        """They make a text show other than it says ("Trojan Source", CVE-2021-42574)."""
        name = f"a bidirectional control character U+{ord(control):04X}"
        for text, where in (
            (f"reviewed_by: a{control}b", "4: file"),
            (f'reviewed_by: "a\\u{ord(control):04x}b"', "4: reviewed_by"),
        ):
            (found,) = mistakes_in(text)
            assert found.startswith(f"{where}: expected plain text, found {name}")
        (found,) = mistakes_in(body=f"one\ntwo {control}")
        assert found.startswith(f"7: file: expected plain text, found {name}")
        assert forbidden_character(control)[0] == 0

    @pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x7f", "\\x85b", "\\uFEFF", "\\uE000", "\\uFFFF", "\\L", "\\P"])
    def test_other_signs_that_nobody_sees_are_refused_as_escapes_too(self, escape):
        (found,) = mistakes_in(f'reviewed_by: "a{escape}b"')
        assert found.startswith("4: reviewed_by: expected ")


class TestSeveralMistakes:
    def test_are_all_named_at_once_in_the_order_of_lines(self):
        """One failure does not hide the next."""
        text = "---\nstatus: live\ncolour: red\naliases:\n  - A\n  - b\n  - C\nposition: x\nposition: 1\nreview_due: soon\n---\n"
        assert [mistake.split(": expected")[0] for mistake in mistakes(text)] == [
            "1: summary",
            "1: title",
            "2: status",
            "3: colour",
            "5: aliases",
            "7: aliases",
            "8: position",
            "9: position",
            "10: review_due",
            "12: body",
        ]

    def test_before_one_that_ends_the_reading_are_named_with_it(self):
        found = mistakes_in("status: live", "parent: *a", "position: x")
        assert [mistake.split(": expected")[0] for mistake in found] == ["4: status", "5: parent"]

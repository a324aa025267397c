"""S04: no text of 100 kB keeps a worker busy. The first names are those of CommonMark's own test of its parsers."""

import time
from itertools import pairwise

import pytest

from education.rendering import Body, LinkedPage, Links, Reference, plain_text

SIZE = 100_000
SECONDS = 2
PAGES = {Reference("topics", "a"): LinkedPage("/topics/a/", "A")}
LINKS = Links(PAGES, frozenset({"a", *(f"a{number}" for number in range(13_000))}))


def fill(text):
    return (text * (SIZE // len(text) + 1))[:SIZE]


def count(template, number=SIZE):
    """The template with 0, 1, 2 … in it, up to the size."""
    return "".join(template.replace("0", str(at)) for at in range(min(number, SIZE // len(template) + 1)))[:SIZE]


INPUTS = {
    "nested strong emphasis": "*a **a " * (SIZE // 14) + "b" + " a** a*" * (SIZE // 14),
    "emphasis that opens": fill("a **a *a _a "),
    "emphasis that closes": fill("a_ a* a** "),
    "emphasis that does not match": fill("*a_ "),
    "stars within words": fill("a**b"),
    "brackets that open": fill("["),
    "brackets that open and close": "[" * (SIZE // 2) + "a" + "]" * (SIZE // 2),
    "links that open": fill("[a"),
    "links that close": fill("a]"),
    "links without end": fill("[]("),
    "links with open parentheses": "[a](" + "(" * SIZE,
    "pictures that open": fill("!["),
    "pictures within pictures": fill("![[]()"),
    "references that are defined": count("[0]: u\n"),
    "references to one definition": ("[a]: u\n\n" + fill("[a] "))[:SIZE],
    "references to a long address": (f"[a]: https://{'a' * 50_000}\n\n" + fill("[a]"))[:SIZE],
    "references with a long title": (f"[a]: https://example.org '{'a' * 50_000}'\n\n" + fill("[a]"))[:SIZE],
    "references without definition": fill("[a][b] "),
    "titles of references": fill("[a]: b '"),
    "backticks of growing length": "".join("e" + "`" * length for length in range(445)),
    "quotations within quotations": fill("> "),
    "quotations with lists": fill("> - "),
    "lists within lists": "".join(" " * depth + "* a\n" for depth in range(440)),
    "lines of one paragraph": fill("a\n"),
    "entities": fill("&#1"),
    "tags and comments": fill("<!--<?<a:"),
    "NUL characters": fill("\0"),
    "underlined headings": fill("a\n===\n"),
    "headings with the same words": fill("## a\n"),
    "headings with numbers already": count("## a-0\n## a\n"),
    "headings and bad links to them": count("# 0\n[](#x)\n"),
    "headings without words": fill("#\n"),
    "tables": fill("|a|\n|-|\n\n"),
    "tables with captions as rows": fill("|a|\n|-|\n|b|\nTable: c\n\n"),
    "tables with captions below": fill("|a|\n|-|\n|b|\n\nTable: c\n\n"),
    "table of many rows": ("|a|b|\n|-|-|\n" + fill("|x|y|\n"))[:SIZE],
    "table of many columns": "|" + "a|" * 25_000 + "\n|" + "-|" * 25_000,
    "table of short rows": ("|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + fill("|x\n"))[:SIZE],
    "tables that lack most cells": fill("|" + "a|" * 150 + "\n|" + "-|" * 150 + "\n" + "|x\n" * 150 + "\n"),
    "table in each item of a list": fill("- |a|\n  |-|\n  Table: c\n"),
    "caption of stars": "|a|\n|-|\n\nTable: " + fill("**a"),
    "definition lists": fill("a\n: b\n\n"),
    "definition list of many terms": fill("a\n: b\n"),
    "definitions within definitions": fill(": "),
    "cards without text": fill("::: do\n:::\n"),
    "cards with titles": fill("::: urgent a <tel:911>\n:::\n"),
    "cards within cards": "".join(":" * (440 - depth) + " info\n" for depth in range(430)),
    "cards without end": fill("::: info a\n"),
    "cards in lists": fill("- ::: info\n"),
    "cards of unknown kind": fill("::: nope\n"),
    "ends of cards": fill(":::\n"),
    "colons": fill(":"),
    "title of brackets": "::: urgent " + fill("[") + "\n:::",
    "citations of one source": fill("[@a]"),
    "citations of many sources": count("[@a0]"),
    "citations in groups": fill("[@a1; @a2; @a3] "),
    "citations of unknown sources": count("[@b0]"),
    "citations without end": fill("[@a; "),
    "one endless citation": "[@a" + fill("; @a"),
    "links without words": fill("[](topic:a)"),
    "links to nothing": fill("[a](topic:b)"),
    "numbers to call": fill("<tel:911>"),
    "numbers to call without end": fill("<tel:"),
    "pictures": fill("![a](/media/a)"),
    "figures": fill('![](/media/a "b")\n\n'),
    "forged marks": fill("\ue0000123456789abcdefo1\ue001"),
}


def measure(text):
    """The processor time in seconds that rendering, checking and reading a text take; each includes parsing it."""
    times = [time.process_time()]
    body = Body(text)
    times.append(time.process_time())
    html = body.render(LINKS).html
    times.append(time.process_time())
    body.problems(LINKS, lambda reference: {"a"})
    times.append(time.process_time())
    plain_text(html)
    times.append(time.process_time())
    parsing, *steps = (end - start for start, end in pairwise(times))
    return parsing + max(steps)


class TestHostileText:
    """Any input of up to 100 kB is rendered, checked and made searchable in two seconds each, and raises nothing."""

    def test_is_of_many_kinds_and_full_size(self):
        assert len(INPUTS) >= 33
        assert {name: len(text) for name, text in INPUTS.items() if not 95_000 <= len(text) <= SIZE + 100} == {}

    @pytest.mark.parametrize("name", INPUTS)
    def test_takes_two_seconds_at_most(self, name):
        """A busy machine makes one measurement too long, never too short: the best of three counts."""
        assert any(measure(INPUTS[name]) < SECONDS for _ in range(3))


@pytest.mark.parametrize(
    "deep",
    [
        "".join("  " * depth + f"- level {depth}\n" for depth in range(30)),
        ">" * 30 + " level 29\n",
        "> - " * 15 + "level 29\n",
        "".join(" " * 4 * depth + "Word\n" + " " * 4 * depth + f":   level {depth}\n\n" for depth in range(12)),
        ":::: info\n" * 30 + "level 29\n" + "::::\n" * 30,
    ],
    ids=["lists", "quotations", "quotations with lists", "definitions", "cards"],
)
def test_what_stands_deep_and_what_follows_is_all_there(deep):
    """A parser that stops at a depth would leave out the rest of the page, and the emergency card with it."""
    html = Body(f"{deep}\n\n## After\n\n::: emergency Call 911 now if:\n- you cannot breathe\n:::\n").render(LINKS).html
    text = plain_text(html)
    assert f"level {11 if 'Word' in deep else 29}" in text
    assert "After" in text
    assert "you cannot breathe" in text

import re

from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from education.rendering import Body, Citations
from education.rendering.sanitise import sanitise
from tests.rendering.samples import LINKS, corpus, foreign

SYNTAX = (
    *("\n", "\n\n", " ", "  \n", "    ", "\t", "\r", "\x00", "\\", "`", "```", "~~~", "*", "**", "_", "#", "## ", "===", "---"),
    *("> ", "- ", "1. ", "[", "]", "(", ")", "![", "](", "<", ">", "&", ";", '"', "'", "|", "|-|", "|a|\n|-|\n", ":", ": "),
    *(":::", "::: ", "Table: ", "::: info ", "::: urgent x\n", ":::: do\n", "\n:::\n", "[@", "[@a]", "[@a; @b]", "topic:visit"),
    *("[](topic:visit)", "[x]: ", "<tel:911>", "javascript:", "data:text/html,", "https://example.org/", "/media/x.png"),
    *(
        '![x](/media/x.png "t")',
        "#x",
        "<script>",
        "</p>",
        "<img src=x onerror=alert(1)>",
        " onclick=alert(1) ",
        "&#60;",
        "&quot;",
    ),
    *("&#x0;", "é", "İ", "\u2028", "\ufeff", "\ue000", "\ue001", "\ue0000000000000000000m0\ue001", "a0", "🩺"),
)
TAGS = (
    *"p a em strong h2 pre code table tr td th caption li ul ol dl dd dt blockquote img".split(),
    *"svg math style script template noscript select form mtext title".split(),
)
ATTRIBUTES = (
    "<a href='javascript:x'>",
    "<a href='https://x' title='</a>'>",
    "<img src='/media/x' alt='</style><script>'>",
    "<p title='</noscript><img src=x onerror=alert(1)>'>",
)
HTML = (
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *ATTRIBUTES,
    *"\n x < &lt; \x00 <!-- --> <![CDATA[ ]]>".split(" "),
)

pieces = st.one_of(st.sampled_from(SYNTAX), st.sampled_from(SYNTAX), st.text(max_size=6), st.sampled_from(corpus()))
documents = st.lists(pieces, max_size=25).map("".join)


class TestAnyDocument:
    """S01, S04: any text is a page, and holds nothing but what authors and our templates may write."""

    @settings(deadline=None)
    @given(documents, st.sampled_from(("", "answer-")), st.integers(2, 5))
    def test_becomes_a_safe_page(self, text, prefix, level):
        body, citations = Body(text), Citations()
        rendered = body.render(LINKS, citations, heading_level=level, id_prefix=prefix)
        assert foreign(rendered.html) == []
        ids = [tag["id"] for tag in BeautifulSoup(rendered.html, "html.parser").find_all(id=True)]
        assert len(set(ids)) == len(ids)
        assert {prefix + heading.id for heading in rendered.outline} <= set(ids)
        assert {use for uses in citations.uses.values() for use in uses} <= set(ids)

    @settings(deadline=None)
    @given(documents)
    def test_has_problems_on_its_own_lines(self, text):
        lines = len(re.split(r"\r\n?|\n", text))
        for problem in Body(text).problems(LINKS, lambda reference: {"x"}):
            assert 1 <= problem.line <= lines
            assert problem.message

    @settings(deadline=None)
    @given(documents)
    def test_comes_out_alike_each_time(self, text):
        """The key of the marks leaves no trace, and rendering changes nothing in the body."""
        body = Body(text)
        assert body.render(LINKS).html == body.render(LINKS).html == Body(text).render(LINKS).html


class TestAnyHtml:
    """The allow-list holds whatever comes, and what comes out of it stays as it is."""

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(HTML), max_size=20).map("".join))
    def test_is_clean_and_stable(self, html):
        once = sanitise(html)
        assert foreign(once, ours=False) == []
        assert sanitise(once) == once

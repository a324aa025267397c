"""The pages of a packet, as its file lists them."""

import pytest

from education.documents import ContentErrors, Identity, parse, serialize

IDENTITY = Identity("en", "packets", "first-visit")


def read(*pages):
    lines = ["---", "title: First visit", "summary: Read this.", "pages:", *(f"  - {page}" for page in pages), "---", ""]
    return parse("\n".join(lines).encode(), IDENTITY, "x.md").document


def test_keep_their_order():
    document = read("topics/b", "faqs/a", "conditions/c")
    assert document.get("pages") == ("topics/b", "faqs/a", "conditions/c")
    assert "pages:\n  - topics/b\n  - faqs/a\n  - conditions/c\n" in serialize(document)


@pytest.mark.parametrize(
    "name", ["b", "topics/", "/b", "topics/B", "topics/a/b", "glossary/nerve", "packets/other", "en/topics/b"]
)
def test_a_wrong_one_is_named_with_its_line(name):
    """Only what patients read page by page: no words of the glossary, no packets in packets."""
    with pytest.raises(ContentErrors, match=r"x.md:6: pages: expected a page such as topics/after-your-visit"):
        read("topics/b", name)


def test_a_packet_has_some():
    with pytest.raises(ContentErrors, match="pages: expected a value"):
        parse(b"---\ntitle: First visit\nsummary: Read this.\n---\n", IDENTITY, "x.md")

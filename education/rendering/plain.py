"""HTML → its words, for search and for counting."""

from html.parser import HTMLParser

_BLOCKS = frozenset(
    "p div section li ul ol h1 h2 h3 h4 h5 h6 table caption tr th td dl dt dd blockquote pre br hr figure figcaption".split()
)


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.in_citation = False

    def handle_starttag(self, tag, attrs):
        if tag == "sup":
            self.in_citation = True
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag):
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "sup":
            self.in_citation = False

    def handle_data(self, data):
        if not self.in_citation:
            self.parts.append(data)


def plain_text(html):
    """The text of safe HTML as a reader sees it, without the numbers of citations: one line per block, single spaces."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line)

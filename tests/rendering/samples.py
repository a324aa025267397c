"""What the tests of rendering share: pages and sources that texts refer to, and what may stand in finished HTML."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from education.rendering import Body, LinkedPage, Links, Reference

CORPUS = Path(__file__).parent.parent / "corpus" / "xss.txt"
CONTROL_PICTURES = {"␤": "\n", "␀": "\0", "␉": "\t", "␍": "\r", "␌": "\f", "⟦": "\ue000", "⟧": "\ue001"}

LINKS = Links(
    {
        Reference("topics", "visit"): LinkedPage("/topics/visit/", "Your visit"),
        Reference("conditions", "neck-pain"): LinkedPage("/conditions/neck-pain/", "Neck pain"),
        Reference("glossary", "needle"): LinkedPage("/glossary/#needle", "Needle"),
        Reference("page", "faqs"): LinkedPage("/faqs/", "Questions and answers"),
    },
    frozenset({"a", "b", "c"}),
)

WRITTEN_TAGS = {
    *"p br hr h2 h3 h4 h5 h6 strong em code pre blockquote ul ol li a img".split(),
    *"table caption thead tbody tr th td dl dt dd".split(),
}
OUR_TAGS = {"div", "figure", "figcaption", "span", "sup"}
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
KINDS = ("emergency", "urgent", "non-urgent", "do", "dont", "important", "info")
CLASSES = {
    "div": {"table", "card__body", *(f"card card--{kind}" for kind in KINDS)},
    "p": {"card__label", "card__label visually-hidden"},
    "span": {"visually-hidden", "card__urgency"},
    "sup": {"citation"},
    "figure": {"figure"},
    "figcaption": {"figure__caption"},
    "th": {"align-center", "align-right"},
    "td": {"align-center", "align-right"},
    **{tag: {"card__title"} for tag in HEADINGS},
}
_TAG = re.compile(r'</?([a-z0-9]+)((?: [a-z-]+="[^"]*")*)>')
_HREF = re.compile(r"https?://[^\s/\\]|mailto:|tel:[+0-9]|#|/(?:topics/visit|conditions/neck-pain|glossary|faqs)/(?:#|$)")


def render(text, links=LINKS, **options):
    """The HTML of a text."""
    return Body(text).render(links, **options).html


def soup(text, **options):
    """The HTML of a text, to look into."""
    return BeautifulSoup(render(text, **options), "html.parser")


def problems(text, sections=None):
    """What is wrong with a text: `(line, message)`s."""
    return [(problem.line, problem.message) for problem in Body(text).problems(LINKS, sections)]


def corpus():
    """The vectors of the corpus. In the file each is a line; control characters are written as their pictures."""
    pictures = str.maketrans(CONTROL_PICTURES)
    lines = CORPUS.read_text(encoding="utf-8").split("\n")
    return [line.translate(pictures) for line in lines if line and not line.startswith("%%")]


def foreign(html, *, ours=True):
    """Everything in finished HTML that neither authors nor our own templates may put there, as a list of words.

    `ours=False` leaves only what authors may write.
    """
    found = [f"stray {part!r}" for part in re.findall(r"[<>].{0,40}", _TAG.sub("", html), re.DOTALL)]
    tree = BeautifulSoup(html, "html.parser")
    found += [f"{type(text).__name__} {text!r}" for text in tree.find_all(string=True) if isinstance(text, PreformattedString)]
    for tag in tree.find_all():
        if tag.name not in WRITTEN_TAGS and not (ours and tag.name in OUR_TAGS):
            found.append(f"<{tag.name}>")
        for name in tag.attrs:
            value = tag[name] if isinstance(tag[name], str) else " ".join(tag[name])
            if not (_is_written(tag.name, name, value) or (ours and _is_ours(tag, name, value))):
                found.append(f"<{tag.name} {name}={value!r}>")
    return found


def _is_written(tag, name, value):
    if (tag, name) == ("a", "href"):
        return _HREF.match(value) is not None
    if (tag, name) == ("img", "src"):
        return re.fullmatch(r"/(media|static)/[^/\\\s][^\\\s]*|/(media|static)/", value) is not None and ".." not in value
    if (tag, name) == ("ol", "start"):
        return value.isdecimal()
    return (tag, name) in {("img", "alt"), ("img", "title"), ("a", "title")}


def _is_ours(tag, name, value):
    if name == "class":
        return value in CLASSES.get(tag.name, ())
    if name == "id":
        pattern = r"_cite-\d+-\d+" if tag.name == "a" else r"[\w-]+"
        return tag.name in {"a", *HEADINGS} and re.fullmatch(pattern, value) is not None
    if tag.name == "img":
        return (name, value) in {("loading", "lazy"), ("decoding", "async")}
    if tag.name == "a" and name == "href":
        return re.fullmatch(r"#_source-\d+", value) is not None
    if tag.name == "div" and tag["class"] == ["table"]:
        return value in {"role": ("group", "region"), "aria-label": ("Table",), "tabindex": ("0",)}.get(name, ())
    return (tag.name, name, value) == ("th", "scope", "col")

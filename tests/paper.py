"""What a page must hold on paper, and what a PDF holds."""

import re
import unicodedata
from io import BytesIO
from itertools import pairwise
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString
from pypdf import PdfReader

# What finds one's way or acts on a screen. Everything else of a page is for paper.
NOT_FOR_PAPER = (
    ".skip-link, nav[aria-label], .page__neighbours, .faq-group__more, .take-along, .feedback, .words__back, .sources__uses, "
    ".site-footer__packets, .site-footer__print, .packet-form__button, .visually-hidden, [hidden], form[role=search], "
    "script, style"
)
NOT_EMPTY = ("p", "li", "td", "dt")
BLOCKS = frozenset(
    "address article body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header label legend "
    "li main nav ol p section table tbody td th thead tr ul".split()
)


def runs_on_paper(html, site_url):
    """The texts that a page's HTML must have on paper, a block each, with the address of every link typed behind it."""
    page = BeautifulSoup(html, "html.parser")
    for tag in page.select(NOT_FOR_PAPER):
        tag.decompose()
    for number in page.select(".citation a"):
        number.string = f"[{number.get_text().split()[-1]}]"
    for link in page.find_all("a", href=re.compile("^(/|https?://)")):
        if "wordmark" not in link.get("class", ()):
            link.append(f" ({urljoin(site_url, link['href'])})")
    runs = [""]
    _collect(page.body, runs)
    return [squeezed(run) for run in runs if squeezed(run)]


def _collect(tag, runs):
    for child in tag.children:
        if isinstance(child, NavigableString):
            runs[-1] += child
            continue
        ends = child.name in BLOCKS
        runs.extend([""] * ends)
        _collect(child, runs)
        runs.extend([""] * ends)


def squeezed(text):
    """A text without spaces, which PDFs do not keep, and without ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def pages_of(pdf, footer=""):
    """The text of each sheet of a PDF (bytes), squeezed, without what matches `footer`."""
    texts = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
    return [re.sub(footer, "", text) if footer else text for text in texts]


def text_of(pdf):
    """The text of a PDF (bytes), squeezed."""
    return "".join(pages_of(pdf))


def missing_on_paper(html, site_url, sheets):
    """The texts of a page that the sheets (texts) do not hold. A text may begin on one sheet and end on the next."""
    return [run for run in runs_on_paper(html, site_url) if not _stands_on(run, sheets)]


def left_alone(html, sheets):
    """The headings and captions that stand at the foot of a sheet (texts) while what they are of begins on the next."""
    page = BeautifulSoup(html, "html.parser")
    for tag in page.select(NOT_FOR_PAPER):
        tag.decompose()
    alone = []
    for title in page.select(".prose :is(h2, h3, h4, caption):not(.card__title)"):
        follows = title.find_parent("table").tbody.tr if title.name == "caption" else title.find_next(NOT_EMPTY)
        words, beginning = squeezed(title.get_text()), squeezed(follows.get_text())[:10]
        where = [sheet for sheet in sheets if words in sheet]
        if where and not any(beginning in sheet.partition(words)[2] for sheet in where):
            alone.append(words)
    return alone


def _stands_on(run, sheets):
    if any(run in sheet for sheet in sheets):
        return True
    cuts = range(1, len(run))
    return any(run[:cut] in this and run[cut:] in after for this, after in pairwise(sheets) for cut in cuts)

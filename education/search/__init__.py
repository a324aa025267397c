"""Search: what a patient typed → the pages that answer it, best first. `search` is all that views need.

The words of pages are kept in `SearchEntry` rows (`index`). A search is understood first (`query`: stop words, spelling,
synonyms), then the database's full-text index says which entries hold each term (`engines`), and `ranking` puts them in order,
the same way whatever the database.
"""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from education.models import SearchEntry
from education.search.index import COLLECTIONS, index_pages, rebuild
from education.search.query import MAX_LENGTH, Query, understand
from education.search.ranking import rank
from education.search.snippets import snippet

PER_PAGE = 10

__all__ = ["COLLECTIONS", "MAX_LENGTH", "Result", "Results", "index_pages", "rebuild", "search"]


@dataclass(frozen=True)
class Result:
    """A page that answers a search; `kind` is its collection, `snippet` HTML with what was found in `mark` elements."""

    title: str
    url: str
    kind: str
    snippet: SafeString


@dataclass(frozen=True)
class Results:
    """What was found: a portion of the `Result`s, how they were understood, and what was perhaps meant ("" for nothing)."""

    page: Page
    query: Query
    suggestion: str

    @property
    def total(self):
        """How many results all portions have."""
        return self.page.paginator.count


def search(text, language, kind=None, page=1):
    """The `Results` for any text, of which the first `MAX_LENGTH` characters count.

    `kind` is a collection, or None for all; `page` a number from 1, and any other value gives the first or last portion.
    """
    query = understand(text, language)
    entries = SearchEntry.objects.in_language(language).published()
    found = rank(query, entries.filter(collection=kind) if kind else entries)
    portion = Paginator(found, PER_PAGE).get_page(page)
    texts = SearchEntry.objects.in_bulk([place.pk for place in portion.object_list])
    portion.object_list = [_result(texts[place.pk], place.reasons) for place in portion.object_list]
    return Results(portion, query, _suggestion(query, found))


def _result(entry, reasons):
    return Result(entry.title, entry.url, entry.collection, snippet(entry, reasons))


def _suggestion(query, found):
    """What was typed, with each misspelt word as the best result that has it; "" when nothing is misspelt."""
    meant = {}
    for place in found[:PER_PAGE]:
        for wanted, (_, term) in place.reasons.items():
            words = wanted.split()
            if term.correction:
                meant.setdefault(wanted, " ".join(term.words))
            elif list(term.words) == words:
                meant |= {word: word for word in words if word not in meant}
            else:  # what pages say instead of what was meant
                meant |= {word: query.meant.get(word, word) for word in words if word not in meant}
    likely = [meant.get(word, word) for word in query.typed]
    return " ".join(likely) if likely != query.typed else ""

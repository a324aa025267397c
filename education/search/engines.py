"""The databases' own full-text search, behind one function: which entries hold a term, and how prominently.

The index is kept by the database itself (migration 0003). Terms consist of letters and digits only, in quotes, so that no
operator of either query language can be typed.
"""

from typing import NamedTuple

from django.db import connection

# Of the entries that hold a term so many are looked at. A term that more hold tells little: it then counts only where it
# stands in titles, patients' words and summaries.
MOST_HITS = 250

# How much it counts that a term stands in the title, in the patients' words, in the summary, and anywhere at all. How often,
# or how long the page is, counts for nothing: patients look for what a page is about.
TITLE, WORDS, SUMMARY, ANYWHERE = 1.0, 0.8, 0.5, 0.15
MOST = TITLE + WORDS + SUMMARY + ANYWHERE


class Hits(NamedTuple):
    """The entries that hold a term, `{id: rank}` with rank over 0 and at most 1; whether there are too many."""

    ranks: dict[int, float]
    too_many: bool = False


def find(terms, entries, language):
    """The `Hits` of each `Term` in `entries`, a queryset."""
    found = _find(terms, entries, language)
    common = [number for number, ranks in enumerate(found) if len(ranks) == MOST_HITS]
    hits = [Hits(ranks) for ranks in found]
    for number, ranks in zip(common, _find([terms[number] for number in common], entries, language, headings=True), strict=True):
        hits[number] = Hits(ranks, too_many=True)
    return hits


def _find(terms, entries, language, *, headings=False):
    found = [{} for _ in terms]
    if terms:
        select, anywhere, headings_only, write = ENGINES[connection.vendor]
        asked, limits = entries.order_by().values("id").query.sql_with_params()
        where = headings_only if headings else anywhere
        one = f"SELECT * FROM ({select.format(asked=asked)} WHERE {where} LIMIT {MOST_HITS}) AS hits"  # noqa: S608 - terms are parameters
        values = [value for number, term in enumerate(terms) for value in (number, *limits, *write(term, language))]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(terms)), values)
            for number, pk, rank in cursor:
                found[number][pk] = rank / MOST
    return found


# SQLite would rather go through the pages and ask of each whether it holds the term; CROSS JOIN keeps it from that.
_SQLITE = f"""
    SELECT %s, found.rowid,
        (bm25(education_searchindex, 1, 0, 0, 0) < 0) * {TITLE} + (bm25(education_searchindex, 0, 1, 0, 0) < 0) * {WORDS}
        + (bm25(education_searchindex, 0, 0, 1, 0) < 0) * {SUMMARY} + {ANYWHERE}
    FROM education_searchindex AS found CROSS JOIN ({{asked}}) AS asked ON asked.id = found.rowid"""  # noqa: S608


def _sqlite(term, language):
    return ['"' + " ".join(term.words) + '"' + " *" * term.prefix]


_POSTGRESQL = f"""
    SELECT %s, found.id,
        (ts_rank('{{{{0,0,0,1}}}}', headings, wanted) > 1e-10)::int * {TITLE}::float
        + (ts_rank('{{{{0,0,1,0}}}}', headings, wanted) > 1e-10)::int * {WORDS}
        + (ts_rank('{{{{0,1,0,0}}}}', headings, wanted) > 1e-10)::int * {SUMMARY} + {ANYWHERE}
    FROM education_searchentry AS found JOIN ({{asked}}) AS asked ON asked.id = found.id,
        to_tsquery(%s::regconfig, %s) AS wanted"""  # noqa: S608


def _postgresql(term, language):
    phrase = " <-> ".join(f"'{word}'" for word in term.words)
    return ["english" if language == "en" else "simple", phrase + ":*" * term.prefix]


# What to select, the two conditions (anywhere, headings only), and how a term is written.
ENGINES = {
    "sqlite": (
        _SQLITE,
        "education_searchindex MATCH %s",
        "education_searchindex MATCH '{title words summary} : ' || %s",
        _sqlite,
    ),
    "postgresql": (_POSTGRESQL, "vector @@ wanted", "headings @@ wanted", _postgresql),
}

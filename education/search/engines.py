"""The databases' own full-text search, behind one function: which entries hold a term, and how prominently.

The index is kept by the database itself (migration 0003). Terms consist of letters and digits only, in quotes, so that no
operator of either query language can be typed.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

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
        statements, values = [], []
        for number, term in enumerate(terms):
            statement, own = ENGINES[connection.vendor](term, entries.order_by(), language, headings)
            statements.append(f"SELECT {number}, hits.* FROM ({statement}) AS hits")  # noqa: S608 - terms are in `own`
            values += own
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), values)
            for number, pk, rank in cursor:
                found[number][pk] = rank / MOST
    return found


# Which columns hold the term, told by giving weight to one after the other. SQLite would rather go through the pages and ask
# of each whether it holds the term; CROSS JOIN keeps it from that.
_SQLITE = f"""
    SELECT found.rowid,
        (bm25(education_searchindex, 1, 0, 0, 0) < 0) * {TITLE} + (bm25(education_searchindex, 0, 1, 0, 0) < 0) * {WORDS}
        + (bm25(education_searchindex, 0, 0, 1, 0) < 0) * {SUMMARY} + {ANYWHERE}
    FROM education_searchindex AS found CROSS JOIN ({{asked}}) AS asked ON asked.id = found.rowid
    WHERE education_searchindex MATCH %s LIMIT {MOST_HITS}"""  # noqa: S608 - no text of a user


def _sqlite(term, entries, language, headings):
    asked, values = entries.values("id").query.sql_with_params()
    columns = "{title words summary} : " if headings else ""
    phrase = " ".join(term.words)
    return _SQLITE.format(asked=asked), [*values, f'{columns}"{phrase}"' + " *" * term.prefix]


_WANTED = "to_tsquery(%s::regconfig, %s)"
_RANK = " + ".join(
    f"(ts_rank('{{{columns}}}', headings, {_WANTED}) > 1e-10)::int * {weight}::float"
    for columns, weight in (("0,0,0,1", TITLE), ("0,0,1,0", WORDS), ("0,1,0,0", SUMMARY))
)


def _postgresql(term, entries, language, headings):
    phrase = " <-> ".join(f"'{word}'" for word in term.words) + ":*" * term.prefix
    wanted = ["english" if language == "en" else "simple", phrase]
    rank = RawSQL(f"{_RANK} + {ANYWHERE}", wanted * 3)  # noqa: S611 - no text of a user, as below
    holds = RawSQL(f"{'headings' if headings else 'vector'} @@ {_WANTED}", wanted, BooleanField())  # noqa: S611
    return entries.annotate(rank=rank).filter(holds).values_list("id", "rank")[:MOST_HITS].query.sql_with_params()


ENGINES = {"sqlite": _sqlite, "postgresql": _postgresql}

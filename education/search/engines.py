"""The databases' own full-text search, behind one function: which entries hold a term, and how prominently.

The index is kept by the database itself (migration 0003). Terms consist of letters and digits only, in quotes, so that no
operator of either query language can be typed.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db import connection

# Of the entries that hold a term in one of these places so many are looked at. A term that more hold anywhere tells little: it
# then counts only where it stands in titles, patients' words and summaries, if it does in any.
MOST_HITS = 250

# How much it counts that a term stands in the title, in the patients' words, in the summary, and anywhere at all. How often,
# or how long the page is, counts for nothing: patients look for what a page is about.
PLACES = {"title": 1.0, "words": 0.8, "summary": 0.5, "": 0.15}
MOST = sum(PLACES.values())


class Hits(NamedTuple):
    """The entries that hold a term, `{id: rank}` with rank over 0 and at most 1; whether there are too many."""

    ranks: dict[int, float]
    too_many: bool = False


def find(terms, entries, language):
    """The `Hits` of each `Term` in `entries`, a queryset."""
    if not terms:
        return []
    asked, values = entries.order_by().values("id").query.sql_with_params()
    engine = ENGINES[connection.vendor]
    statements, parameters = [], []
    for number, term in enumerate(terms):
        for place in PLACES:
            hits, wanted = engine(term, place, language, asked)
            statements.append(f"SELECT {number}, '{place}', hits.id FROM ({hits} LIMIT {MOST_HITS}) AS hits")  # noqa: S608 - no text of a user
            parameters += [*values, *wanted]
    found = [{place: [] for place in PLACES} for _ in terms]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), parameters)
        for number, place, pk in cursor:
            found[number][place].append(pk)
    return [_hits(places) for places in found]


def _hits(places):
    anywhere = places.pop("")
    ranks = defaultdict(lambda: PLACES[""])
    for place, pks in places.items():
        for pk in pks:
            ranks[pk] += PLACES[place]
    too_many = len(anywhere) == MOST_HITS
    if not (ranks and too_many):
        ranks |= {pk: PLACES[""] for pk in anywhere if pk not in ranks}
    return Hits({pk: rank / MOST for pk, rank in ranks.items()}, too_many)


def _sqlite(term, place, language, asked):
    wanted = (f"{{{place}}} : " if place else "") + f'"{" ".join(term.words)}"' + " *" * term.prefix
    # SQLite would rather go through the pages and ask of each whether it holds the term; CROSS JOIN keeps it from that.
    statement = f"""
        SELECT asked.id FROM education_searchindex AS found CROSS JOIN ({asked}) AS asked ON asked.id = found.rowid
        WHERE education_searchindex MATCH %s"""  # noqa: S608 - no text of a user
    return statement, [wanted]


# What PostgreSQL calls the weights of the columns (migration 0003).
_WEIGHTS = {"title": "A", "words": "B", "summary": "C", "": ""}


def _postgresql(term, place, language, asked):
    mark = ":" * bool(term.prefix or place) + "*" * term.prefix + _WEIGHTS[place]
    wanted = " <-> ".join(f"'{word}'{mark}" for word in term.words)
    statement = f"""
        SELECT asked.id FROM education_searchentry AS found JOIN ({asked}) AS asked ON asked.id = found.id
        WHERE found.{"headings" if place else "vector"} @@ to_tsquery(%s::regconfig, %s)"""  # noqa: S608 - no text of a user
    return statement, ["english" if language == "en" else "simple", wanted]


ENGINES = {"sqlite": _sqlite, "postgresql": _postgresql}

"""Which entries are about what is wanted, best first."""

from dataclasses import dataclass, field
from math import log

from education.models import SearchEntry
from education.search.engines import MOST_HITS, find
from education.search.lexicon import lexicon
from education.search.phrases import OTHER_WORD, STOP_WORD, Typed
from education.search.query import CORRECTION, Term
from education.search.words import stem

# So many results are shown, over all pages of the list.
MOST_RESULTS = 50
# A result is shown when it has this share of the best one's score.
LEAST_SHARE = 0.03

# How much it counts that a title or phrase says just what was typed, and how much, for each word, that such a phrase has it and
# little else: "left" tells less of "needle left in" than "lymph nodes" of that.
PHRASE = 0.9
TOLD = 0.3
# Where nothing but words that say nothing was typed, so much alike is found.
LIKE = 0.5

# How much a vague word counts, beside others.
VAGUE = 0.5
# A page that also holds another term for the same thing counts a share of that too.
SECOND = 0.25

# By this editors mark the page on when to get help, in any language: it stands among its search words.
HELP_WORD = "emergency"

# The meaning of a word, or a stack of paper, helps less than a page about it.
KINDS = {"glossary": 0.85, "packets": 0.85}


@dataclass
class Found:
    """An entry, how well it fits (a score without unit), and the term that spoke for it, by what was wanted."""

    pk: int
    score: float = 0.0
    reasons: dict = field(default_factory=dict)
    entry: SearchEntry | None = None


def rank(query, entries):
    """The best of `entries` for a `Query`, as a list of `Found`. What is rare on the site counts most."""
    if not query.wanted:
        return _by_phrase(query, entries) if query.typed else []
    terms = [term for wanted in query.wanted for term in wanted.terms]
    hits = iter(find(terms, entries, query.language))
    total, vague = entries.count(), lexicon(query.language).vague
    found, weights = {}, {}
    for wanted in query.wanted:
        best, count = _best_terms(wanted, hits, total)
        weight = log(1 + (total - count + 0.5) / (count + 0.5)) if best else 0
        weight *= VAGUE if stem(query.meant.get(wanted.word, wanted.word)) in vague else 1
        weights[wanted.word] = weight
        for pk, (rank_of_term, term) in best.items():
            place = found.setdefault(pk, Found(pk))
            place.score += weight * rank_of_term
            place.reasons[wanted.word] = (weight, term)
    best = _reorder(query, found, weights) if found else _by_phrase(query, entries)
    return _help_first(query, entries, best) if query.urgent or (query.emergency and not found) else best


def _by_phrase(query, entries):
    """For words that say nothing, such as "who cant have it", or are on no page: those with a title or phrase much like them."""
    typed = Typed(_forms(query, {}), lexicon(query.language).stop_words)
    best = [Found(entry.pk, typed.compare(entry)[0], entry=entry) for entry in entries.defer("text")[:MOST_HITS]]
    best.sort(key=lambda place: (-place.score, place.entry.title, place.pk))
    return [place for place in best if place.score >= LIKE]


def _help_first(query, entries, best):
    """Put the page on when to get help before all others: the one that has `HELP_WORD` most prominently."""
    (hits,) = find([Term((HELP_WORD,))], entries, query.language)
    pk = max(hits.ranks, key=lambda pk: (hits.ranks[pk], -pk), default=None)
    if pk is None:
        return best
    first = [place for place in best if place.pk == pk] or [Found(pk)]
    return first + [place for place in best if place.pk != pk]


def _best_terms(wanted, hits, total):
    """For each entry that holds one of the terms the best, `{id: (rank, term)}`, and how many entries that is."""
    best, common = {}, False
    for term in wanted.terms:
        ranks, too_many = next(hits)
        common |= too_many
        for pk, rank_in_entry in ranks.items():
            rank_of_term = rank_in_entry * term.weight
            other, reason = best.get(pk, (0, term))
            lower, higher = sorted((other, rank_of_term))
            more = 0 if term.correction or term.prefix else SECOND * lower
            best[pk] = higher + more, reason if other == higher else term
    return best, max(len(best), total // 2) if common else len(best)


def _reorder(query, found, weights):
    """Of the best by their words: those that are about more of what is wanted first."""
    most = sum(weights.values())
    highest = max(weights.values(), default=0)
    shares = {word: max(weight / highest, STOP_WORD) if highest else 1 for word, weight in weights.items()}
    for place in found.values():
        covered = sum(weight for weight, _ in place.reasons.values())
        place.score *= 0.4 + 0.6 * covered / most if most else 1
    best = sorted(found.values(), key=lambda place: -place.score)[:MOST_RESULTS]
    entries = SearchEntry.objects.defer("text").in_bulk([place.pk for place in best])
    typed = Typed(_forms(query, shares), lexicon(query.language).stop_words)
    for place in best:
        place.entry = entries[place.pk]
        likeness, told = typed.compare(place.entry)
        place.score = (place.score + PHRASE * most * likeness + TOLD * highest * told) * KINDS.get(place.entry.collection, 1)
    best.sort(key=lambda place: (-place.score, place.entry.title, place.pk))
    return [place for place in best if place.score >= LEAST_SHARE * best[0].score]


def _forms(query, weights):
    """What was typed, as a list of a weight and the stems that stand for it, each with how surely it is meant."""
    known = lexicon(query.language)
    corrected = {
        wanted.word: [(form, term.weight) for term in wanted.terms if term.correction for form in term.words]
        for wanted in query.wanted
    }
    corrected = {word: [(form, CORRECTION) for form in meant.split()] for word, meant in query.meant.items()} | corrected
    return [
        (
            weights.get(word, STOP_WORD if query.meant.get(word, word) in known.stop_words else OTHER_WORD),
            [(stem(word), 1.0), *((stem(form), sure) for form, sure in corrected.get(word, ()))],
        )
        for word in dict.fromkeys(query.typed)
    ]

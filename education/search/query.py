"""What a patient may have meant by what they typed."""

from dataclasses import dataclass, field

from education.search.lexicon import lexicon
from education.search.spelling import corrections
from education.search.words import split_words, stem

MAX_LENGTH = 200
MOST_WORDS = 12
MOST_TERMS = 30
SHORTEST_BEGINNING = 3

SYNONYM = 0.7
BEGINNING = 0.7


@dataclass(frozen=True)
class Term:
    """A word or phrase to look for. `weight` (0 to 1): how surely it is meant; `prefix`: its word may go on."""

    words: tuple[str, ...]
    weight: float = 1.0
    prefix: bool = False
    correction: bool = False


@dataclass
class Wanted:
    """One thing that is looked for: a word as typed, and the terms that any page about it may use for it."""

    word: str
    terms: list[Term] = field(default_factory=list)


@dataclass
class Query:
    """A search, understood.

    `typed` are all words, folded; `wanted` what to look for; `absent` the words for which the site is known to have
    nothing. `emergency` and `crisis`: it sounds as if someone needed help now.
    """

    language: str
    typed: list[str]
    wanted: list[Wanted] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    emergency: bool = False
    crisis: bool = False


def understand(text, language):
    """The `Query` behind a text, of which the first `MAX_LENGTH` characters count."""
    known = lexicon(language)
    typed = split_words(text[:MAX_LENGTH])
    content = list(dict.fromkeys(word for word in typed if word not in known.stop_words))[:MOST_WORDS]
    misspelt = corrections(content, language, known.words) if content else {}
    meant = {word: candidates[0][0] for word, candidates in misspelt.items() if candidates}
    query = Query(language, typed)
    wanted = {}
    for word in content:
        if meant.get(word) not in known.stop_words or word == typed[-1]:  # "shoul" may become "should", or "shoulder"
            wanted[word] = Wanted(word, [Term((word,)), *_corrected(misspelt.get(word, ()), known)])
    if typed and typed[-1] in wanted and typed[-1] in misspelt and len(typed[-1]) >= SHORTEST_BEGINNING:
        wanted[typed[-1]].terms.append(Term((typed[-1],), BEGINNING, prefix=True))
    as_meant = [meant.get(word, word) for word in typed]
    for reading in dict.fromkeys((tuple(typed), tuple(as_meant))):
        _add_synonyms(query, wanted, reading, known)
    query.wanted = _most_likely(list(wanted.values()))
    stems = {stem(word) for word in [*typed, *as_meant]}
    query.emergency = any(sign <= stems for sign in known.emergencies)
    query.crisis = any(sign <= stems for sign in known.crises)
    return query


def _most_likely(wanted):
    """At most `MOST_TERMS` terms, those with the most weight."""
    weights = sorted((term.weight for one in wanted for term in one.terms), reverse=True)
    if len(weights) > MOST_TERMS:
        for one in wanted:
            one.terms = [term for term in one.terms if term.weight > weights[MOST_TERMS]]
    return wanted


def _corrected(candidates, known):
    return [
        Term(tuple(words.split()), 1 / (1 + slips / 2), correction=True)
        for words, slips in candidates
        if words not in known.stop_words
    ]


def _add_synonyms(query, wanted, reading, known):
    """Add what pages say instead of the words and phrases of a reading; the longest phrase takes the place of its words."""
    start = 0
    while start < len(reading):
        stop, phrase = _longest_phrase(reading, start, known)
        if phrase:
            typed = query.typed[start:stop]
            words = " ".join(typed)
            for word in typed if len(typed) > 1 else ():
                wanted.pop(word, None)
            if not known.synonyms[phrase] and words not in query.absent:
                query.absent.append(words)
            terms = wanted.setdefault(words, Wanted(words, [Term(tuple(typed))])).terms
            said = {term.words for term in terms}
            terms += [Term(words, SYNONYM) for words in dict.fromkeys(known.synonyms[phrase]) if words not in said]
        start = stop


def _longest_phrase(reading, start, known):
    """Where the longest phrase with synonyms that begins at `start` stops, and its key; ("" where there is none)."""
    for stop in range(min(start + known.longest, len(reading)), start, -1):
        phrase = tuple(map(stem, reading[start:stop]))
        if phrase in known.synonyms and not (stop == start + 1 and reading[start] in known.stop_words):
            return stop, phrase
    return start + 1, ()

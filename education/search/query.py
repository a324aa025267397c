"""What a patient may have meant by what they typed."""

from dataclasses import dataclass, field

from education.search.lexicon import lexicon
from education.search.spelling import corrections, joined
from education.search.words import split_words, stem

MAX_LENGTH = 200
MOST_WORDS = 12
MOST_TERMS = 30
SHORTEST_BEGINNING = 3
MOST_FILLERS = 2

# How surely is meant: the best correction of a misspelt word, that word as it was typed, what pages say instead of a word, a
# word that goes on.
CORRECTION = 0.9
MISSPELT = 0.8
SYNONYM = 0.7
BEGINNING = 0.7
# Of two words that were typed without the space between them, each alone.
HALF = 0.3


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

    `typed` are all words, folded; `meant` what misspelt ones most likely are; `wanted` what to look for; `absent` the words
    for which the site is known to have nothing. `emergency` and `crisis`: it sounds as if someone needed help now; `urgent`:
    so much that the page on when to get help comes before all others.
    """

    language: str
    typed: list[str]
    meant: dict[str, str] = field(default_factory=dict)
    wanted: list[Wanted] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    emergency: bool = False
    urgent: bool = False
    crisis: bool = False


def understand(text, language):
    """The `Query` behind a text, of which the first `MAX_LENGTH` characters count."""
    known = lexicon(language)
    typed = split_words(text[:MAX_LENGTH])
    content = [word for word in dict.fromkeys(typed) if _says_something(word, known)][:MOST_WORDS]
    misspelt = corrections([word for word in content if word not in known.everyday], language, known.words)
    meant = {word: candidates[0][0] for word, candidates in misspelt.items() if candidates}
    query = Query(language, typed, meant)
    wanted = {}
    for word in content:
        if meant.get(word) not in known.stop_words or word == typed[-1]:  # "shoul" may become "should", or "shoulder"
            corrected = _corrected(misspelt.get(word, ()), known)
            wanted[word] = Wanted(word, [Term((word,), MISSPELT if corrected else 1), *corrected])
    if typed and typed[-1] in wanted and typed[-1] in misspelt and len(typed[-1]) >= SHORTEST_BEGINNING:
        wanted[typed[-1]].terms.append(Term((typed[-1],), BEGINNING, prefix=True))
    _join(query, wanted, known)
    as_typed = [(word, at) for at, word in enumerate(typed)]
    as_meant = [(part, at) for at, word in enumerate(typed) for part in meant.get(word, word).split()]
    for reading in (as_typed, as_meant) if as_meant != as_typed else (as_typed,):
        _add_synonyms(query, wanted, reading, known)
    query.wanted = _most_likely(list(wanted.values()))
    _notice_signs(query, misspelt, known)
    return query


def _says_something(word, known):
    return word not in known.stop_words and not (len(word) == 1 and word.isascii())


def _join(query, wanted, known):
    """Look for "pacemaker" in place of "pace maker"."""
    for first, second, word in joined(query.typed[:MOST_WORDS], query.language, known.words):
        if word not in known.stop_words:
            for half in (first, second):
                wanted.pop(half, None)
                query.meant.pop(half, None)
            terms = [(first, second), (word,), *known.synonyms.get((stem(word),), ())]
            wanted[f"{first} {second}"] = Wanted(f"{first} {second}", [Term(words) for words in dict.fromkeys(terms)])


def _notice_signs(query, misspelt, known):
    """A misspelt word is a sign when any of its candidates is: an emergency too many does less harm than one too few."""
    said = _without(known.harmless, [stem(word) for word in query.typed])
    stems = {
        *said,
        *(stem(word) for typed in misspelt if stem(typed) in said for words, _ in misspelt[typed] for word in words.split()),
    }
    signs = [sign for sign in known.emergencies if sign <= stems]
    query.emergency = bool(signs)
    if signs:  # "chst" may be "cost", but is rather "chest"
        query.absent.clear()
    query.urgent = any(len(sign) > 1 for sign in signs)
    query.crisis = any(sign <= stems for sign in known.crises)


def _without(phrases, stems):
    """A list of stems without those that make up one of the phrases."""
    for phrase in phrases:
        for start in range(len(stems) - len(phrase), -1, -1):
            if tuple(stems[start : start + len(phrase)]) == phrase:
                del stems[start : start + len(phrase)]
    return stems


def _most_likely(wanted):
    """At most `MOST_TERMS` terms, those with the most weight."""
    weights = sorted((term.weight for one in wanted for term in one.terms), reverse=True)
    if len(weights) > MOST_TERMS:
        for one in wanted:
            one.terms = [term for term in one.terms if term.weight > weights[MOST_TERMS]]
    return wanted


def _corrected(candidates, known):
    right = [(words.split(), slips) for words, slips in candidates if words not in known.stop_words]
    terms = [Term(tuple(words), CORRECTION * (1 + right[0][1] / 2) / (1 + slips / 2), correction=True) for words, slips in right]
    halves = [word for words, _ in right[:1] if len(words) > 1 for word in words]
    return terms + [Term((word,), HALF) for word in halves if _says_something(word, known) and stem(word) not in known.vague]


def _add_synonyms(query, wanted, reading, known):
    """Add what pages say instead of the words and phrases of a reading; the longest phrase takes the place of its words.

    `reading` is a list of words, each with its place in what was typed.
    """
    start = 0
    while start < len(reading):
        stop, phrase = _longest_phrase([word for word, _ in reading], start, known)
        if phrase:
            typed = query.typed[reading[start][1] : reading[stop - 1][1] + 1]
            words = " ".join(typed)
            for word in typed if len(typed) > 1 else ():
                wanted.pop(word, None)
            if not known.synonyms[phrase] and words not in query.absent:
                query.absent.append(words)
            terms = wanted.setdefault(words, Wanted(words, [Term(tuple(typed))])).terms
            said = {_stems(term.words) for term in terms}
            terms += [Term(words, SYNONYM) for words in dict.fromkeys(known.synonyms[phrase]) if _stems(words) not in said]
        start = stop


def _stems(words):
    return tuple(map(stem, words))


def _longest_phrase(words, start, known):
    """Where the longest phrase with synonyms that begins at `start` stops, and its key; ("" where there is none)."""
    for stop in range(min(start + known.longest + MOST_FILLERS, len(words)), start, -1):
        said = words[start:stop]
        phrase = _stems(said)
        if phrase not in known.synonyms and {said[0], said[-1]}.isdisjoint(known.fillers):
            phrase = _stems(word for word in said if word not in known.fillers)
        if phrase in known.synonyms and not (len(phrase) == 1 and words[start] in known.stop_words):
            return stop, phrase
    return start + 1, ()

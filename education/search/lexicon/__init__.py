"""What is known of a language: words that say nothing, words that patients use for others, everyday words, signs of an emergency.

The files beside this one hold it, a folder a language. A language without a folder is searched without such help.
"""

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from education.search.words import split_words, stem

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Lexicon:
    """`synonyms` gives for a phrase, as a tuple of stems, the phrases that pages use instead; none: the site has nothing.

    `fillers` may stand within such a phrase.
    `vague` holds the stems of words that count less beside others; `harmless` the phrases, as tuples of stems, that are no
    signs of an emergency.
    Of all words that are spelt as they should be, `words` may be what a misspelt one meant; `everyday` ones are never.
    """

    stop_words: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    synonyms: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    emergencies: tuple[frozenset[str], ...] = ()
    crises: tuple[frozenset[str], ...] = ()
    harmless: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()

    @property
    def longest(self):
        """How many words the longest phrase of `synonyms` has."""
        return max(map(len, self.synonyms), default=0)


@cache
def lexicon(language):
    """The `Lexicon` of a language, by its code."""
    stop_words, fillers, everyday = (
        frozenset(word for line in _lines(language, name) for word in split_words(line))
        for name in ("stop_words", "fillers", "everyday")
    )
    vague = frozenset(stem(word) for line in _lines(language, "vague") for word in split_words(line))
    synonyms, typed = {}, set()
    for line in _lines(language, "synonyms"):
        phrases, _, instead = line.partition(":")
        said = tuple(tuple(split_words(phrase)) for phrase in instead.split(",") if phrase.strip())
        for words in (split_words(phrase) for phrase in phrases.split(",")):
            key = tuple(map(stem, words))
            synonyms[key] = synonyms.get(key, ()) + said
            typed.update(words)
    signs = {name: [words for line in _lines(language, name) for words in _readings(line)] for name in ("emergencies", "crises")}
    typed.update(word for lines in signs.values() for words in lines for word in words)
    stems = {name: tuple(frozenset(map(stem, words)) for words in lines) for name, lines in signs.items()}
    harmless = tuple(tuple(map(stem, split_words(line))) for line in _lines(language, "harmless"))
    return Lexicon(
        stop_words, fillers, synonyms, stems["emergencies"], stems["crises"], harmless, stop_words | typed, everyday, vague
    )


def _readings(line):
    """A sign's words, once for each choice among the words that stand for each other: "numb leg/arm"."""
    return [split_words(" ".join(words)) for words in product(*(words.split("/") for words in line.split()))]


def _lines(language, name):
    path = FOLDER / language / f"{name}.txt"
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]

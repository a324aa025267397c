"""Words: how a text is taken apart, and when two words count as the same."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`")
_ENDINGS = ("ingly", "ings", "ing", "edly", "eness", "ness", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 3


def fold(text):
    """`text` in small letters without accents and apostrophes."""
    plain = text.casefold().translate(_APOSTROPHES)
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def split_words(text):
    """The folded words of a text, in order: letters and digits only."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=20_000)
def stem(word):
    """A folded word without its ending, for comparing and highlighting; the databases have stemmers of their own."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word

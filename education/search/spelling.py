"""What a misspelt word may have been meant to be: words of the site that sound like it and are spelt much like it."""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from education.models import SearchWord

LONGEST_WORD = 40
MOST_CANDIDATES = 3
MOST_MISSPELT = 8
SHORTEST_HALF = 3
SHORT_WORD = 3
MOST_SLIPS_OF_HELD = 2

# Letters that are heard alike become one; a few spellings first, because they are heard as something else.
_SPELLINGS = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"scle", "sle"),
        (r"(?<![eo])ach(?=e|y|ing)", "ak"),
        (r"(?:ti|si|ci|sh)[aeiou]+n", "sn"),
        (r"ph", "f"),
        (r"gh", ""),
        (r"tch|dg(?=[eiy])|(?<=[aeiou])ch|ch(?=[aeiou])", "j"),
        (r"ch", "k"),
        (r"sh|sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"x", "ks"),
    )
]
_ALIKE = str.maketrans({**dict(zip("bdvzgcq", "ptfskkk", strict=True)), **dict.fromkeys("aeiouhwy")})
_HEARD = "ptfskjmnlr"
_REPEATED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=20_000)
def sound(word):
    """How a folded word sounds, roughly: its consonants, and an `a` for a vowel it begins with."""
    heard = word
    for pattern, letters in _SPELLINGS:
        heard = pattern.sub(letters, heard)
    heard = _REPEATED.sub(r"\1", heard.translate(_ALIKE))
    return (("a" if word[:1] in _VOWELS else "") + heard)[:LONGEST_WORD]


def sounds_near(heard):
    """A sound and every sound that one slip away is: a letter left out, put in, exchanged, or two swapped."""
    splits = [(heard[:at], heard[at:]) for at in range(len(heard) + 1)]
    near = {heard, "a" + heard, heard.removeprefix("a")}
    near.update(left + right[1:] for left, right in splits if right)
    near.update(left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1)
    near.update(left + letter + right for left, right in splits for letter in _HEARD)
    near.update(left + letter + right[1:] for left, right in splits if right for letter in _HEARD)
    return near - {""}


def distance(one, other):
    """Slips of the hand between two words: letters added, left out or exchanged, neighbours swapped (optimal string
    alignment, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance). A vowel for a vowel and a letter doubled are half."""
    rows = [[float(at) for at in range(len(other) + 1)]]
    for i, left in enumerate(one, start=1):
        row = [float(i)]
        for j, right in enumerate(other, start=1):
            best = min(
                rows[-1][j] + (0.5 if i > 1 and one[i - 2] == left else 1),
                row[-1] + (0.5 if j > 1 and other[j - 2] == right else 1),
                rows[-1][j - 1] + _exchange(left, right),
            )
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _exchange(left, right):
    if left == right:
        return 0
    return 0.5 if left in _VOWELS and right in _VOWELS else 1


def corrections(words, language, also=()):
    """What folded words that are misspelt may have been meant to be, best first: `{word: [(word or words, slips), …]}`.

    A word that the site's own text has is right, and is left out. So is one of `also`. For a word that only editors' search
    words have, only words of the text that are very much like it are candidates: it may be right, and just not in the text.
    """
    if not words:
        return {}
    vocabulary = SearchWord.objects.filter(language=language)
    held = dict(vocabulary.filter(word__in=words).values_list("word", "in_prose"))
    misspelt = [word for word in words if not held.get(word) and word not in also][:MOST_MISSPELT]
    misspelt = {word: sounds_near(sound(word)) for word in misspelt}
    known = {right.word: right for right in _sounding(vocabulary, set().union(*misspelt.values()))}
    known |= {word: Known(word, sound(word), in_prose=True) for word in also}
    meant = {word: _best(word, near, known.values(), is_held=word in held) for word, near in misspelt.items()}
    for word, split in _split([word for word in misspelt if word not in held], vocabulary, also).items():
        if split and (not meant[word] or split[0][1] == 0):
            meant[word] = split
    return meant


def joined(words, language, also=frozenset()):
    """Neighbours among folded words that are one word in the site's text, or of `also`: `[("pace", "maker", "pacemaker"), …]`."""
    pairs = {one + other: (one, other) for one, other in pairwise(words) if min(len(one), len(other)) >= SHORTEST_HALF}
    if not pairs:
        return []
    held = set(SearchWord.objects.filter(language=language, word__in=pairs, in_prose=True).values_list("word", flat=True))
    return [(*pairs[word], word) for word in pairs if word in also or word in held]


class Known(NamedTuple):
    """A word that is spelt as it should be; without `in_prose` this is only likely."""

    word: str
    sound: str
    in_prose: bool


def _sounding(vocabulary, sounds):
    return [Known(*row) for row in vocabulary.filter(sound__in=sounds).values_list("word", "sound", "in_prose")] if sounds else []


def _best(word, near, known, *, is_held):
    """Candidates for one word; where editors' search words have it, only words of the text with hardly a slip."""
    heard, found = sound(word), []
    for right in known:
        alike = right.sound == heard
        if right.word == word or right.sound not in near or (is_held and not right.in_prose):
            continue
        allowed = len(word) / 3 + (1 if alike and len(word) > SHORT_WORD else 0)
        if is_held:
            allowed = MOST_SLIPS_OF_HELD if alike or sorted(word) == sorted(right.word) else len(word) / 7
        if abs(len(right.word) - len(word)) > allowed:
            continue
        slips = distance(word, right.word) + (0 if alike else 0.25)
        if slips <= allowed:
            found.append((slips, right))
    right = [pair for pair in found if pair[1].in_prose]
    # Of editors' search words, those that are not a misspelling of one of these.
    heard_right = {known_word.sound for _, known_word in right}
    right += [pair for pair in found if not pair[1].in_prose and pair[1].sound not in heard_right]
    right.sort(key=lambda pair: (pair[0], -len(pair[1].word), pair[1].word))  # letters are left out more often than put in
    return [(candidate.word, slips) for slips, candidate in right[:MOST_CANDIDATES]]


def _split(words, vocabulary, also):
    """Words that are two words without the space between them: `{word: [(words, slips)]}`."""
    halves = {word: [(word[:at], word[at:]) for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)] for word in words}
    known = defaultdict(list)
    for right in _sounding(vocabulary, {sound(half) for pairs in halves.values() for pair in pairs for half in pair}):
        known[right.sound].append(right)
    also_by_sound = defaultdict(list)
    for word in also:
        also_by_sound[sound(word)].append(word)

    def best(half):
        heard = sound(half)
        for likely in ([right.word for right in known[heard] if right.in_prose], also_by_sound[heard]):
            found = sorted((distance(half, word), word) for word in likely)
            if right := [(slips, word) for slips, word in found if slips <= len(half) / 3]:
                return right[:2]
        return []

    split = {}
    for word, pairs in halves.items():
        both = [(first, second) for left, right in pairs for first in best(left) for second in best(right)]
        found = sorted((first + second, f"{left} {right}") for (first, left), (second, right) in both)
        split[word] = [(words, slips) for slips, words in found[:MOST_CANDIDATES]]
    return split

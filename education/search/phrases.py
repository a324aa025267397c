"""How much alike what was typed and the phrases of a page are: its title, and the words patients use for it."""

from functools import lru_cache

from education.search.words import split_words, stem

# How much a word counts that was not typed, and one that says nothing.
OTHER_WORD = 0.4
STOP_WORD = 0.2
# What share of the title's likeness that of a patients' phrase counts.
PATIENTS_PHRASE = 0.8


class Typed:
    """What was typed, to compare pages with. `forms` has for each word its weight and the stems that stand for it, each with
    how surely it is meant: `[(1.0, [("nek", 1.0), ("neck", 0.9)]), …]`."""

    def __init__(self, forms, stop_words):
        self._forms = forms
        self._stop_words = stop_words
        self._total = sum(weight for weight, _ in forms)
        self._stems = {form for _, stems in forms for form, _ in stems}

    def compare(self, entry):
        """How much of what was typed and of the entry's closest phrase is the same, 0 to 1; and the sum, over the words that
        were typed, of their weights times the share that was typed of the phrase that has the word and little else."""
        likeness, told = 0, {}
        for number, phrase in enumerate(_phrases(entry.title, entry.words, self._stop_words)):
            if not self._stems.isdisjoint(phrase):
                closeness = self._closeness(phrase, told)
                likeness = max(likeness, closeness * (PATIENTS_PHRASE if number else 1))
        return likeness, sum(told.values())

    def _closeness(self, phrase, told):
        """Dice's coefficient of a phrase and what was typed, each word with its weight. Puts into `told` the most a phrase so
        far tells about each word."""
        rest, shared = dict(phrase), {}
        for number, (weight, stems) in enumerate(self._forms):
            sure, form = max(((sure, form) for form, sure in stems if form in rest), default=(0, ""))
            if sure:
                shared[number] = weight * sure
                rest[form] = 0
        typed = sum(self._forms[number][0] for number in shared)
        untyped = sum(rest.values())
        for number, worth in shared.items():
            told[number] = max(told.get(number, 0), worth * typed / (typed + untyped / OTHER_WORD))
        return 2 * sum(shared.values()) / (self._total + typed + untyped)


@lru_cache(maxsize=2_000)
def _phrases(title, words, stop_words):
    """The title and each line of the words, as stems with their weights."""
    lines = (split_words(line) for line in (title, *words.split("\n")))
    return [{stem(word): STOP_WORD if word in stop_words else OTHER_WORD for word in line} for line in lines]

"""The glossary on a page: where a word is first used, it leads to its meaning at the foot of the same page."""

import re
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True)
class Term:
    """A word of the glossary, its meaning in plain text, and the other forms it is written in."""

    slug: str
    title: str
    meaning: str
    forms: tuple[str, ...] = field(default=())


class Terms:
    """The terms a page may explain; `used` are those it does, by slug, in order of first use over all its bodies."""

    def __init__(self, terms=()):
        self.by_slug = {term.slug: term for term in terms}
        self.used = {}
        self._by_form = {_key(form): term for term in terms for form in (*term.forms, term.title)}
        self._longest = max((len(_WORD.findall(form)) for form in self._by_form), default=0)

    def first_uses(self, text):
        """The first uses in `text` of terms the page has not used yet, as (start, end, Term); the longest form wins."""
        words = list(_WORD.finditer(text)) if self._longest else []
        at = 0
        while at < len(words):
            used = 1
            for count in range(min(self._longest, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + count - 1].end()
                term = self._by_form.get(_key(text[start:end]))
                if term is not None:
                    used = count
                    if self.use(term):
                        yield start, end, term
                    break
            at += used

    def use(self, term):
        """Note a use; whether it is the page's first of this term."""
        is_first = term.slug not in self.used
        self.used.setdefault(term.slug, term)
        return is_first


def _key(form):
    return " ".join(form.casefold().split())

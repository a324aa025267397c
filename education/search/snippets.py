"""The words of a page that answer a search, with what was found marked."""

import re
from functools import lru_cache

from django.utils.html import format_html, format_html_join

from education.search.words import split_words, stem

LONGEST = 220
READ = 20_000

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s)|(?=\n|$))")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def snippet(entry, reasons):
    """The sentences of an entry that say most about what was found, as HTML; `reasons` as in `Found`.

    It is the summary, unless the text holds more.
    """
    weights = {}
    for weight, term in reasons.values():
        for word in term.words:
            weights[stem(word)] = max(weight, weights.get(stem(word), 0))
    beginnings = tuple(term.words[-1] for _, term in reasons.values() if term.prefix)
    sentences = [entry.summary, *_SENTENCE.findall(entry.text[:READ])]
    best = max(range(len(sentences)), key=lambda at: (_worth(sentences[at], weights), -at))
    text = entry.summary if best == 0 else _go_on(sentences, best)
    return _marked(_cut(text), weights, beginnings)


def _worth(sentence, weights):
    return sum(weights.get(word, 0) for word in _stems(sentence))


@lru_cache(maxsize=5_000)
def _stems(sentence):
    return frozenset(map(stem, split_words(sentence)))


def _go_on(sentences, at):
    """A sentence, and the next ones of its paragraph as long as there is room; these begin with the space between them."""
    text = sentences[at].strip()
    for following in sentences[at + 1 :]:
        if len(text) + len(following) >= LONGEST or not following.startswith(" ") or following[-1] not in ".!?":
            break
        text += " " + following.strip()
    return text


def _cut(text):
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _marked(text, weights, beginnings):
    parts, at = [], 0
    for match in _WORD.finditer(text):
        folded = "".join(split_words(match[0]))
        if stem(folded) in weights or folded.startswith(beginnings or ("\n",)):
            parts += [text[at : match.start()], format_html("<mark>{}</mark>", match[0])]
            at = match.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, text[at:]]))

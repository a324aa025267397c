"""What the rules give, and what they need to know about the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from education.documents import Document, Identity
from education.rendering import Reference

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """Something on a page that could be better for patients, in words for the person who edits it.

    `rule` is the number of the rule; `severity` is `ERROR` (safety and structure: fails the build) or `WARNING` (advice).
    `key` is `body` or a front matter key; `line` counts from 1 within the body, and is 0 for front matter. `words` are those
    of the page that it is about, where it is about a word or two.
    """

    rule: int
    severity: str
    key: str
    line: int
    message: str
    words: str = ""


@dataclass(frozen=True)
class Note:
    """What a rule's function gives for a place on the page; `severity` only where it is not the rule's own."""

    message: str
    line: int = 0
    key: str = "body"
    severity: str = ""
    words: str = ""


@dataclass(frozen=True)
class Term:
    """A word of the glossary, with its other forms."""

    slug: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """What the rules need to know besides the page itself.

    `terms` are the glossary's words by language; `sub_topics` the published topics below a topic; `titles` those of pages by
    language and reference; `today` lets dates be judged.
    """

    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    sub_topics: Mapping[Identity, tuple[Document, ...]] = field(default_factory=dict)
    titles: Mapping[str, Mapping[Reference, str]] = field(default_factory=dict)
    today: date | None = None

    @classmethod
    def of(cls, documents, today=None):
        """The site that some `Document`s make up."""
        terms, below, titles = {}, {}, {}
        for document in documents:
            language, collection, slug = document.identity
            titles.setdefault(language, {})[Reference(collection, slug)] = document.get("title", "")
            if collection == "glossary":
                names = (document.get("title", ""), *document.get("forms", ()))
                terms.setdefault(language, []).append(Term(slug, tuple(filter(None, names))))
            elif collection == "topics" and document.get("parent") and document.get("status") == "published":
                below.setdefault(document.identity._replace(slug=document.get("parent")), []).append(document)
        return cls(
            {language: tuple(found) for language, found in terms.items()},
            {parent: tuple(found) for parent, found in below.items()},
            titles,
            today,
        )

    @cached_property
    def _patterns(self):
        return {}

    def find_terms(self, language, text):
        """Every use of a glossary word in a text, as `(slug, start, end)` in order."""
        if language not in self._patterns:
            names = {name.lower(): term.slug for term in self.terms.get(language, ()) for name in term.names}
            longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
            self._patterns[language] = names, re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)
        names, pattern = self._patterns[language]
        if not names:
            return
        for found in pattern.finditer(text):
            if slug := names.get(found[0].lower()):
                yield slug, found.start(), found.end()

"""Every rule for patient pages that a program can check: its number, what it asks, how grave it is, and who checks it."""

from collections.abc import Callable
from dataclasses import dataclass

from education.checks import balance, message, numbers, phrases, safety, structure, trust, words
from education.checks.finding import ERROR, WARNING, Finding, Site
from education.checks.page import CheckedPage


@dataclass(frozen=True)
class Rule:
    """One rule. `find(page)` gives `Note`s for a `CheckedPage`; a rule without it is `checked_in` tests of the whole site.

    `severity` is that of what it finds. Sources are other people's words: only rules that are `for_sources` look at them.
    """

    number: int
    asks: str
    severity: str
    find: Callable | None = None
    checked_in: str = ""
    for_sources: bool = False


RULES = (
    Rule(2, "one main message of 1 to 3 short sentences, first and set apart", ERROR, message.main_message),
    Rule(3, "something to do, addressed to you, in steps or a list", WARNING, message.something_to_do),
    Rule(4, "a summary", ERROR, message.summary),
    Rule(5, "something to take along and use", WARNING, message.something_to_take_along),
    Rule(6, "a reading grade of 8 or lower", WARNING, words.reading_grade),
    Rule(7, "sentences of up to 20 words, paragraphs of up to 3 sentences", WARNING, words.sentences_and_paragraphs),
    Rule(8, "the active voice", WARNING, words.active_voice),
    Rule(9, "plain words first, medical words explained", WARNING, words.plain_word_first),
    Rule(10, "abbreviations written out at first use", WARNING, phrases.abbreviations),
    Rule(11, "no words such as suffering from, victim of", ERROR, phrases.words_about_people),
    Rule(12, "no words that promise a result", WARNING, phrases.promises),
    Rule(13, "numerals, the same denominator, no sums, percentages also in words", WARNING, numbers.numbers),
    Rule(14, "one top heading of up to 65 characters, no level skipped", ERROR, structure.heading_levels),
    Rule(15, "sentence case, headings that say the thing", WARNING, structure.heading_words),
    Rule(16, "lists of up to 7 items", WARNING, structure.list_length),
    Rule(17, "no long bold or italic", WARNING, structure.emphasis),
    Rule(18, "tables with headers and a caption", ERROR, structure.tables),
    Rule(19, "pictures with a description and a caption", ERROR, structure.pictures),
    Rule(20, "care cards: both levels on treatment pages, complete, without links", ERROR, safety.care_cards),
    Rule(21, "benefits and risks, each with how common", ERROR, balance.benefits_and_risks),
    Rule(22, "how it works, without it, other choices, what is not known, questions", ERROR, balance.what_to_know),
    Rule(23, "sources named, with who and when", ERROR, trust.sources, for_sources=True),
    Rule(24, "review dates that agree with each other", ERROR, trust.review_dates, for_sources=True),
    Rule(26, "WCAG 2.2 AA, targets, focus", ERROR, checked_in="tests/e2e/test_accessibility.py"),
    Rule(
        27,
        "reflow, text spacing, language, titles, skip link",
        ERROR,
        checked_in="tests/e2e/test_accessibility.py; tests/views/test_pages.py",
    ),
    Rule(28, "links that mean something out of context", WARNING, structure.link_words, checked_in="tests/views/test_crawl.py"),
    Rule(29, "everything works without JavaScript", ERROR, checked_in="tests/e2e/test_privacy_and_weight.py"),
    Rule(30, "no request to others, no cookie, no storage", ERROR, checked_in="tests/e2e/test_privacy_and_weight.py"),
    Rule(31, "print", ERROR, checked_in="tests/e2e/test_print.py"),
    Rule(32, "light, dark, forced colours, reduced motion", ERROR, checked_in="tests/e2e/test_accessibility.py"),
)


def check(document, site=None):
    """What could be better on a page, as `Finding`s: front matter first, then by line. `site` is the `Site` it stands on."""
    page = CheckedPage(document, site or Site())
    found = set()
    for rule in RULES:
        if rule.find and (rule.for_sources or page.collection != "sources"):
            for note in rule.find(page):
                severity = note.severity or rule.severity
                found.add(Finding(rule.number, severity, note.key, note.line, note.message, note.words))
    return tuple(sorted(found, key=lambda finding: (finding.key == "body", finding.line, finding.rule, finding.message)))

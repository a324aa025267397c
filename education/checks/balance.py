"""Rules 21 and 22: benefits with risks, and what else a patient needs to decide."""

import re

from education.checks.numbers import RATE
from education.checks.page import CheckedPage

_RISKS = re.compile(r"\b(?:risks?|side effects?|harms?|safe)\b", re.IGNORECASE)
_BENEFITS = re.compile(r"\b(?:benefits?|research|helps?|studies|results?|evidence|may do for you)\b", re.IGNORECASE)
# Trials of this treatment report averages, not how many people got better. So a benefit counts as told with how common it is
# when the page gives a rate, says what was studied, or says that it is not known.
_STUDIED = re.compile(r"\b\d+ (?:\w+ )?(?:reviews?|trials?|studies|people|adults|athletes|patients|volunteers)\b", re.IGNORECASE)
_NOT_KNOWN = re.compile(
    r"\b(?:not (?:yet )?known|(?:do|does|did) not know|no one (?:knows|can (?:say|tell|be sure))|unknown|not (?:sure|certain)"
    r"|unsure|no trials?|found no)\b",
    re.IGNORECASE,
)

_NEEDED = {
    "how it works": re.compile(
        r"\bhow\b.{0,60}\b(?:works?|used|relax)\b|\bwhat it is\b|\bwhat .{0,60}\b(?:is|does)$", re.IGNORECASE
    ),
    "what happens without it": re.compile(
        r"\bwithout (?:it|treatment|needl|dry needling)|\bif you (?:do|have) (?:nothing|not)", re.IGNORECASE
    ),
    "other things that can help": re.compile(
        r"\bother (?:things|treatments?|choices|options)|\bwhat else\b|\balternatives?\b", re.IGNORECASE
    ),
    "what is not known": _NOT_KNOWN,
    "questions to ask": re.compile(r"\b(?:questions?|what (?:you can|to) ask|ask your)\b", re.IGNORECASE),
}
_FOR_A_CONDITION = ("how it works", "other things that can help", "what is not known", "questions to ask")


def benefits_and_risks(page):
    """Benefits and risks, each with how common it is (CCI 19, DISCERN 10-11)."""
    if not (page.collection == "conditions" or page.is_hub):
        return
    sections = [section for one in _family(page) for section in _named_sections(one)]
    for name, heading, told in (
        ("risks", _RISKS, RATE.search),
        ("benefits", _BENEFITS, lambda text: RATE.search(text) or _STUDIED.search(text) or _NOT_KNOWN.search(text)),
    ):
        found = [text for title, text in sections if heading.search(title)]
        if not found:
            yield page.note(f"Add a section on the {name}: readers weigh benefits and risks together.")
        elif not any(told(text) for text in found):
            how = "about 8 in 100" if name == "risks" else "in 8 trials, or that it is not known"
            yield page.note(f"Say how common the {name} are, such as “{how}”.")


def what_to_know(page):
    """How it works, what happens without it, alternatives, what is not known, questions to ask (DISCERN 8-15, CCI 11)."""
    if page.collection == "conditions":
        needed = _FOR_A_CONDITION
    elif page.is_hub:
        needed = tuple(_NEEDED)
    else:
        return
    family = _family(page)
    titles = [title for one in family for title, _ in _named_sections(one)]
    texts = [block.text for one in family for block in one.blocks]
    for name in needed:
        where = texts if _NEEDED[name] is _NOT_KNOWN else titles
        if not any(_NEEDED[name].search(" ".join(text.split())) for text in where):
            place = " or on one of the pages below it" if page.is_hub else ""
            yield page.note(f"Add a section to this page{place}: {name}.")


def _family(page):
    """A page, with those below it for a guide's first page."""
    if not page.is_hub:
        return [page]
    return [page, *(CheckedPage(document, page.site) for document in page.sub_topics)]


def _named_sections(page):
    """Each section's title and text; a whole page counts as a section with the page's title."""
    yield page.document.get("title", ""), page.document.body
    for section in page.sections:
        if section.heading:
            yield section.title, section.text

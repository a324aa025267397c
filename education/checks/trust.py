"""Rules 23 and 24: sources and dates that readers can trust."""

import re

from education.checks.finding import WARNING
from education.checks.numbers import RATE
from education.rendering import Reference

_CLAIM = re.compile(r"\b(?:stud(?:y|ies)|trials?|research(?:ers)?|reviews?|surveys?)\b", re.IGNORECASE)


def sources(page):
    """Sources are named where the page says what research found, and say who published them and when (JAMA benchmarks)."""
    document = page.document
    if page.collection == "sources":
        if not (document.get("authors") or document.get("publisher")):
            yield page.note("Say who wrote or published this source.", key="publisher", severity=WARNING)
        if not (document.get("year") or document.get("checked_on")):
            message = "Give the year of this source; for a web page without one, the day you last looked at it."
            yield page.note(message, key="year", severity=WARNING)
    elif not (page.citations or document.get("sources")):
        claim = next(((key, block) for key, block in page.prose if _claims(page, block)), None)
        if claim:
            message = "Name a source for what research found, such as [@brady-2014] behind the sentence."
            yield page.note(message, claim[1], key=claim[0])


def _claims(page, block):
    """Whether a block says what research found. The glossary explains words such as "trial"; only its numbers are claims."""
    if RATE.search(block.text):
        return True
    return page.collection != "glossary" and bool(_CLAIM.search(block.text)) and not _only_leads_on(page, block)


def _only_leads_on(page, block):
    """Whether a block speaks of research only to link to another page, or only asks about it."""
    leads_on = any(Reference.from_href(link.href)[0] for link in page.links_in.get(block, ()))
    return leads_on or block.text.rstrip().endswith("?")


def review_dates(page):
    """A review has a day, a name and a next day, in this order; what is overdue is said (NHS service manual)."""
    document, today = page.document, page.site.today
    reviewed, due = document.get("reviewed_on"), document.get("review_due")
    if reviewed and not document.get("reviewed_by"):
        yield page.note("Name the clinician who reviewed the page, or take the date of the review out.", key="reviewed_on")
    if document.get("reviewed_by") and not reviewed:
        yield page.note("Give the day of this review, or take the name out.", key="reviewed_by")
    if reviewed and due and due <= reviewed:
        yield page.note("Set the next review after the last one.", key="review_due")
    if reviewed and not due:
        yield page.note("Set the day of the next review.", key="reviewed_on", severity=WARNING)
    if today and reviewed and reviewed > today:
        yield page.note("The day of a review cannot lie ahead.", key="reviewed_on")
    if today and due and due <= today:
        yield page.note("The page is due for its review.", key="review_due", severity=WARNING)

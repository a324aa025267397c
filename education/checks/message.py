"""Rules 2 to 5: one main message, something to do, a summary, something to take along."""

import re

from education.rendering.reading import read

# How many sentences a main message may have.
MOST_SENTENCES = 3

# What a step or an advice begins with. Other words may begin one too; a list counts when half of its items begin like this.
_ACTIONS = frozenset(
    """
    agree ask avoid be begin breathe bring build call check choose compare decide discuss do drink eat expect find
    follow get give go have keep know learn leave lie listen look make mark measure mention move note notice open plan
    practice press print rate read relax remember report rest save say see show sit sleep stand start stay stop stretch
    take talk tell think track treat try use visit wait walk watch wear weigh work write
    """.split()
)
_TO_TAKE_ALONG = re.compile(r"\b(?:questions?|checklists?|what to ask|notes|diary|tracker)\b", re.IGNORECASE)


def main_message(page):
    """One main message of 1 to 3 short sentences, first and set apart in a box (CDC Clear Communication Index 1-3)."""
    if page.collection in ("topics", "conditions"):
        yield from _message_in_box(page)
    elif page.collection == "faqs" and not any(block.kind == "paragraph" for block in page.first_section):
        yield page.note("Begin with the answer in 1 to 3 short sentences, before the first list or heading.")


def _message_in_box(page):
    first = set(page.first_section)
    boxes = [blocks for card, blocks in page.cards.items() if card.info in ("info", "important") and blocks[0] in first]
    if not boxes:
        yield page.note(
            "Say the main message in a box near the top: a line '::: info', then 1 to 3 short sentences, then a line ':::'."
        )
        return
    sentences = [sentence for sentence in read(boxes[0]).sentences if sentence.kind != "card title"]
    if not 1 <= len(sentences) <= MOST_SENTENCES:
        yield page.note(f"Keep the main message to 1 to 3 sentences; this box has {len(sentences)}.", boxes[0][0])


def something_to_do(page):
    """At least one thing to do, addressed to "you", in steps or a list (PEMAT 20-22)."""
    if page.collection not in ("topics", "conditions"):
        return
    if not any(re.search(r"\byou", block.text, re.IGNORECASE) for _, block in page.prose):
        yield page.note("Speak to the reader: say 'you' and 'your'.")
    if not any(_is_to_do(page, items) for items in page.items.values()):
        yield page.note(
            "Say what the reader can do, as numbered steps or a list. Begin each item with what to do: Ask, Rest, Call."
        )


def _is_to_do(page, items):
    """Whether a list tells the reader what to do, in its items or its lead-in; the lists in warning cards do not count."""
    firsts = [page.item_blocks[item][0] for item in items]
    card = firsts[0].within("card")
    if card and card.info in ("emergency", "urgent", "non-urgent"):
        return False
    lead_in = page.before.get(firsts[0])
    if (card and card.info in ("do", "dont")) or (lead_in and _is_action(lead_in.text)):
        return True
    return 2 * sum(_is_action(block.text) for block in firsts) >= len(items)


def _is_action(text):
    found = re.match(r"\W*(?:(?:what )?you can (?:also )?)?(\w+)", text, re.IGNORECASE)
    return bool(found) and found[1].lower() in _ACTIONS


def summary(page):
    """A summary that says the main message (PEMAT 11)."""
    text = page.document.get("summary", "")
    if not text:
        yield page.note("Write a summary of 1 or 2 sentences that says the main message.", key="summary")
    elif text.strip(" .!?").lower() == page.document.get("title", "").strip(" .!?").lower():
        yield page.note("Say the main message in the summary; now it only repeats the title.", key="summary")


def something_to_take_along(page):
    """Something to take away and use: a checklist, steps, questions to ask, or a link to them (PEMAT 23)."""
    if page.collection not in ("topics", "conditions"):
        return
    headed = any(_TO_TAKE_ALONG.search(section.title) and section.blocks for section in page.sections)
    steps = any(part.kind == "steps" for part in page.items)
    asked = sum(block.kind == "item" and block.text.rstrip().endswith("?") for block in page.blocks)
    linked = any(_TO_TAKE_ALONG.search(link.words) for link in page.links)
    if not (headed or steps or asked > 1 or linked or any(card.info == "do" for card in page.cards)):
        yield page.note("Give the reader something to use: questions to ask, a checklist, or a link to such a page.")

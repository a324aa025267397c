"""Rule 20: care cards, which must be right on every page that speaks of the treatment."""

import re

CARE_CARDS = ("emergency", "urgent", "non-urgent")

_EXAMPLES = {
    "emergency": "Call 911 now if:",
    "urgent": "Call the clinic or a doctor today if:",
    "non-urgent": "Tell your provider if:",
}

# What a heading that says no action begins with.
_NO_ACTIONS = "If|When|You|Your|The|This|These|It|A|An|Emergency|Urgent|Warning|Danger|Important|Signs|Symptoms"


def care_cards(page):
    """An emergency and an urgent card on a treatment page, each "[Action] if:", complete in itself, at most one a level."""
    by_kind = {}
    for card, blocks in page.cards.items():
        by_kind.setdefault(card.info, []).append((card, blocks))
    if page.is_treatment_page:
        for kind in ("emergency", "urgent"):
            if kind not in by_kind:
                yield page.note(f"Add a card '::: {kind} {_EXAMPLES[kind]}': every page about the treatment needs one.")
    for kind in CARE_CARDS:
        cards = by_kind.get(kind, [])
        for card, _ in cards[1:]:
            yield page.note(f"Keep one '{kind}' card on the page: put both together.", line=card.line)
        for card, blocks in cards:
            yield from _heading(page, card, blocks)
            yield from _complete(page, card, blocks)
            yield from _links(page, card, blocks)
    for kind in ("do", "dont"):
        for card, blocks in by_kind.get(kind, []):
            yield from _dos_and_donts(page, card, blocks)


def _heading(page, card, blocks):
    """The heading says what to do, and "if:"."""
    title = next((block.text.strip() for block in blocks if block.kind == "card title"), "")
    if not re.fullmatch(rf"(?!(?:{_NO_ACTIONS})\b)[A-Z]\S* .*\bif:", title, re.DOTALL):
        message = f"Begin the card with what to do, then 'if:', such as '::: {card.info} {_EXAMPLES[card.info]}'."
        yield page.note(message, line=card.line)


def _complete(page, card, blocks):
    """The card says by itself what to look for and what to do."""
    items = [block for block in blocks if block.kind == "item" and block.text.strip()]
    advice = [block for block in blocks if block.kind == "paragraph" and block.text.strip()]
    if not items:
        yield page.note("List in the card what to look for, each sign on its own line after '- '.", line=card.line)
    if card.info != "non-urgent" and not advice:
        yield page.note("Say below the signs in the card what to do and where to go.", line=card.line)
    if card.info == "emergency" and not any(link.href.startswith("tel:") for link in _links_in(page, blocks)):
        yield page.note("Give the number to call in the card as a link: <tel:911>.", line=card.line)


def _links(page, card, blocks):
    """A card is complete in itself, so the only links in it are numbers to call."""
    for link in _links_in(page, blocks):
        if not link.href.startswith("tel:"):
            message = (
                f"Take the link “{link.words}” out of the card, and say in the card what it leads to. Only numbers to call stay."
            )
            yield page.note(message, line=link.line)
    for block in blocks:
        if block.within("card") is not card:
            yield page.note("Take the inner card or box out of this card.", block)
            return


def _links_in(page, blocks):
    return [link for block in blocks for link in page.links_in.get(block, ())]


def _dos_and_donts(page, card, blocks):
    items = {}
    for block in blocks:
        if item := block.within("item"):
            items.setdefault(item, block)
    if not items:
        yield page.note("Write this card as a list, each line after '- '.", line=card.line)
    for block in items.values():
        forbids = bool(re.match(r"do not\b", block.text.strip(), re.IGNORECASE))
        if card.info == "dont" and not forbids:
            yield page.note("Begin every line of this card with the words “Do not”.", block)
        elif card.info == "do" and (forbids or re.match(r"(?:don[’']t|never)\b", block.text.strip(), re.IGNORECASE)):
            yield page.note("Move this line to a card '::: dont': the card above says what to do.", block)

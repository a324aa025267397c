"""Pages that keep every rule, for tests to break one thing at a time."""

from education.checks import Site
from tests.factories import make_document

EMERGENCY = "::: emergency Call 911 now if:\n- you have chest pain\n\nCall <tel:911>. Say that needles were used.\n:::"
URGENT = "::: urgent Call the clinic or a doctor today if:\n- you have a fever\n\nGo to an urgent care center.\n:::"
CARDS = f"{EMERGENCY}\n\n{URGENT}"
BOX = "::: info\nIt may ease your pain for a time.\n:::"

CONDITION = f"""\
{BOX}

## How it is used

Your provider puts a thin needle into a sore spot.

## Side effects

About 8 in 100 treatments leave a bruise [@brady-2014].

## What research shows

In 8 trials, pain was lower for a time [@brady-2014]. How long it lasts is not known.

## Other things that can help

Exercise helps many people.

## When to get help

{CARDS}

## Questions to ask

- Ask what else you can try.
- Ask how we will know if it helps.
"""


def make_condition(body=CONDITION, **fields):
    """A condition's page that keeps every rule."""
    return make_document("conditions", "back-pain", body=body, **fields)


def make_topic(text="", **fields):
    """A topic that keeps the rules but for what `text` adds."""
    body = f"{BOX}\n\n{text}\n\n## What you can do\n\n1. Ask about your choices.\n2. Take notes."
    return make_document("topics", "a-topic", body=body, parent="hub", **fields)


def make_faq(body, **fields):
    """A question with this answer."""
    return make_document("faqs", "a-question", body=body, **({"title": "Does it hurt?"} | fields))


def site_with_terms():
    """A site whose glossary knows three words."""
    return Site.of(
        [
            make_document("glossary", "trigger-point", title="trigger point", forms=("trigger points",)),
            make_document("glossary", "fascia", title="fascia"),
            make_document("glossary", "nerve", title="nerve"),
        ]
    )

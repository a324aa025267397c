"""A small site in Greek: what its pages say has no Latin letter, so that a word of the interface is seen at once."""

from datetime import date

from tests.factories import make_document

TEXT = """\
Η βελόνα πονά λίγο [@meleti]. Δες και: [](page:home), [](page:topics), [](page:conditions), [](page:faqs), [](page:glossary),
[](page:packets), [](topic:episkepsi), [](condition:plati), [](term:komvos).

## Πρώτα

::: emergency Κάλεσε 911 αν:
- δεν αναπνέεις
:::

::: urgent Κάλεσε τον γιατρό αν:
- πονάς πολύ
:::

::: non-urgent Πες το αν:
- πονάς λίγο
:::

## Μετά

::: do
- πιες νερό
:::

::: dont
- μην τρέχεις
:::

::: important
Πρόσεχε.
:::

::: important Πρόσεχε πολύ
Ναι.
:::

::: info
Περνά γρήγορα.
:::

## Τέλος

| Τι | Πόσο |
|---|--:|
| Πόνος | 8 |
Table: Συχνότητα

![Μια βελόνα](/static/img/needle-in-trigger-point.svg "Η βελόνα στον μυ.")
"""


def greek(collection, slug, title, **values):
    values = {"summary": "Λίγα λόγια.", "body": "Ο κόμβος.", **values}
    return make_document(collection, slug, language="el", title=title, **values)


def greek_documents():
    """Pages that together show every component of the site."""
    review = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "Μαρία", "review_due": date(2027, 5, 3)}
    below = {"parent": "velona", "conditions": ("plati",)}
    evidence = {"evidence_summary": "Μικρές μελέτες.", "also_known_as": ("ράχη", "μέση")}
    return [
        greek("clinic", "clinic", "Κλινική", phone="+30 210 1234567", shortcuts=("topics/episkepsi",)),
        greek("sources", "meleti", "Μελέτη", summary=None, authors="Α. Βήτα", publisher="Περιοδικό", year=2020),
        greek("glossary", "komvos", "κόμβος", summary="Σφιχτό σημείο.", body="Κι άλλα."),
        greek("glossary", "deka", "10 βελόνες"),
        *(
            greek("conditions", f"ponos-{number}", f"Πόνος {number}", evidence=level, **evidence)
            for number, level in enumerate(("good", "some", "limited", "very limited", "not shown"))
        ),
        greek("conditions", "plati", "Πλάτη", body=TEXT, **review, **evidence),
        greek("topics", "velona", "Βελόνα", body=TEXT, conditions=("plati",), **review),
        *(greek("topics", f"meros-{number}", f"Μέρος {number}", position=number, **below) for number in range(12)),
        greek("topics", "episkepsi", "Επίσκεψη", body=TEXT, position=20, **below),
        greek("topics", "kryfo", "Κρυφό", status=None),
        greek("faqs", "ponaei", "Πονά;", body=TEXT, topic="velona", conditions=("plati",)),
        greek("faqs", "poso", "Πόσο;", topic="velona"),
        greek("faqs", "allo", "Άλλο;", topic="kryfo"),
        greek("packets", "prota", "Πρώτα", pages=("topics/velona", "conditions/plati", "faqs/ponaei"), body="Διάβασε."),
    ]

"""Pages → search entries and vocabulary, kept in the transaction that changes the pages."""

from collections import defaultdict

from django.db import transaction

from education.models import PAGE_MODELS, SearchEntry, SearchWord
from education.rendering import Body
from education.search.spelling import LONGEST_WORD, sound
from education.search.words import split_words

COLLECTIONS = ("topics", "conditions", "faqs", "glossary", "packets")
BATCH = 500

_KEPT = [field.name for field in SearchEntry._meta.fields if field.name not in ("id", "collection", "page_id")]


@transaction.atomic
def index_pages(pages):
    """Bring search up to rows that were written or deleted (these have no `pk` any more), of any collection."""
    pages = [page for page in pages if page.collection in COLLECTIONS]
    gone = defaultdict(list)
    for page in pages:
        if page.pk is None:
            gone[page.language, page.collection].append(page.get_absolute_url())
    for (language, collection), urls in gone.items():
        SearchEntry.objects.filter(language=language, collection=collection, url__in=urls).delete()
    there = [page for page in pages if page.pk]
    for start in range(0, len(there), BATCH):
        portion = there[start : start + BATCH]
        entries = [_entry(page) for page in portion]
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["collection", "page_id"], update_fields=_KEPT
        )
        _learn_from(portion, entries)


@transaction.atomic
def rebuild(progress):
    """Make all entries and the vocabulary anew; gives how many pages there are. `progress(items, label)` yields the items."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    count = 0
    for collection in COLLECTIONS:
        rows = PAGE_MODELS[collection].objects.order_by("pk")
        for start in progress(range(0, rows.count(), BATCH), collection):
            pages = list(rows[start : start + BATCH])
            index_pages(pages)
            count += len(pages)
    return count


def on_pages_changed(sender, pages, **kwargs):
    """Receives `publishing.signals.pages_changed`."""
    index_pages(pages)


def _names(page):
    return [*getattr(page, "also_known_as", ()), *getattr(page, "forms", ())]


def _entry(page):
    """The search entry of a page. Its text is what the page's reader sees; where links lead does not matter for that."""
    parts = [getattr(page, "evidence_summary", ""), Body(page.body).words]
    return SearchEntry(
        language=page.language,
        collection=page.collection,
        page_id=page.pk,
        url=page.get_absolute_url(),
        status=page.status,
        publish_on=page.publish_on,
        title=page.title,
        words="\n".join([*_names(page), *page.search_words]),
        summary=page.summary,
        text="\n".join(part for part in parts if part),
    )


def _learn_from(pages, entries):
    """Add the words of pages and their entries to the vocabulary. Only search words may be misspelt on purpose."""
    prose, typed = defaultdict(set), defaultdict(set)
    for page, entry in zip(pages, entries, strict=True):
        for part in (entry.title, entry.summary, entry.text, *_names(page)):
            prose[page.language].update(split_words(part))
        typed[page.language].update(split_words(entry.words))
    for language, right in prose.items():
        words = right | typed[language]
        _learn(language, {word: word in right for word in words if len(word) <= LONGEST_WORD and not word.isdigit()})


def _learn(language, words):
    """Add words to the vocabulary: `{word: whether it stands in prose}`."""
    rows = SearchWord.objects.filter(language=language)
    names = sorted(words)  # in one order, so that two who write do not wait for each other in a circle
    for start in range(0, len(names), BATCH):
        portion = names[start : start + BATCH]
        held = dict(rows.filter(word__in=portion).values_list("word", "in_prose"))
        new = [word for word in portion if word not in held]
        SearchWord.objects.bulk_create(
            [SearchWord(language=language, word=word, sound=sound(word), in_prose=words[word]) for word in new],
            ignore_conflicts=True,
        )
        risen = [word for word, in_prose in held.items() if words[word] and not in_prose]
        rows.filter(word__in=risen).update(in_prose=True)

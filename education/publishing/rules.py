"""What no single text can promise: that pages fit together once they are written."""

from education.documents import ContentError, ContentErrors, Identity
from education.models import Alias, ContentFile, Topic


def check_together(changes):
    """Raise ContentErrors unless the pages fit together once these `Change`s are written.

    Every old address leads to one page, no topic stands below itself, and a question has its topic. Drafts are not
    checked: nothing links to them. A page that has an address keeps it: another's old one leads on once it is gone.
    """
    live = [change for change in changes if not change.draft]
    aliases, errors = _read_aliases(live)
    errors += _check_addresses(live, aliases)
    errors += _check_topics([change.document for change in live], aliases)
    if errors:
        raise ContentErrors(errors)


def stands_below_itself(identity, parent_of):
    """Whether going up from a topic leads back to it. `parent_of` gives the identity above one, or None."""
    seen, at = set(), parent_of(identity)
    while at is not None and at not in seen:
        if at == identity:
            return True
        seen.add(at)
        at = parent_of(at)
    return False


def _error(document, key, message):
    return ContentError(str(document.identity), 1, key, message)


def _read_aliases(changes):
    """The pages that old addresses will lead to, by identity, and an error for each that two pages want."""
    rewritten = {change.page.identity for change in changes if change.page}
    aliases, errors = {}, []
    for language, collection, slug, target in Alias.objects.values_list("language", "collection", "slug", "target"):
        owner = Identity(language, collection, target)
        if str(owner) not in rewritten:
            aliases[owner._replace(slug=slug)] = owner
    for document in (change.document for change in changes):
        for alias in document.get("aliases", ()):
            owner = aliases.setdefault(document.identity._replace(slug=alias), document.identity)
            if owner != document.identity:
                errors.append(_error(document, "aliases", f"expected a name of its own; {alias!r} is an old address of {owner}"))
    return aliases, errors


def _check_addresses(changes, aliases):
    for change in changes:
        document, page = change.document, change.page
        if page and page.slug == document.identity.slug:
            continue
        owner = aliases.get(document.identity, document.identity)
        if owner != document.identity:
            yield _error(document, "slug", f"expected an address of its own; this one leads to {owner}")
        elif page and change.author and _is_files(document.identity):
            yield _error(document, "slug", "expected an address of its own; a deleted page has it, and a content file")


def _is_files(identity):
    return ContentFile.objects.filter(page=str(identity)).exists()


def _check_topics(documents, aliases):
    if not any(document.get("parent") or document.get("topic") for document in documents):
        return
    topics = Topic.objects.values_list("language", "slug", "parent__slug")
    parents = {Identity(language, "topics", slug): parent for language, slug, parent in topics.iterator()}
    parents |= {document.identity: document.get("parent") for document in documents if document.identity.collection == "topics"}

    def named(identity, slug):
        topic = Identity(identity.language, "topics", slug)
        return topic if topic in parents else aliases.get(topic)

    def parent_of(identity):
        parent = parents.get(identity)
        return named(identity, parent) if parent else None

    for document in documents:
        topic = document.get("topic")
        if topic and named(document.identity, topic) not in parents:
            yield _error(document, "topic", f"expected a topic that exists, found {topic!r}")
        if document.get("parent") and stands_below_itself(document.identity, parent_of):
            yield _error(document, "parent", "expected a topic that does not stand below this one")

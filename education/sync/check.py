"""Files → parsed documents that fit together, or every mistake in all of them."""

from django.conf import settings

from education.documents import COLLECTIONS, ContentError, ContentErrors, Identity, parse
from education.models import PAGE_MODELS, Alias, Topic
from education.publishing import find_page, live_document
from education.publishing.rules import stands_below_itself
from education.rendering import Body, LinkedPage, Links, Reference
from education.rendering.links import SITE_PAGES


def parse_all(files, errors, progress=iter):
    """The files that can be read, as `ParsedFile`s; the mistakes of the others are added to `errors`."""
    parsed = []
    for file in progress(files):
        try:
            parsed.append(parse(file.data, file.identity, file.path))
        except ContentErrors as found:
            errors.extend(found.errors)
    return parsed


class CrossCheck:
    """Checks what files say about each other and about pages that exist already.

    `identities` are the pages of all files, read or not: a link to a broken file is no mistake of its own. `parsed` are
    the files that were read, of which those that `is_live` are not checked: what is on the site already breaks nothing new.
    """

    def __init__(self, identities, parsed, is_live=lambda file: False):
        self.parsed = [file for file in parsed if not is_live(file)]
        self.errors = []
        self.names = {language: set() for language, _ in settings.LANGUAGES}
        for language, collection, slug in identities:
            self.names[language].add((collection, slug))
        self.aliases = self._read_aliases()
        self._add_existing()
        self.links = {language: _links(names) for language, names in self.names.items()}
        self.documents = {file.document.identity: file.document for file in parsed}
        topics = Topic.objects.exclude(parent=None).values_list("language", "slug", "parent__slug")
        self.parents = {Identity(language, "topics", slug): parent for language, slug, parent in topics.iterator()}
        self._sections = {}

    def run(self, progress=iter):
        """All mistakes found."""
        for file in progress(self.parsed):
            self._check_references(file)
            self._check_parents(file)
            self._check_body(file)
        return self.errors

    def _error(self, file, key, message, line=None):
        self.errors.append(ContentError(file.path, line or file.lines.get(key, 1), key, message))

    def _read_aliases(self):
        """Old names to the files that claim them; a name that two pages want is an error."""
        claimed = {}
        for file in self.parsed:
            language, collection, slug = file.document.identity
            for index, alias in enumerate(file.document.get("aliases", ())):
                line = file.lines.get(("aliases", index))
                other = claimed.setdefault((language, collection, alias), file)
                if alias == slug or (collection, alias) in self.names[language]:
                    self._error(file, "aliases", f"expected an old name; {alias!r} is the name of a page in this folder", line)
                elif other is not file:
                    self._error(file, "aliases", f"expected a name of its own; {other.path} has {alias!r} too", line)
        return claimed

    def _add_existing(self):
        """Pages of the site are there to refer to, with or without a file; so are their old names."""
        for collection, model in PAGE_MODELS.items():
            for language, slug in model.objects.values_list("language", "slug").iterator():
                self.names.setdefault(language, set()).add((collection, slug))
        for language, collection, slug in Alias.objects.values_list("language", "collection", "slug").iterator():
            self.names.setdefault(language, set()).add((collection, slug))
        for language, collection, slug in self.aliases:
            self.names[language].add((collection, slug))

    def _check_references(self, file):
        document = file.document
        for key, target in COLLECTIONS[document.identity.collection].references.items():
            value = document.get(key, ())
            for index, slug in enumerate([value] if isinstance(value, str) else value):
                if (target, slug) not in self.names[document.identity.language]:
                    line = file.lines.get((key, index))
                    self._error(file, key, f"expected the name of a page in {target}, found {slug!r}", line)
        for key in COLLECTIONS[document.identity.collection].page_names:
            for index, name in enumerate(document.get(key, ())):
                if tuple(name.split("/")) not in self.names[document.identity.language]:
                    self._error(file, key, f"expected a page that exists, found {name!r}", file.lines.get((key, index)))

    def _check_parents(self, file):
        """A topic that stands below itself, directly or over others, would have no place on the site."""
        if file.document.get("parent") and stands_below_itself(file.document.identity, self._parent_of):
            self._error(file, "parent", "expected a topic that does not stand below this one")

    def _parent_of(self, identity):
        document = self.documents.get(identity)
        parent = document.get("parent") if document else self.parents.get(identity)
        return identity._replace(slug=parent) if parent else None

    def _check_body(self, file):
        document = file.document
        language = document.identity.language
        for problem in Body(document.body).problems(self.links[language], lambda page: self._sections_of(language, page)):
            self._error(file, "body", problem.message, file.body_line + problem.line - 1)

    def _sections_of(self, language, reference):
        """The ids of the headings of a page that a text refers to; None where they cannot be known."""
        if reference.collection not in COLLECTIONS:
            return None
        identity = Identity(language, *reference)
        if identity not in self._sections:
            self._sections[identity] = self._read_sections(identity)
        return self._sections[identity]

    def _read_sections(self, identity):
        if identity in self.documents:
            text = self.documents[identity].body
        else:
            page = find_page(identity)
            if page is None:
                return None
            text = live_document(page).body
        return {heading.id for heading in Body(text).outline}


def _links(names):
    pages = {Reference(*name): LinkedPage("/", name[1]) for name in names if name[0] != "sources"}
    pages.update({Reference("page", name): LinkedPage("/", name) for name in SITE_PAGES})
    return Links(pages, frozenset(slug for collection, slug in names if collection == "sources"))

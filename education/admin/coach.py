"""The plain-language coach: what the rules for patient pages say of a page as it stands in the form, saved or not."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from education.checks import ERROR, CheckedPage, Finding, Site, Term, check
from education.checks.words import MOST_GRADE
from education.documents import Document, Identity
from education.documents.canonical import clean_body
from education.documents.fields import Text
from education.models import GlossaryTerm, Topic
from education.models.page import today
from education.prose import find_problems, look_up
from education.publishing import live_document
from education.rendering import Body

LONGEST = 3
NO_ADDRESS_YET = "new-page"

# Rules about words that a glossary could explain: medical words, abbreviations.
_ABOUT_TERMS = (9, 10)
_PICTURES = 19
_LINKS = 28


@dataclass(frozen=True)
class Hint:
    """A finding for staff: `place` names where it is; `link` is Markdown that mends it, `new_term` where to explain it."""

    finding: Finding
    place: str
    link: str = ""
    new_term: str = ""


class Advice:
    """What the coach says of a bound page form, valid or not. `may_explain`: whether its user may add to the glossary."""

    def __init__(self, form, *, may_explain=False):
        self.form = form
        self.may_explain = may_explain
        self.document = typed_document(form)
        self.site = site_around(self.document)
        self.reading = CheckedPage(self.document, self.site).reading
        self.findings = find_all(self.document, self.site)

    @property
    def is_blank(self):
        """Whether nothing was typed yet."""
        return not (self.document.body or self.document.get("title"))

    @property
    def words(self):
        """How many words a patient reads."""
        return self.reading.whole.words

    @property
    def grade(self):
        """The reading grade as people say it, from 1; None without words or for a source, which is not ours to write."""
        is_ours = self.document.identity.collection != "sources"
        return max(1, round(self.reading.grade)) if is_ours and self.words else None

    @property
    def is_easy(self):
        """Whether most patients can read it."""
        return self.reading.grade is not None and self.reading.grade <= MOST_GRADE

    @property
    def longest(self):
        """The longest sentences of the text."""
        return [sentence for sentence in self.reading.longest(LONGEST + 3) if sentence.line][:LONGEST]

    @cached_property
    def to_mend(self):
        """The `Hint`s about what harms a patient or breaks the page."""
        return [self._hint(finding) for finding in self.findings if finding.severity == ERROR]

    @cached_property
    def to_consider(self):
        """The other `Hint`s."""
        return [self._hint(finding) for finding in self.findings if finding.severity != ERROR]

    def _hint(self, finding):
        if finding.key != "body":
            field = self.form.fields.get(finding.key)
            return Hint(finding, str(field.label if field else finding.key).capitalize())
        place = _("Line %(number)s") % {"number": finding.line}
        if finding.rule not in _ABOUT_TERMS or not finding.words:
            return Hint(finding, place)
        known = self.site.find_terms(self.document.identity.language, finding.words)
        if slug := next((slug for slug, *_place in known), ""):
            return Hint(finding, place, link=f"[{finding.words}](term:{slug})")
        return Hint(finding, place, new_term=add_term_url(finding.words) if self.may_explain else "")


def add_term_url(words):
    """The address of a form for a new word of the glossary."""
    return f"{reverse('admin:education_glossaryterm_add')}?{urlencode({'title': words})}"


def typed_document(form):
    """The document as it stands in a bound page form; what a field refuses counts as not there, but for texts."""
    form.is_valid()
    collection = form.collection
    typed = {field.name: form.data.get(field.name, "").strip() for field in collection.fields if isinstance(field, Text)}
    fields = {name: text for name, text in typed.items() if text} | form.typed_values(form.cleaned_data)
    slug = form.cleaned_data.get("slug") or form.instance.slug or NO_ADDRESS_YET
    return Document(Identity(form.instance.language, collection.name, slug), fields, clean_body(form.data.get("body", "")))


def site_around(document):
    """The `Site` as far as the rules need it for one document: not every page is read for each word that is typed."""
    language, collection, slug = document.identity
    terms = GlossaryTerm.objects.in_language(language).values_list("slug", "title", "forms")
    below = Topic.objects.none()
    if collection == "topics":
        below = Topic.objects.in_language(language).filter(parent__slug=slug, status=Topic.Status.PUBLISHED)
    sub_topics = tuple(live_document(topic) for topic in below.select_related("revision"))
    references = set().union(*(Body(page.body).references for page in (document, *sub_topics)))
    titles = {reference: linked.title for reference, linked in look_up(references, language, published=False).items()}
    return Site(
        {language: tuple(Term(slug, (title, *forms)) for slug, title, forms in terms)},
        {document.identity: sub_topics},
        {language: titles},
        today(),
    )


def find_all(document, site):
    """What `check_content` finds, with links, citations and cards that are broken, as `Finding`s."""
    findings = list(check(document, site))
    told = {finding.line for finding in findings if finding.rule == _PICTURES}
    for problem in find_problems(document.body, document.identity.language):
        if problem.line not in told:
            message = problem.message[:1].upper() + problem.message[1:] + "."
            findings.append(Finding(_LINKS, ERROR, "body", problem.line, message))
    return sorted(findings, key=lambda finding: (finding.key == "body", finding.line, finding.rule, finding.message))

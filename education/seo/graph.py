"""A page as schema.org data: one graph, with nothing in it that the page does not show.

Types and properties are those of https://schema.org/docs/health-lifesci.home.html; `tests/seo/schema_org.json` pins them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from education.models import FAQ, Clinic, Condition, Page, Source, Topic
from education.rendering import Rendered
from education.seo.versions import Version

# Pages below a treatment's own whose summaries say what schema.org asks of a MedicalTherapy.
THERAPY_PARTS = {
    "your-dry-needling-visit": "howPerformed",
    "after-your-visit": "followup",
    "is-dry-needling-right-for-you": "contraindication",
}


@dataclass(frozen=True)
class Subject:
    """A page as it is shown: the row it shows (None for a list) and what stands on it.

    `path` is its address on this site, `steps` the (title, address) of the pages above it, `text` its rendered body,
    `treatments` the topics that treat what it is about, `versions` the ways into other languages.
    """

    title: str
    description: str
    path: str
    language: str
    clinic: Clinic | None = None
    page: Page | None = None
    steps: Sequence[tuple[str, str]] = ()
    sources: Sequence[Source] = ()
    text: Rendered | None = None
    treatments: Sequence[Topic] = ()
    versions: Sequence[Version] = ()


def page_graph(subject):
    """The JSON-LD graph of a page, as what `json.dumps` takes."""
    about = _about(subject)
    nodes = [_web_page(subject, about), _breadcrumbs(subject), _clinic(subject.clinic), about]
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def absolute(path):
    """The public address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def _node(kind, **properties):
    """A node without the properties that have no value."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value}


def _reference(path, part):
    return {"@id": f"{absolute(path)}#{part}"}


def _web_page(subject, about):
    page = subject.page
    node = _node(
        "MedicalWebPage",
        url=absolute(subject.path),
        name=subject.title,
        description=subject.description,
        inLanguage=subject.language,
        audience={"@type": "Patient"},
        publisher=subject.clinic and _reference("/", "clinic"),
        breadcrumb=subject.steps and _reference(subject.path, "breadcrumb"),
        citation=[_node("CreativeWork", name=source.title, url=source.address) for source in subject.sources],
        about=about and {"@id": about["@id"]},
    )
    if page and not isinstance(page, Clinic):
        node |= _dates(page)
    if isinstance(page, FAQ):
        node["@type"] = ["MedicalWebPage", "FAQPage"]
        answer = (subject.text and subject.text.text) or subject.description
        node["mainEntity"] = _node("Question", name=subject.title, acceptedAnswer=_node("Answer", text=answer))
    return node


def _dates(page):
    dates = {"datePublished": page.first_published_at, "dateModified": page.updated_at}
    shown = {name: moment.date().isoformat() for name, moment in dates.items() if moment}
    if page.review_state == page.ReviewState.CURRENT:
        shown["lastReviewed"] = page.reviewed_on.isoformat()
        if page.reviewed_by:
            shown["reviewedBy"] = _node("Person", name=page.reviewed_by)
    return shown


def _breadcrumbs(subject):
    if not subject.steps:
        return None
    steps = [*subject.steps, (subject.title, subject.path)]
    items = [
        _node("ListItem", position=position, name=str(title), item=absolute(path))
        for position, (title, path) in enumerate(steps, start=1)
    ]
    return _node("BreadcrumbList", **_reference(subject.path, "breadcrumb"), itemListElement=items)


def _clinic(clinic):
    if not clinic:
        return None
    contact = {"telephone": clinic.phone, "email": clinic.email, "address": "\n".join(clinic.address)}
    kind = "MedicalClinic" if any(contact.values()) else "Organization"
    return _node(kind, **_reference("/", "clinic"), name=clinic.title, url=absolute("/"), **contact)


def _about(subject):
    """The node of what a page is about, where it is a treatment or a condition."""
    if isinstance(subject.page, Topic):
        return _therapy(subject)
    return _condition(subject) if isinstance(subject.page, Condition) else None


def _therapy(subject):
    """The treatment of its own page; on a page below it, what that page adds to it."""
    topic = subject.page
    if _is_therapy(topic):
        return _treatment(topic, description=subject.description)
    part, above = THERAPY_PARTS.get(topic.slug), topic.parent
    if part and above.is_published and _is_therapy(above):
        return _treatment(above, **{part: subject.description})
    return None


def _treatment(topic, **properties):
    return _node("MedicalTherapy", **_reference(topic.get_absolute_url(), "therapy"), name=topic.title, **properties)


def _condition(subject):
    treatments = [_treatment(topic) for topic in subject.treatments if _is_therapy(topic)]
    here, names = _reference(subject.path, "condition"), subject.page.also_known_as
    return _node("MedicalCondition", **here, name=subject.title, alternateName=names, possibleTreatment=treatments)


def _is_therapy(topic):
    """Whether a topic is a treatment's own page: the ones that stand below no other."""
    return topic.parent_id is None

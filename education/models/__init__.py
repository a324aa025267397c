"""The rows: published projections of documents, and their history.

Models know Django and each other only: not Markdown, not addresses' templates, not files. Rows of pages are written by
`education.publishing` alone; what is saved past it has no revision and no export will hold it.
"""

from education.models.clinic import Clinic
from education.models.condition import Condition
from education.models.content_file import ContentFile
from education.models.content_version import ContentVersion
from education.models.faq import FAQ
from education.models.feedback import Feedback
from education.models.glossary import GlossaryTerm
from education.models.packet import Packet
from education.models.page import Alias, Page, PageQuerySet
from education.models.page_health import LinkTarget, PageHealth
from education.models.picture import Picture
from education.models.preview_link import PreviewLink
from education.models.revision import Revision
from education.models.search_entry import SearchEntry, SearchWord
from education.models.source import Source
from education.models.topic import Topic

PAGE_MODELS = {model.collection: model for model in (Topic, Condition, FAQ, GlossaryTerm, Source, Packet, Clinic)}

__all__ = [
    "FAQ",
    "PAGE_MODELS",
    "Alias",
    "Clinic",
    "Condition",
    "ContentFile",
    "ContentVersion",
    "Feedback",
    "GlossaryTerm",
    "LinkTarget",
    "Packet",
    "Page",
    "PageHealth",
    "PageQuerySet",
    "Picture",
    "PreviewLink",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "Source",
    "Topic",
]

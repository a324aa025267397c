"""The living styleguide: every component with its parameters, for those who work on the site."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.views.generic import TemplateView

from education.models import Condition, Topic
from education.rendering import Body, Heading, Links, Term
from education.search import Result
from education.seo import Version

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"

TEXT = """\
::: emergency Call 911 now if:
- you have chest pain
- you find it hard to breathe
:::

::: urgent Call the clinic or a doctor today if:
- the skin is red and warm
:::

::: non-urgent Tell your provider if:
- you bruise easily
:::

::: do
- drink when you are thirsty
:::

::: dont
- Do not exercise hard today
:::

::: important
Do not stop a blood thinner by yourself.
:::

::: info
Most soreness is gone after 2 days.
:::

| Effect | In 100 |
|---|--:|
| Bruise | 8 |
Table: How common it is

![A needle meets a tight spot](/static/img/needle-in-trigger-point.svg "The needle reaches the trigger point.")
"""


def _samples():
    """Sample parameters of each component, by its name; several where it has several looks."""
    text, answer = (Body(TEXT).render(Links(), heading_level=level) for level in (3, 4))
    topic = Topic(pk=1, slug="dry-needling", title="Dry needling", summary="What it is, and how it feels.")
    review = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "A clinician", "review_due": date(2027, 5, 3)}
    reviewed = [Topic(review_state=state, updated_at=timezone.now(), **review) for state in ("current", "changed")]
    condition = Condition(
        slug="headaches",
        title="Headaches",
        summary="Pain in the head.",
        evidence="limited",
        evidence_summary="Small studies differ.",
    )
    source = SimpleNamespace(
        title="A study", address="https://doi.org/10.1000/182", authors="A. Writer", publisher="Journal", year=2020
    )
    portions = Paginator(range(30), 10).page(2)
    parts = {"card", "table", "figure"}
    rendered = {name: [{"html": text.html}] for name in parts}
    return rendered | {
        "breadcrumb": [{"steps": [("Home", "/"), ("Topics", "/topics/")], "current": "Dry needling"}],
        "contents": [{"outline": [Heading(2, f"Section {number}", f"section-{number}") for number in (1, 2, 3)]}],
        "emergency_line": [{}],
        "evidence_badge": [{"condition": condition}],
        "evidence_table": [{"conditions": [condition], "title": "What research shows", "level": 3}],
        "faq": [
            {
                "faq": SimpleNamespace(slug="_sample", title="Does it hurt?", get_absolute_url="#_sample"),
                "text": answer,
                "level": 3,
            }
        ],
        "packet_address": [{"qr": static("img/favicon.svg"), "address": "https://clinic.example/p/2xjp5-ps2s4/"}],
        "packet_part": [{"part": SimpleNamespace(page=condition, text=text, place="_part"), "number": 1}],
        "page_links": [
            {"pages": [topic, condition], "title": "A list", "level": 3},
            {"pages": [topic, condition], "title": "Tiles", "level": 3, "look": "tiles"},
            {"pages": [topic, condition], "title": "Titles alone", "level": 3, "look": "index"},
        ],
        "languages": [{"versions": [Version("es", "Español", "#", is_same=True)]}],
        "pager": [{"previous": topic, "next": topic}],
        "pagination": [{"page_obj": portions}],
        "review_panel": [{"page": page} for page in (topic, *reviewed)],
        "search_form": [{"text": "sore shoulder", "look": "large"}],
        "search_results": [
            {
                "results": [Result("Joint pain", "#_sample", "conditions", format_html("A <mark>{}</mark> joint.", "sore"))],
                "level": 3,
            }
        ],
        "sources": [{"sources": [SimpleNamespace(number=1, source=source, uses=("_sample",))], "level": 3}],
        "take_along": [
            {"path": "/topics/", "names": ["topics/dry-needling"], "make": "Make a packet with this page", "has_pdf": True},
            {"path": "/topics/", "names": [], "make": "Change this packet", "print": "large", "no_pdf": "No PDF can be made."},
        ],
        "term": [
            {"term": SimpleNamespace(slug="_term", title="trigger point", summary="A sore spot."), "text": None, "level": 3}
        ],
        "words": [{"terms": [Term("sample", "trigger point", "A sore spot in a tight band of muscle.")], "level": 3}],
    }


class StyleguideView(TemplateView):
    """Each component's description, and what it looks like. For staff, and where DEBUG is on."""

    template_name = "education/styleguide.html"

    def get_context_data(self, **kwargs):
        if not (settings.DEBUG or self.request.user.is_staff):
            raise Http404
        samples = _samples()
        components = []
        for path in sorted(COMPONENTS.glob("*.html")):
            description = path.read_text().partition("{% comment %}")[2].partition("{% endcomment %}")[0].strip()
            looks = [
                look.get("html") or render_to_string(f"components/{path.stem}.html", look, request=self.request)
                for look in samples.get(path.stem, ())
            ]
            components.append({"name": path.stem, "description": description, "looks": looks})
        return super().get_context_data(components=components, **kwargs)

"""What search engines and other sites read in the head of a page."""

from django import template
from django.utils.translation import get_language

from education import seo

register = template.Library()


@register.simple_tag(takes_context=True)
def versions(context):
    """The ways from the page that is being drawn into the site's other languages, as `seo.Version`s."""
    return seo.versions(context["request"].resolver_match, context.get("page")) if "request" in context else []


@register.inclusion_tag("components/head.html", takes_context=True)
def head(context):
    """The description of the page that is being drawn, for machines; nothing for a page that does not say what it is.

    Reads from the context what views give to templates: `page`, or for a list `title` and `description`; and what stands
    on it: `breadcrumbs`, `prose`, `text`, `topics` and `versions`.
    """
    page = context.get("page")
    title, description = (page.title, page.summary) if page else (context.get("title"), context.get("description"))
    if not title or not description:
        return {}
    prose = context.get("prose")
    path = page.get_absolute_url() if page else _list_path(context)
    subject = seo.Subject(
        title=str(title),
        description=str(description),
        path=path,
        language=get_language(),
        clinic=context.get("clinic") or None,
        page=page,
        steps=context.get("breadcrumbs") or (),
        sources=[cited.source for cited in prose.sources] if prose else (),
        text=context.get("text") or None,
        treatments=context.get("topics", ()),
        # The later portions of lists differ from language to language.
        versions=() if "?" in path else context.get("versions", ()),
    )
    return {"head": seo.describe(subject)}


def _list_path(context):
    portion = context.get("page_obj")
    return context["request"].path + (f"?page={portion.number}" if portion and portion.number > 1 else "")

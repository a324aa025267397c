"""Tags of the admin's first page."""

from django import template

from education.admin import dashboard

register = template.Library()


@register.simple_tag(takes_context=True)
def what_waits(context):
    """The sections of what the user has to do."""
    return dashboard.sections(context["user"])

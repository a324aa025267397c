"""Short ways to say what tests of publishing do."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from education.documents import Document
from education.models import Revision
from education.publishing import live_document


def revisions(page):
    """The revisions of a page, oldest first."""
    return list(Revision.objects.filter(page=page.identity).order_by("id"))


def new_text(page, **changes):
    """A page's live text with some parts changed."""
    document = live_document(page)
    body = changes.pop("body", document.body)
    return Document(document.identity, document.changed(**changes).fields, body)


def user_who_may(*permissions, name="limited"):
    """A member of staff with some permissions, by their codenames."""
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def member_of(group):
    """A member of staff in one of the groups that the site brings."""
    user = get_user_model().objects.create_user(group.lower().replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user

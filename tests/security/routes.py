"""Every address that the site answers, found in its resolver, and an example of each in a small world of pages."""

import re
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import URLPattern, get_resolver

from education import models
from education.handouts.codes import write_codes
from education.models import PAGE_MODELS, Alias, Feedback, Picture, PreviewLink, Revision
from education.publishing import publish, share_preview, staff_document
from tests.corpus.pictures import make_picture
from tests.factories import make_page

PAGE_NAMES = {model._meta.model_name for model in PAGE_MODELS.values()}
ROLES = ("anonymous", "user", "inactive", "staff", "Editor", "Publisher", "Clinical reviewer", "superuser")
PASSWORD = "a password for tests"

# Addresses that share a row of the table, by the word that stands for them there.
SHARED = {
    **dict.fromkeys(PAGE_NAMES, "{page}"),
    **dict.fromkeys(("revision", "contentfile", "alias", "feedback"), "{kept}"),
    **dict.fromkeys(("user", "group"), "{account}"),
}
# What everyone may read, the row {public}. Whoever adds to it makes an address public.
PUBLIC = {
    *("", "topics/", "topics/<slug:slug>/", "conditions/", "conditions/<slug:slug>/", "faqs/", "faqs/<slug:slug>/", "glossary/"),
    *("search/", "packets/", "packets/<slug:slug>/", "packets/<slug:slug>/qr.svg"),
    *("p/", "p/<slug:codes>/", "p/<slug:codes>/qr.svg", "preview/<str:token>/", "paper.css", "media/<path:path>"),
    *("feedback/<str:collection>/<slug:slug>/thanks/", "feed.xml", "sitemap.xml", "robots.txt", "healthz", "readyz"),
}
_MODEL = re.compile(r"^admin/(?:education|auth)/(\w+)/")
# The slug in an address of each of these.
_SLUGS = {"conditions/": "headaches", "faqs/": "does-it-hurt", "packets/": "first-visit"}


@dataclass(frozen=True)
class Route:
    """An address as in urls.py, and its name there, None where it has none."""

    pattern: str
    name: str | None

    @property
    def model(self):
        """The model that an address of the admin is about, None for others."""
        found = _MODEL.match(self.pattern)
        return found and found[1]

    @property
    def rows(self):
        """Where the table may tell of it: at its own row, else at one that it shares."""
        if self.pattern in PUBLIC:
            return ["{public}"]
        if not self.model:
            return [self.pattern]
        return [self.pattern, self.pattern.replace(f"/{self.model}/", f"/{SHARED.get(self.model)}/", 1)]


def routes():
    """Every route of the site."""
    return list(_routes(get_resolver().url_patterns, "", ""))


def _routes(patterns, before, space):
    for one in patterns:
        # Django's two regular expressions, one of which names all applications.
        path = before + re.sub(r"^\^?\(\?P<(\w+)>[^)]*\)(/?)\$$", r"<\1>\2", str(one.pattern))
        if isinstance(one, URLPattern):
            yield Route(path, one.name and space + one.name)
        else:
            yield from _routes(one.url_patterns, path, f"{space}{one.namespace}:" if one.namespace else space)


class World:
    """One of everything that has an address, and someone in every role."""

    def __init__(self):
        self.users = {"anonymous": None} | {name: _user(name) for name in ROLES[1:]}
        boss = self.users["superuser"]
        self.pages = {}
        for collection, slug in [
            ("clinic", "clinic"),
            ("topics", "dry-needling"),
            ("conditions", "headaches"),
            ("faqs", "does-it-hurt"),
            ("glossary", "trigger-point"),
            ("sources", "study"),
            ("packets", "first-visit"),
        ]:
            page = make_page(collection, slug)
            page = publish(page=page, by=boss, document=staff_document(page).changed(summary="Another."))
            self.pages[page._meta.model_name] = page
        tokens = {name: share_preview(page.revision, boss) for name, page in self.pages.items()}
        topic = self.pages["topic"]
        alias = Alias.objects.create(collection="topics", slug="needling", target=topic.identity)
        file = models.ContentFile.objects.create(page=topic.identity, text="", slug=topic.slug)
        picture = Picture.objects.create(name="pictures/a.png", width=8, height=8, alt="A needle")
        default_storage.save(picture.name, ContentFile(make_picture()))
        self.rows = {
            **{name: page.pk for name, page in self.pages.items()},
            "revision": topic.revision_id,
            "contentfile": file.pk,
            "alias": alias.pk,
            "feedback": Feedback.objects.create(page=topic.identity, helpful=True).pk,
            "picture": picture.pk,
            "user": self.users["user"].pk,
            "group": Group.objects.first().pk,
        }
        self.values = {
            "id": self.users["user"].pk,
            "content_type_id": 1,
            "app_label": "education",
            "url": "nowhere",
            "token": tokens["topic"],
            "collection": "topics",
            "digest": "0" * 16,
            "answer": "yes",
            "codes": write_codes(["topics/dry-needling"], "en"),
            "path": picture.name,
        }
        self._addresses = {}

    def address(self, route):
        """An address of a route at which something is."""
        if route not in self._addresses:
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(self._value(route, part[1])), route.pattern)
            self._addresses[route] = f"/{path}"
        return self._addresses[route]

    def _value(self, route, name):
        if name == "object_id":
            return self.rows.get(route.model, 1)
        if name in ("revision_id", "old_id", "new_id"):
            versions = Revision.objects.filter(page=self.pages[route.model].identity).order_by("pk")
            return (versions.last() if name == "new_id" else versions.first()).pk
        if name == "link_id":
            return PreviewLink.objects.get(revision=self.pages[route.model].revision).pk
        if name == "slug":
            return next((slug for start, slug in _SLUGS.items() if route.pattern.startswith(start)), "dry-needling")
        return self.values[name]


def _user(role):
    """Staff who left may have done everything."""
    values = {"is_staff": role != "user", "is_active": role != "inactive", "is_superuser": role in ("superuser", "inactive")}
    user = get_user_model().objects.create_user(role.lower().replace(" ", "-"), password=PASSWORD, **values)
    user.groups.set(Group.objects.filter(name=role))
    return user

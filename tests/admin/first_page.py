"""The admin's first page, as a browser finds it."""

from bs4 import BeautifulSoup
from django.urls import reverse

from education import publishing
from education.models import ContentFile
from education.models.page import today
from tests.factories import make_page


class Section:
    """A section as it stands on the page."""

    def __init__(self, element):
        links = element.find_all("a", class_="todo__page")
        self.titles = [link.get_text() for link in links]
        self.addresses = [link["href"] for link in links]
        self.notes = [note.get_text() for note in element.find_all(class_="todo__note")]
        self.count = element.find(class_="todo__count").get_text()
        found = element.find(class_="todo__all")
        self.lists = [link["href"] for link in found.find_all("a")] if found else []


def look(client):
    """The sections on the first page, by their keys."""
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").find_all("section", class_="todo__task")
    return {element["aria-labelledby"].removeprefix("todo-"): Section(element) for element in found}


def url(page, screen="change"):
    return reverse(f"admin:education_{page._meta.model_name}_{screen}", args=[page.pk])


def reviewed(page, staff, **changes):
    return publishing.mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=today(), **changes)


def make_calm(staff, *arguments, **values):
    """A page about which there is nothing to do."""
    page = reviewed(make_page(*arguments, **values), staff)
    text = page.revision.text
    ContentFile.objects.create(page=page.identity, slug=page.slug, text=text, text_digest=page.revision.digest)
    return page

"""Many readers who ask for one page at once, as they do after it was published."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test.signals import template_rendered

from tests.factories import make_page

READERS = 4


@pytest.fixture
def rendered():
    """The names of the templates that are rendered."""
    names = []

    def note(sender, template, **kwargs):
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.mark.django_db(transaction=True)
def test_are_all_given_what_was_made_for_the_first(client, rendered):
    make_page(body="A sentence. " * 500)
    client.get("/healthz")  # the middleware is there
    start = Barrier(READERS)

    def ask(_number):
        start.wait()
        try:
            return client.get("/topics/dry-needling/").content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(READERS) as readers:
        answers = set(readers.map(ask, range(READERS)))
    assert len(answers) == 1
    assert rendered.count("education/topic_detail.html") == 1

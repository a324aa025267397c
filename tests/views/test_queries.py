"""A page takes the same few queries however many pages it shows."""

import pytest

from education.models import Revision
from education.publishing import Change, record
from tests.factories import make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_minute")]

ADDRESSES = [
    "/",
    "/topics/",
    "/topics/topic-0/",
    "/topics/topic-1/",
    "/conditions/",
    "/conditions/condition-0/",
    "/faqs/",
    "/faqs/question-0/",
    "/glossary/",
    "/sitemap.xml",
]


def make_site(start, stop):
    """Pages that all link to each other: a hub, its sub-topics, conditions, questions, terms, sources."""
    text = "[a](topic:topic-0) [b](condition:condition-0) [c](faq:question-0) [d](term:term-0) [@study-{0}]"
    documents = []
    for number in range(start, stop):
        parent = "topic-0" if number else None
        conditions = tuple({"condition-0", f"condition-{number}"})
        body = text.format(number)
        documents += [
            make_document("sources", f"study-{number}"),
            make_document("conditions", f"condition-{number}", body=body),
            make_document("topics", f"topic-{number}", parent=parent, conditions=conditions, body=body),
            make_document("faqs", f"question-{number}", topic="topic-0", conditions=("condition-0",), body=body),
            make_document("glossary", f"term-{number}", body=body),
        ]
    record([Change(document, origin=Revision.Origin.FILE) for document in documents])


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow_with_pages(client, django_assert_max_num_queries, address):
    make_site(0, 3)
    with django_assert_max_num_queries(25) as few:
        assert client.get(address).status_code == 200
    count = len(few.captured_queries)
    make_site(3, 23)
    with django_assert_max_num_queries(count):
        assert client.get(address).status_code == 200

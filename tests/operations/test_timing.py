"""`Server-Timing` is for who works on the site, not for strangers."""

import re

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

from education.models import Topic
from operations.timing import ServerTimingMiddleware


def answer(request):
    Topic.objects.count()
    return HttpResponse()


@pytest.mark.django_db
def test_says_what_the_database_took(rf, settings):
    settings.DEBUG = True
    header = ServerTimingMiddleware(answer)(rf.get("/")).headers["Server-Timing"]
    assert re.fullmatch(r'total;dur=[\d.]+, db;dur=[\d.]+;desc="1 queries"', header)


def test_says_nothing_without_debug(settings):
    with pytest.raises(MiddlewareNotUsed):
        ServerTimingMiddleware(answer)

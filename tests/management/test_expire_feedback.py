"""Feedback goes away by itself."""

import pytest
from django.core.management import call_command

from education.models import Feedback
from tests.admin.test_feedback import make_feedback

pytestmark = pytest.mark.django_db


def test_deletes_after_90_days_and_not_before(capsys):
    make_feedback(comment="day 90", days_ago=90)
    make_feedback(comment="day 400", days_ago=400)
    make_feedback(comment="day 89", days_ago=89)
    call_command("expire_feedback")
    assert [row.comment for row in Feedback.objects.all()] == ["day 89"]
    assert capsys.readouterr().out == "2 deleted\n"
    call_command("expire_feedback", verbosity=0)
    assert capsys.readouterr().out == ""


def test_what_is_kept_and_what_expires_is_all_there_is():
    for days in range(85, 95):
        make_feedback(days_ago=days)
    assert Feedback.objects.kept().count() + Feedback.objects.expired().count() == 10

"""The version changes with every change of what the public sees, in the same transaction, and makes nobody wait."""

import threading

import pytest
from django.db import connection, transaction

from education.caching.version import change_version, read_version
from education.models import ContentVersion
from education.publishing import save_draft
from tests.factories import make_page
from tests.publishing.words import new_text


@pytest.mark.django_db
class TestTheVersion:
    def test_is_there_from_the_start(self):
        assert read_version(connection)

    def test_is_another_one_after_each_change(self):
        versions = []
        for number in range(20):
            make_page("topics", f"topic-{number}")
            versions.append(read_version(connection))
        assert len(set(versions)) == 20
        assert ContentVersion.objects.count() == 1

    def test_is_as_before_when_the_change_is_undone(self):
        before = read_version(connection)
        with transaction.atomic():
            make_page()
            assert read_version(connection) != before
            transaction.set_rollback(True)
        assert read_version(connection) == before

    def test_stays_where_the_public_sees_nothing_of_a_change(self, staff):
        page = make_page()
        before = read_version(connection)
        save_draft(page=page, by=staff, document=new_text(page, body="Not yet."))
        assert read_version(connection) == before

    def test_is_none_where_nobody_ever_wrote_one(self):
        """Then nothing is kept; the first change writes one."""
        ContentVersion.objects.all().delete()
        assert read_version(connection) == ""
        change_version()
        assert read_version(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_two_who_publish_at_once_do_not_wait_for_each_other():
    """Each holds pages that the other may want next: waiting for one row of all would be a deadlock."""
    change_version()
    versions = [read_version(connection)]

    def publish():
        try:
            change_version()
        finally:
            connection.close()

    with transaction.atomic():
        change_version()
        other = threading.Thread(target=publish)
        other.start()
        other.join(20)
        assert not other.is_alive()
        versions.append(read_version(connection))
    versions.append(read_version(connection))
    assert len(set(versions)) == 2
    assert ContentVersion.objects.count() == 2
    publish()
    assert ContentVersion.objects.count() == 2
    assert read_version(connection) not in versions

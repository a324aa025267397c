"""The content in this repository keeps the rules for patient pages."""

from datetime import date

import pytest
from django.conf import settings

from education.checks import ERROR, CheckedPage, Site, check
from education.sync.check import parse_all
from education.sync.read import read_folder

MOST_GRADE = 8
MOST_LONG = 0.05


@pytest.fixture(scope="module")
def files():
    return parse_all(read_folder(settings.CONTENT_DIR, []), [])


@pytest.fixture(scope="module")
def site(files):
    return Site.of([file.document for file in files], today=date(2026, 10, 1))


def test_has_no_errors(files, site):
    """Safety and structure; warnings are advice, which check_content prints."""
    found = [(file.path, finding) for file in files for finding in check(file.document, site)]
    assert [f"{path}: {finding}" for path, finding in found if finding.severity == ERROR] == []


def test_every_page_reads_at_grade_8_or_lower(files, site):
    """The whole text, and its running text alone; fewer than 5 in 100 sentences have more than 20 words."""
    pages = [file for file in files if file.document.identity.collection != "sources"]
    readings = {file.path: CheckedPage(file.document, site).reading for file in pages}
    assert {path: reading.grade for path, reading in readings.items() if reading.grade > MOST_GRADE} == {}
    assert {path for path, reading in readings.items() if reading.share_longer_than(20) >= MOST_LONG} == set()

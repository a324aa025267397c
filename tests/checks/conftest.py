"""What tests of the rules ask for."""

import pytest

from education.checks import check


@pytest.fixture
def found():
    """A function: the findings of one rule on a document, as `(line, message)`, or `(key, message)` outside the body."""

    def find(rule, document, site=None):
        findings = [finding for finding in check(document, site) if finding.rule == rule]
        return [(finding.line if finding.key == "body" else finding.key, finding.message) for finding in findings]

    return find

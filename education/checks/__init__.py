"""What makes a page good for patients, as far as a program can see it. Nothing here writes, asks a database or blocks.

`check(document, site)` gives the `Finding`s of one page; `RULES` lists what is asked, by the numbers of the project's rules
for patient pages. The command `check_content` and the editor in the admin show the same findings.
"""

from education.checks.finding import ERROR, WARNING, Finding, Site, Term
from education.checks.page import CheckedPage
from education.checks.registry import RULES, Rule, check

__all__ = ["ERROR", "RULES", "WARNING", "CheckedPage", "Finding", "Rule", "Site", "Term", "check"]

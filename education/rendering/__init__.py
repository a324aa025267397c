"""Markdown → the HTML that patients see. The page, the staff preview, search text and packets all come from here.

Knows no database: a `Body` says which pages and sources its text refers to, and gets them passed in as `Links`.
"""

from education.rendering.body import Body, Heading, Problem, Rendered
from education.rendering.links import Citations, LinkedPage, Links, Reference, SizedPicture
from education.rendering.plain import plain_text
from education.rendering.terms import Term, Terms

__all__ = [
    "Body",
    "Citations",
    "Heading",
    "LinkedPage",
    "Links",
    "Problem",
    "Reference",
    "Rendered",
    "SizedPicture",
    "Term",
    "Terms",
    "plain_text",
]

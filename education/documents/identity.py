"""The name of a page, everywhere: `en/topics/dry-needling`."""

import re
from typing import NamedTuple

SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SLUG_MAX = 80
SLUG_RULE = f"small letters a-z, digits and single hyphens, at most {SLUG_MAX} characters"


def is_slug(text):
    """Whether `text` may be the last part of a page's address."""
    return len(text) <= SLUG_MAX and re.fullmatch(SLUG_PATTERN, text) is not None


class Identity(NamedTuple):
    """Names a page: its language (`en`), its collection (`topics`) and its slug (`dry-needling`)."""

    language: str
    collection: str
    slug: str

    def __str__(self):
        return "/".join(self)

    @classmethod
    def from_string(cls, text):
        """The identity that `str(identity)` wrote. Raises ValueError on anything else."""
        language, collection, slug = text.split("/")
        return cls(language, collection, slug)

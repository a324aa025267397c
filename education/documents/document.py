"""A page as its canonical text knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from education.documents.identity import Identity

Value = str | int | date | tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A page's front matter and Markdown body, typed by its collection's schema.

    `fields` holds only what is set: an empty text, an empty list and a default value are left out, so that two
    documents that mean the same are equal. The body ends without a line break.
    """

    identity: Identity
    fields: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""

    def get(self, key, default=None):
        """The value of one front matter key, or `default` where it is not set."""
        return self.fields.get(key, default)

    def parts(self):
        """Everything that can differ between two versions of a page, by name: slug, front matter keys, body."""
        return {"slug": self.identity.slug, **self.fields, "body": self.body}

    @classmethod
    def from_parts(cls, identity, parts):
        """The document with these `parts()`; language and collection come from `identity`."""
        fields = {key: value for key, value in parts.items() if key not in ("slug", "body")}
        return cls(identity._replace(slug=parts["slug"]), fields, parts.get("body", ""))

    def changed(self, **values):
        """A copy with some front matter keys set; `None` removes a key."""
        fields = {key: value for key, value in {**self.fields, **values}.items() if value not in (None, "", ())}
        return replace(self, fields=fields)

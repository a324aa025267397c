"""Errors that say where they are and what was expected."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ContentError:
    """One mistake in one file: `path:line: key: what was expected`.

    `line` counts from 1; `key` is a front matter key, `body`, or `file` for the file as a whole.
    """

    path: str
    line: int
    key: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.key}: {self.message}"


class ContentErrors(Exception):  # noqa: N818 - it holds many
    """All mistakes that were found, in the order of files and lines."""

    def __init__(self, errors):
        self.errors = sorted(errors)
        super().__init__("\n".join(map(str, self.errors)))

"""The YAML at the top of a file, as far as pages need it: keys with one value or a list of values, all of them text.

Only libyaml's events are read: nothing is ever constructed, typed or expanded, so that `NO` stays `NO`, an alias bomb is
refused at its first anchor, and nesting is refused at the first level that is one too many.
"""

import re
from dataclasses import dataclass

import yaml

from education.documents.text import shown


@dataclass(frozen=True)
class Entry:
    """One key's raw value, with the line of the key and of each entry of its list (from 1, within the front matter)."""

    value: str | list[str]
    line: int
    item_lines: tuple[int, ...] = ()


# For what never ends, libyaml's context is where it starts, and its problem where the text ends.
_NOT_ENDED = ("while scanning a quoted scalar", "while scanning a simple key")


class FrontMatterError(ValueError):
    """What was expected, the line within the front matter (from 1), and the key that was being read."""

    def __init__(self, message, line, key="front matter"):
        super().__init__(message)
        self.line = line
        self.key = key


def read_front_matter(text):
    """The entries of a front matter by key, the errors in it, and whether it was read to its end: `(dict, list, bool)`.

    Several entries of one key, nested values, aliases, anchors and tags are errors; so is what is not YAML. All but the
    first of these end the reading.
    """
    reader = _Reader(yaml.parse(text, Loader=yaml.CBaseLoader))
    try:
        reader.read()
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.context in _NOT_ENDED else error.problem_mark
        problem = f"{error.problem or 'it cannot be read'}; put text with ': ', ' #' or signs in double quotes"
        reader.error(f"expected 'key: value' lines that YAML can read: {problem}", mark.line + 1 if mark else 1)
    except yaml.reader.ReaderError as error:
        reader.error(f"expected plain text: {error.reason}", 1)
    except FrontMatterError as error:
        reader.errors.append(error)
    else:
        return reader.entries, reader.errors, True
    return reader.entries, reader.errors, False


class _Reader:
    def __init__(self, events):
        self.events = events
        self.entries = {}
        self.errors = []
        self.key = "front matter"

    def error(self, message, line):
        self.errors.append(FrontMatterError(message, line, self.key))

    def refuse(self, message, line):
        """What nothing behind it can be read after."""
        raise FrontMatterError(message, line, self.key)

    def next(self):
        event = next(self.events)
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse("expected a plain value, found a YAML anchor or alias (& or *)", line)
        if getattr(event, "tag", None):
            self.refuse("expected a plain value, found a YAML tag (!)", line)
        return event, line

    def read(self):
        for _ in range(2):  # the start of the stream, the start of its document
            event, line = self.next()
            if isinstance(event, yaml.StreamEndEvent):
                return
        event, line = self.next()
        if isinstance(event, yaml.ScalarEvent) and not event.value:
            return
        if not isinstance(event, yaml.MappingStartEvent):
            self.refuse("expected 'key: value' lines", line)
        while True:
            self.key = "front matter"
            event, line = self.next()
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("expected a key before ':'", line)
            self.read_entry(event.value, line)
        self.key = "front matter"
        self.next()
        event, line = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self.refuse("expected one front matter, found a second YAML document", line)

    def read_entry(self, key, key_line):
        self.key = shown_key(key)
        event, line = self.next()
        if isinstance(event, yaml.ScalarEvent):
            entry = Entry(event.value, key_line)
        elif isinstance(event, yaml.SequenceStartEvent):
            entry = self.read_list(key_line)
        else:
            self.refuse("expected a value or a list, found nested keys", line)
        if key in self.entries:
            self.error(f"expected each key once; it already stands on line {self.entries[key].line + 1}", key_line)
        else:
            self.entries[key] = entry

    def read_list(self, key_line):
        values, lines = [], []
        while True:
            event, line = self.next()
            if isinstance(event, yaml.SequenceEndEvent):
                return Entry(values, key_line, tuple(lines))
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("expected a list of plain values, found a list or keys inside it", line)
            values.append(event.value)
            lines.append(line)


def shown_key(key):
    """A key as messages name it: a word as it stands, anything else quoted, so that it cannot pass for other text."""
    return key if re.fullmatch(r"\w{1,40}", key) else shown(key)

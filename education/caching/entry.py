"""A rendered page, ready to be sent."""

import gzip
import json
import struct
import zlib
from dataclasses import dataclass

import brotli

_HEAD = struct.Struct("!II")

# A page is packed while a patient waits: the best that takes a millisecond.
_BROTLI, _BROTLI_WINDOW, _GZIP = 5, 18, 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A page under its key: the headers that it has in every encoding, and its body by encoding, "" as it is."""

    key: str
    headers: dict[str, str]
    bodies: dict[str, bytes]

    @classmethod
    def of(cls, key, headers, body):
        """The entry of a body; one that does not shrink (a picture) is kept as it is only."""
        packed = {"br": brotli.compress(body, quality=_BROTLI, lgwin=_BROTLI_WINDOW), "gzip": gzip.compress(body, _GZIP, mtime=0)}
        smaller = {name: data for name, data in packed.items() if len(data) < 0.9 * len(body)}
        return cls(key, headers, {"": body} | (smaller if len(smaller) == len(packed) else {}))

    @property
    def size(self):
        """About how many bytes of memory it takes."""
        return 1000 + sum(map(len, self.bodies.values()))

    def to_bytes(self):
        """What a cache outside this process keeps: headers and packed bodies."""
        head = json.dumps([self.key, self.headers]).encode()
        first, second = (self.bodies.get("br", b""), self.bodies["gzip"]) if "br" in self.bodies else (b"", self.bodies[""])
        return _HEAD.pack(len(head), len(first)) + head + first + second

    @classmethod
    def from_bytes(cls, data):
        """The entry that `to_bytes` wrote; raises ValueError (or one of its kind) for anything that is none."""
        try:
            of_head, of_first = _HEAD.unpack_from(data)
            at, end = _HEAD.size + of_head, _HEAD.size + of_head + of_first
            key, headers = json.loads(data[_HEAD.size : at])
            first, second = data[at:end], data[end:]
            bodies = {"": gzip.decompress(second), "br": first, "gzip": second} if first else {"": second}
        except (struct.error, zlib.error, OSError, EOFError, TypeError) as error:
            raise ValueError("not a page") from error
        return cls(key, headers, bodies)

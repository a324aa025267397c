"""What a client can unpack (RFC 9110, 12.5.3)."""

from functools import lru_cache

# Best first: where a client likes several alike.
ENCODINGS = ("br", "gzip")


@lru_cache(maxsize=256)
def accepted_encoding(header, offered=ENCODINGS):
    """One of the encodings `offered`, or "" for the text as it is: what an Accept-Encoding header likes best.

    Any text is a header; what is the best first in `offered` wins where several are liked alike.
    """
    liked = _weights(header[:1000].lower())
    rest = liked.get("*", 0.0)
    plain = liked.get("identity", 0.0)
    best = max(offered, key=lambda name: liked.get(name, rest))
    return best if liked.get(best, rest) > 0 and liked.get(best, rest) >= plain else ""


def _weights(header):
    weights = {}
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                weight = _number(parameter[2:])
        weights["gzip" if name == "x-gzip" else name] = weight
    return weights


def _number(text):
    """A weight from 0 to 1; one that cannot be read forbids."""
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0

"""Short codes for pages, of which the address of a packet is made: `/p/7k3fq-x2ab9/`.

A code is the beginning of a hash of the page's identity, so that it is the same on every copy of this site, says nothing but
which page it is, and needs no table. It is written in Crockford's base 32 (https://www.crockford.com/base32.html), which has
no letters that look alike: people type it from paper.
"""

import hashlib

from education.documents.registry import READING
from education.models import PAGE_MODELS, Alias

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 5
SEPARATOR = "-"

# What a hand writes or an eye reads in place of a digit.
_LOOK_ALIKES = str.maketrans("oil", "011")


def write_codes(names, language):
    """The packet's part of an address: the codes of pages (`topics/dry-needling`), in that order. Unknown names are left out."""
    codes = {name: code for code, name in _names_by_code(language).items()}
    return SEPARATOR.join(codes[name] for name in names if name in codes)


def read_codes(text, language):
    """The names of the pages whose codes `text` holds, in that order, None for a code of no page."""
    names = _names_by_code(language)
    return [names.get(code) for code in text.lower().translate(_LOOK_ALIKES).split(SEPARATOR) if code]


def _names_by_code(language):
    return assign(_names(language), language)


def assign(names, language):
    """A code for each page's name, as `{code: name}`.

    Where two pages would share one, the second's is longer: a name keeps its code as long as no earlier one goes.
    """
    names_by_code = {}
    for name in names:
        digits = _digits(f"{language}/{name}")
        length = LENGTH
        while digits[:length] in names_by_code:
            length += 1
        names_by_code[digits[:length]] = name
    return names_by_code


def _digits(identity):
    number = int.from_bytes(hashlib.sha256(identity.encode()).digest())
    return "".join(ALPHABET[number >> shift & 31] for shift in range(251, 0, -5))


def _names(language):
    """The name of every page that a packet may hold, oldest first, then old names, which still lead to their pages."""
    rows = [
        (published is None, published, f"{collection}/{slug}")
        for collection in READING
        for slug, published in PAGE_MODELS[collection].objects.in_language(language).values_list("slug", "first_published_at")
    ]
    old = Alias.objects.filter(language=language, collection__in=READING).order_by("pk").values_list("collection", "slug")
    return [name for *_, name in sorted(rows)] + ["/".join(names) for names in old]

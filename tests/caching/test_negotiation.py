"""What is sent is what the client can unpack, and of that the smallest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.caching import accepted_encoding
from education.caching.negotiation import ENCODINGS

WEIGHTS = st.sampled_from(["", ";q=1", ";q=0", "; q=0.5", ";q=0.001", ";Q=0", ";q=1.000", ";q=2", ";q=no", ";level=9"])
NAMES = st.sampled_from(["br", "gzip", "BR", "GZip", "x-gzip", "*", "identity", "deflate", "zstd", ""])
HEADERS = st.lists(st.tuples(NAMES, WEIGHTS).map("".join)).map(", ".join)


class TestAcceptEncoding:
    @pytest.mark.parametrize(
        ("header", "encoding"),
        [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("br;q=0.5, gzip;q=0.9", "gzip"),
            ("br;q=0, gzip;q=0", ""),
            ("br;q=0, *", "gzip"),
            ("*", "br"),
            ("*;q=0", ""),
            ("identity, br;q=0.5", ""),
            ("identity;q=0, gzip;q=0.1", "gzip"),
            ("deflate", ""),
            ("", ""),
            ("BR", "br"),
            ("x-gzip", "gzip"),
            ("gzipped, brx", ""),
        ],
    )
    def test_is_understood(self, header, encoding):
        assert accepted_encoding(header) == encoding

    @given(HEADERS | st.text())
    def test_never_gives_what_was_not_asked_for(self, header):
        chosen = accepted_encoding(header)
        assert chosen in ("", *ENCODINGS)
        names = {part.partition(";")[0].strip().lower() for part in header.split(",")}
        assert not chosen or names & {chosen, "*", f"x-{chosen}"}

    @given(HEADERS, st.sampled_from(ENCODINGS))
    def test_never_gives_what_is_refused(self, header, refused):
        assert accepted_encoding(f"{header}, {refused};q=0") != refused

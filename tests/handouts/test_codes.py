"""The short codes that packets' addresses are made of."""

import pytest

from education.handouts import read_codes, write_codes
from education.handouts.codes import ALPHABET, LENGTH, assign
from tests.factories import make_page

NAMES = ["topics/dry-needling", "conditions/headaches", "faqs/does-it-hurt"]


@pytest.fixture
def pages(db):
    return [make_page(*name.split("/")) for name in NAMES]


class TestCodes:
    @pytest.mark.usefixtures("pages")
    def test_lead_to_their_pages_in_order(self):
        for names in (NAMES, NAMES[::-1]):
            assert read_codes(write_codes(names, "en"), "en") == names

    @pytest.mark.usefixtures("pages")
    def test_are_the_same_on_every_site_for_good(self):
        """An address on paper must go on leading where it led: this one may never change."""
        assert write_codes(NAMES, "en") == "2xjp5-ps2s4-08s40"

    @pytest.mark.usefixtures("pages")
    @pytest.mark.parametrize("text", ["2XJP5-PS2S4", "2xjp5--ps2s4-", "-2xjp5-ps2s4"])
    def test_can_be_typed_carelessly(self, text):
        assert read_codes(text, "en") == NAMES[:2]

    def test_have_no_letters_that_look_alike(self, db):
        assert not set("ilou") & set(ALPHABET)
        name = next(f"topics/page-{number}" for number in range(1000) if {"0", "1"} <= set(code_of(f"topics/page-{number}")))
        make_page(*name.split("/"))
        for typed in (
            code_of(name).replace("0", "o").replace("1", "l"),
            code_of(name).upper().replace("0", "O").replace("1", "I"),
        ):
            assert read_codes(typed, "en") == [name]

    @pytest.mark.usefixtures("pages")
    def test_of_no_page_lead_nowhere(self):
        assert read_codes("2xjp5-zzzzz-2xjp", "en") == [NAMES[0], None, None]
        assert write_codes(["topics/no-such-page"], "en") == ""

    def test_of_an_old_name_lead_to_it(self, db):
        """A page that was renamed is still found by a packet that was printed before."""
        make_page("topics", "new-name", aliases=("dry-needling",))
        assert read_codes("2xjp5", "en") == ["topics/dry-needling"]

    def test_of_a_page_that_is_hidden_for_a_while_are_kept(self, db):
        make_page("topics", "dry-needling", status=None)
        assert write_codes(NAMES, "en") == "2xjp5"


class TestPagesThatWouldShareACode:
    def test_have_different_ones_and_the_older_keeps_its_own(self):
        names = [f"topics/page-{number}" for number in range(20_000)]
        codes = {name: code for code, name in assign(names, "en").items()}
        assert len(codes) == len(names)
        longer = [name for name in names if len(codes[name]) > LENGTH]
        assert longer, "the sample holds no two that share the beginning of a hash"
        for name in longer:
            first = next(other for other in names if codes[other] == codes[name][:LENGTH])
            assert names.index(first) < names.index(name)


def code_of(name):
    return next(iter(assign([name], "en")))

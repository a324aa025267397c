"""What translators get is all that there is to translate."""

from tests.languages.catalogue import words_of_catalogue, words_of_sources


def test_the_catalogue_holds_the_words_of_the_sources_and_no_others():
    catalogue, sources = set(words_of_catalogue()), words_of_sources()
    assert len(sources) > 150
    assert (sources - catalogue, catalogue - sources) == (set(), set()), "run `make messages`; it sees no f-string"

"""Sites with a second language, made of a line of settings, a folder of content and a catalogue."""

import pytest

from education.sync import import_content
from tests.languages.catalogue import write_marked_language
from tests.sync.folders import write_all


@pytest.fixture
def add_language(settings, tmp_path, db):
    """`add_language(code, documents)`: the site speaks another language, in which every word of ours is marked."""

    def add(language, documents):
        write_marked_language(tmp_path / "locale", language)
        settings.LOCALE_PATHS = [tmp_path / "locale"]
        settings.LANGUAGES = [*settings.LANGUAGES, (language, language)]
        write_all(tmp_path / "content", documents)
        import_content(tmp_path / "content")

    return add

"""Static files: many small stylesheets for people, one for browsers."""

import gzip

from django.conf import settings
from django.contrib.staticfiles import finders

from clinic_site.finders import NAME, SOURCE, bundle


class TestTheStylesheet:
    def test_holds_every_file_and_asks_for_no_other(self):
        css = bundle(SOURCE)
        assert "@import" not in css
        names = [path.stem for path in (SOURCE.parent / "components").glob("*.css") if path.stem != "all"]
        assert names
        missing = [name for name in names if bundle(SOURCE.parent / "components" / f"{name}.css") not in css]
        assert missing == []

    def test_is_small_enough_for_an_old_phone(self):
        """At most 8 kB compressed."""
        assert len(gzip.compress(bundle(SOURCE).encode(), 9)) <= 8 * 1024

    def test_follows_its_sources(self, tmp_path):
        (tmp_path / "a.css").write_text('/* why */\n@import url("b.css") layer(prose);\np { margin: 0 }\n')
        (tmp_path / "b.css").write_text("a {\n  color: red;\n}\n")
        assert bundle(tmp_path / "a.css") == "@layer prose {\na {\ncolor: red;\n}\n}\np { margin: 0 }"

    def test_is_found_like_any_other_static_file(self):
        assert finders.find(NAME).startswith(str(settings.VAR_DIR))
        assert finders.find("css/no-such.css") is None

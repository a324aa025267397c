"""What tests of import and export ask for."""

import shutil

import pytest

from education.documents import Document, Identity
from education.models import Topic
from education.publishing import find_page, live_document, save, save_draft
from education.sync import import_content
from tests.factories import make_document
from tests.sync.folders import write_all
from tests.sync.running import RunningSite

BASE = make_document(summary="Base.", search_words=("word",), body="Base.")


class Site:
    """A page `en/topics/dry-needling` with its file in `folder`, and what people do to the two."""

    def __init__(self, folder, staff):
        self.folder, self.staff = folder, staff

    def write(self, document=BASE, **changes):
        """Write the page's file: BASE (or another text) with some parts changed; the body and the slug are parts too."""
        document = changed(document, **changes)
        write_all(self.folder, [document])
        return document

    def remove(self, slug="dry-needling"):
        """Remove the page's file."""
        (self.folder / f"en/topics/{slug}.md").unlink()

    def run(self, **options):
        """Import the folder."""
        return import_content(self.folder, **options)

    def edit(self, page=None, **changes):
        """Staff change parts of the page's text."""
        page = page or self.page()
        return save(document=changed(live_document(page), **changes), by=self.staff, page=page)

    def draft(self, **changes):
        """Staff change parts of the page's text in a draft."""
        return save_draft(document=changed(live_document(self.page()), **changes), by=self.staff, page=self.page())

    def page(self, slug="dry-needling"):
        """The row of the page at an address, or None."""
        return find_page(Identity("en", "topics", slug))

    def live(self):
        """The page's public text."""
        return live_document(Topic.objects.get())


def changed(document, *, slug=None, body=None, **fields):
    """A document with some parts changed."""
    identity = document.identity._replace(slug=slug or document.identity.slug)
    return Document(identity, document.changed(**fields).fields, document.body if body is None else body)


@pytest.fixture
def site(tmp_path, staff):
    """A site whose one page was just imported."""
    site = Site(tmp_path / "content", staff)
    site.write()
    site.run()
    return site


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """An SQLite file with all tables and no rows."""
    site = RunningSite(tmp_path_factory.mktemp("migrated"))
    site.run("migrate", "--verbosity", "0")
    return site.file


@pytest.fixture
def running_site(tmp_path, migrated_file):
    """A site without pages, on an SQLite file of its own."""
    site = RunningSite(tmp_path / "var")
    site.var_dir.mkdir()
    shutil.copy(migrated_file, site.file)
    return site

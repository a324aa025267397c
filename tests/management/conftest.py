"""Commands are tested on the sites that tests of import and export use."""

from tests.sync.conftest import migrated_file, running_site, site

__all__ = ["migrated_file", "running_site", "site"]

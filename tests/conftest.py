"""What every test can ask for."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """Uploads of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _empty_cache():
    """What one test cached, the next does not meet."""
    cache.clear()


@pytest.fixture
def staff(db):
    """A member of staff who may do everything."""
    return get_user_model().objects.create_superuser("staff", password="a password for tests")


@pytest.fixture
def staff_client(client, staff):
    """A browser in which staff are logged in."""
    client.force_login(staff)
    return client

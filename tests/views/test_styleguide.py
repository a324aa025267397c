"""The living styleguide shows every component, to those who work on the site."""

import pytest

from education.views.styleguide import COMPONENTS

pytestmark = pytest.mark.django_db


def test_is_not_for_patients(client):
    assert client.get("/styleguide/").status_code == 404


def test_shows_every_component_with_its_parameters(staff_client):
    text = staff_client.get("/styleguide/").content.decode()
    names = [path.stem for path in COMPONENTS.glob("*.html")]
    assert names
    assert [name for name in names if f'id="_component-{name}"' not in text] == []
    undescribed = [path.stem for path in COMPONENTS.glob("*.html") if not path.read_text().startswith("{% comment %}\n")]
    assert undescribed == []

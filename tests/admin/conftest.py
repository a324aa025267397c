"""What tests of the admin can ask for."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


@pytest.fixture
def member(client):
    """Logs a member of a group in; gives the browser."""

    def log_in(group, name="sam"):
        user = get_user_model().objects.create_user(name, password="a password for tests", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return log_in

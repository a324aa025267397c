"""S28: which passwords are taken, and how they are kept."""

import pytest
from django.conf import global_settings
from django.contrib.auth import get_user_model, hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

pytestmark = pytest.mark.django_db


class TestPasswords:
    @pytest.mark.parametrize(
        "password",
        [
            "fourteen chars",
            "passwordpassword",
            "AlkalineWellness2026!",
            "Dry-Needling-Clinic-1",
            "aaaaaaaaaaaaaaaaaaaa",
            "12345678901234567890",
            "annabel-annabel-2026",
        ],
    )
    def test_that_anyone_would_try_are_refused(self, password):
        with pytest.raises(ValidationError):
            validate_password(password, get_user_model()(username="annabel"))

    @pytest.mark.parametrize(
        "password",
        ["correct horse battery staple", "x7#Kq9!vLm2$Rt5w", "ä long pässwörd with ünïcode " * 4, "w" + "ordplay mix" * 6],
    )
    def test_that_are_long_and_their_own_are_taken(self, password):
        """Spaces, any letters, 64 signs and more."""
        validate_password(password, get_user_model()(username="annabel"))

    def test_are_stored_by_a_slow_hash(self, production_settings):
        """PBKDF2 with at least 600,000 rounds (OWASP), or Argon2id."""
        first = production_settings.get("PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)[0]
        assert first == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
        assert hashers.PBKDF2PasswordHasher.iterations >= 600_000

    def test_may_be_pasted_and_filled_in_by_a_manager(self, client):
        html = client.get("/admin/login/").content.decode()
        assert 'autocomplete="current-password"' in html
        assert "onpaste" not in html

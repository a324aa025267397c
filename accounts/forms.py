"""The form by which staff log in, and the one that sets up the second factor."""

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import second_factor, throttle
from education.publishing import audit
from education.views.client import client_network

_TOKEN = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class LoginForm(AdminAuthenticationForm):
    """Name, password and number at once: who fails is not told at which, nor whether there is such an account."""

    is_locked = False

    token = forms.CharField(
        label=_("Number from your app"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs=_TOKEN),
        help_text=_("Six digits, or a recovery code. Leave it empty if you have not set it up yet."),
    )
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("You are not logged in. Check what you typed: capital letters count, and a number counts once only."),
        "locked": _("Too many attempts. Wait 15 minutes, then try again."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.SECOND_FACTOR:
            del self.fields["token"]

    def clean(self):
        """The user, when it is one and may try."""
        name, network = self.cleaned_data.get("username"), client_network(self.request)
        if name is None or not self.cleaned_data.get("password"):
            return super().clean()
        if not throttle.begin(name, network):
            self.is_locked = True
            audit.happened("login refused: too many attempts", _user(name))
            raise ValidationError(self.error_messages["locked"], code="locked")
        try:
            cleaned = super().clean()
        except ValidationError:
            audit.happened("login failed", _user(name))
            raise
        throttle.forgive(name, network)
        return cleaned

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if settings.SECOND_FACTOR and not second_factor.passes(user, self.cleaned_data.get("token", "")):
            raise self.get_invalid_login_error()


class EnrolForm(forms.Form):
    """Proof that it is the user who sets the second factor up, and that the app works."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    token = forms.CharField(label=_("The six digits that the app shows now"), max_length=64, widget=forms.TextInput(attrs=_TOKEN))


def _user(name):
    """Whose account it was, for the log. What belongs to no account may be a password typed into the wrong field."""
    return get_user_model().objects.filter(username=name).first()

"""The application, and the admin with its own login."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class StaffAdminConfig(AdminConfig):
    """Django's admin, entered by our login."""

    default_site = "accounts.site.StaffSite"


class AccountsConfig(AppConfig):
    """Accounts of staff."""

    name = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Have every login and logout stamped and logged."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out  # noqa: PLC0415 - apps must be loaded first

        from accounts import sessions  # noqa: PLC0415

        user_logged_in.connect(sessions.on_login, dispatch_uid="accounts.login")
        user_logged_out.connect(sessions.on_logout, dispatch_uid="accounts.logout")

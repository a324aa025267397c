"""Accounts in the admin: end somebody's sessions, take away a lost phone's second factor. What is done to accounts is logged."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.sessions import end_sessions
from education.publishing import audit

admin.site.unregister(User)
# Its screens show the keys.
admin.site.unregister(TOTPDevice)


@admin.register(User)
class StaffUserAdmin(UserAdmin):
    """Django's, with what is done when somebody leaves or loses a phone."""

    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "second_factor", "last_login")
    actions = ("end_all_sessions", "take_second_factor")

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, obj):
        """Whether one is set up."""
        return obj.has_device

    def get_queryset(self, request):
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_device=Exists(devices))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and not (obj.is_active and obj.is_staff):
            end_sessions(obj)

    @admin.action(description=gettext_lazy("End all sessions"), permissions=["change"])
    def end_all_sessions(self, request, queryset):
        """Log the chosen people out everywhere."""
        for user in queryset:
            end_sessions(user)
            audit.happened("sessions ended by another", request.user, account=user.pk)
        messages.success(request, _("They are logged out everywhere."))

    @admin.action(description=gettext_lazy("Take away the second factor (lost phone)"), permissions=["change"])
    def take_second_factor(self, request, queryset):
        """Have the chosen people set it up anew; who needs it can do nothing else before that."""
        for user in queryset:
            second_factor.reset(user)
            end_sessions(user)
            audit.happened("second factor taken away by another", request.user, account=user.pk)
        messages.success(request, _("They are logged out, and set the second factor up anew at their next login."))

    def log_addition(self, request, obj, message):
        audit.happened("account added", request.user, account=obj.pk)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        audit.happened("account changed", request.user, account=obj.pk)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for user in queryset:
            audit.happened("account deleted", request.user, account=user.pk)
        return super().log_deletions(request, queryset)

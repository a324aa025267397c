"""How long a login lasts, and who must first set up a second factor. Both look at nothing where no one is logged in."""

from functools import partial

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts import second_factor, sessions
from education.publishing import audit

# What someone reaches who still has to set up the second factor.
WITHOUT_SECOND_FACTOR = {
    "admin:login",
    "admin:logout",
    "admin:second_factor",
    "admin:second_factor_qr",
    "admin:jsi18n",
    "admin:password_change",
    "admin:password_change_done",
}


class SessionLimitsMiddleware:
    """Ends logins that last too long, at the moment in which a view first asks who is there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The view's response; who was refused is logged."""
        request.user = SimpleLazyObject(partial(_current, request, request.user))
        response = self.get_response(request)
        if response.status_code == 403 and request.path_info.startswith("/admin/"):
            audit.refused(f"{request.method} {request.path_info}", _known(request))
        return response


class SecondFactorMiddleware:
    """Leads who needs a second factor and has none yet to its screen, and refuses everything else in the admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The view's response."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Django calls it when it knows the view, and before it."""
        if not settings.SECOND_FACTOR or not request.path_info.startswith(reverse("admin:index")):
            return None
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return None
        if second_factor.device_of(user):
            # It was set up elsewhere after this login.
            logout(request)
            return redirect("admin:login")
        if request.resolver_match.view_name in WITHOUT_SECOND_FACTOR or not second_factor.is_required(user):
            return None
        if request.method == "GET":
            return redirect("admin:second_factor")
        raise PermissionDenied("the second factor comes first")


def _current(request, user):
    if user.is_authenticated and sessions.is_over(request.session):
        audit.happened("session ended: too old", user._wrapped)
        request.session.flush()
        return AnonymousUser()
    return user._wrapped


def _known(request):
    """The user, if a view asked for it; a log asks the database for nothing."""
    user = getattr(request, "_cached_user", None)
    return user if user is not None and user.is_authenticated else None

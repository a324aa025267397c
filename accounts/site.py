"""The admin behind our login, with the screen on which staff set up their second factor."""

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import second_factor, sessions, throttle
from accounts.forms import EnrolForm, LoginForm
from education.handouts.qr import qr_svg
from education.publishing import audit
from education.views.client import client_network

KEPT_NOWHERE = {"Cache-Control": "no-store"}


class StaffSite(AdminSite):
    """Django's admin site; who guards public text sets up a second factor before anything else."""

    login_form = LoginForm
    login_template = "admin/staff_login.html"

    def get_urls(self):
        own = [
            path("second-factor/", self.admin_view(self.second_factor_view), name="second_factor"),
            path("second-factor/qr.svg", self.admin_view(require_safe(self.second_factor_qr)), name="second_factor_qr"),
        ]
        return own + super().get_urls()

    def login(self, request, extra_context=None):
        """The login page; 429 (RFC 6585) where it was tried too often."""
        response = super().login(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if getattr(form, "is_locked", False):
            response.status_code = 429
            response.headers["Retry-After"] = str(int(throttle.WINDOW.total_seconds()))
        return response

    def each_context(self, request):
        return {**super().each_context(request), "has_second_factor_screen": settings.SECOND_FACTOR}

    def get_app_list(self, request, app_label=None):
        """Django's, with the kinds of rows in the order in which they were registered: what is used most comes first."""
        apps = super().get_app_list(request, app_label)
        order = list(self._registry)
        for app in apps:
            app["models"].sort(key=lambda kind: order.index(kind["model"]))
        return apps

    def second_factor_view(self, request):
        """Set the second factor up, or, with a number from it, have new recovery codes or move to another phone."""
        if not settings.SECOND_FACTOR:
            raise Http404
        user = request.user
        is_set_up = second_factor.device_of(user) is not None
        if request.method == "POST" and "begin" in request.POST and not is_set_up:
            second_factor.begin(user)
            return redirect("admin:second_factor")
        form = EnrolForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and _is_owner(request, form):
            done = self._prove(request, form, is_set_up=is_set_up)
            if done:
                return done
        pending = second_factor.pending_device(user)
        context = {
            "title": _("Second factor"),
            "form": form,
            "is_set_up": is_set_up,
            "is_required": second_factor.is_required(user),
            "key": pending and second_factor.key_of(pending),
            "codes_left": user.recovery_codes.count(),
        }
        return self._render(request, "second_factor", context)

    def second_factor_qr(self, request):
        """The pending key as a QR code, for the one whose key it is."""
        pending = second_factor.pending_device(request.user) if settings.SECOND_FACTOR else None
        if pending is None:
            raise Http404
        return HttpResponse(qr_svg(pending.config_url), content_type="image/svg+xml", headers=KEPT_NOWHERE)

    def _prove(self, request, form, *, is_set_up):
        """What the right number leads to; None where it is wrong."""
        user, token = request.user, form.cleaned_data["token"]
        if "confirm" in request.POST:
            codes = second_factor.confirm(user, token)
            if codes:
                self._begin_verified_session(request)
        elif is_set_up and second_factor.passes(user, token):
            if "replace" in request.POST:
                second_factor.begin(user)
                return redirect("admin:second_factor")
            codes = second_factor.make_codes(user)
            audit.happened("recovery codes made anew", user)
        else:
            codes = None
        if not codes:
            form.add_error("token", _("That is not the number of now. Wait for the next one."))
            return None
        context = {"title": _("Your recovery codes"), "codes": codes}
        return self._render(request, "recovery_codes", context)

    def _begin_verified_session(self, request):
        request.session.cycle_key()
        django_otp.login(request, second_factor.device_of(request.user))
        sessions.end_sessions(request.user, but=request.session.session_key)
        messages.success(request, _("The second factor is set up. From now on the login asks for it."))

    def _render(self, request, template, context):
        context = {**self.each_context(request), **context}
        return TemplateResponse(request, f"admin/{template}.html", context, headers=KEPT_NOWHERE)


def _is_owner(request, form):
    """Whether the password is right; a session that somebody left open does not do."""
    name, network = request.user.get_username(), client_network(request)
    if not throttle.begin(name, network):
        form.add_error(None, _("Too many attempts. Wait 15 minutes, then try again."))
        return False
    if not request.user.check_password(form.cleaned_data["password"]):
        audit.happened("second factor refused: wrong password", request.user)
        form.add_error("password", _("That is not your password."))
        return False
    throttle.forgive(name, network)
    return True

"""Feedback on a page. No cookie is set, so that a form's protection is what `_refuse` checks and `education.feedback` counts."""

from functools import wraps
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from education import feedback
from education.models import FAQ, Condition, Topic
from education.views.client import client_network

MOST_BYTES = 2048
MODELS = {model.collection: model for model in (Topic, Condition, FAQ)}
ANSWERS = {"yes": True, "no": False}
HONEYPOT = "website"


def _on_published_page(view):
    """Give the view the page instead of its name, once a POST is known to be small and to come from this site."""

    @wraps(view)
    def checked(request, collection, slug, **kwargs):
        if request.method == "POST" and (refusal := _refuse(request)):
            return refusal
        if collection not in MODELS:
            raise Http404
        page = get_object_or_404(MODELS[collection].objects.in_language(get_language()).published(), slug=slug)
        return view(request, page, **kwargs)

    return csrf_exempt(never_cache(checked))


def _refuse(request):
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        text = _("Your message is too long. Go back and make it shorter.")
        return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
    if not _is_same_origin(request):
        text = _("Please answer on the page itself.")
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
    return None


def _is_same_origin(request):
    """What browsers say of where a form stands; they cannot be made to lie. Old ones say nothing."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _see_other(name, page, **kwargs):
    url = reverse(f"education:{name}", kwargs={"collection": page.collection, "slug": page.slug, **kwargs})
    return HttpResponseRedirect(url, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@_on_published_page
def vote(request, page):
    """Take "yes" or "no", then ask for a sentence. Who opens the address by hand comes to the page."""
    answer = request.POST.get("helpful")
    if answer not in ANSWERS:
        return redirect(page)
    if not request.POST.get(HONEYPOT):
        if not feedback.may_send("vote", client_network(request)):
            return _thank(request, page, kept=False)
        feedback.vote(page.identity, helpful=ANSWERS[answer])
    return _see_other("feedback-comment", page, answer=answer)


@require_http_methods(["GET", "HEAD", "POST"])
@_on_published_page
def comment(request, page, answer):
    """Say thank you, and take a sentence from who likes to add one."""
    if answer not in ANSWERS:
        raise Http404
    helpful, text, error = ANSWERS[answer], "", ""
    token = request.POST.get("token")
    if request.method == "POST":
        text = " ".join(request.POST.get("comment", "").split())
        if request.POST.get(HONEYPOT) or not text:
            return _see_other("feedback-thanks", page)
        error = _what_to_mend(text, token, page, helpful)
        if not error:
            if not feedback.may_send("comment", client_network(request)):
                return _thank(request, page, kept=False)
            feedback.comment(page.identity, helpful=helpful, text=text)
            return _see_other("feedback-thanks", page)
    context = {"about": page, "helpful": helpful, "text": text, "error": error, "longest": feedback.LONGEST}
    # The time that the form is shown counts anew.
    context["token"] = feedback.give_token(page.identity, helpful)
    return render(request, "education/feedback.html", context)


def _what_to_mend(text, token, page, helpful):
    if len(text) > feedback.LONGEST:
        return _("Your message is too long. Use 500 characters or fewer.")
    if not feedback.is_patient(token or "", page.identity, helpful):
        return _("Please wait a few seconds, then press “Send” again. Your words are still here.")
    return ""


@require_safe
@_on_published_page
def thanks(request, page):
    """Say that nothing more is needed."""
    return _thank(request, page, kept=True)


def _thank(request, page, *, kept):
    context = {"about": page, "kept": kept}
    return render(request, "education/feedback_thanks.html", context, status=200 if kept else 429)

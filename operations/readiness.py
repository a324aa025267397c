"""Whether this process can serve the site, for what sends it requests (`/readyz`) and for who runs it (`manage.py readiness`)."""

import secrets
import time

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from education.models import PAGE_MODELS

# Seconds for which an answer holds: asking often costs nothing.
_HOLDS = 1
_last = {"at": -_HOLDS, "ready": False}


def findings():
    """What is wrong with each part, by its name; "" where nothing is. A part that cannot be looked at, because of one before
    it, is left out. Without its cache the site is ready, and only slower.
    """
    found = {"cache": _cache(), "database": ""}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found["migrations"] = _migrations()
        if not found["migrations"]:
            found["content"] = _content()
    except (DatabaseError, InterfaceError) as error:
        found["database"] = str(error).strip() or type(error).__name__
    return found


def is_ready(found):
    """Whether findings let the site be shown."""
    return not any(problem for part, problem in found.items() if part != "cache")


@require_safe
def readyz(request):
    """200 or 503, and not a word more: the parts are nobody's business who cannot run `manage.py readiness`."""
    if time.monotonic() - _last["at"] >= _HOLDS:
        _last.update(ready=is_ready(findings()), at=time.monotonic())
    ready = _last["ready"]
    headers = {"Cache-Control": "no-store"}
    return HttpResponse("ready\n" if ready else "not ready\n", "text/plain", status=200 if ready else 503, headers=headers)


def _migrations():
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied; run manage.py migrate" if waiting else ""


def _content():
    if any(model.objects.published().exists() for model in PAGE_MODELS.values()):
        return ""
    return "no page is published; run manage.py import_content"


def _cache():
    token = secrets.token_hex(8)
    cache.set("readiness", token, 60)
    return "" if cache.get("readiness") == token else "it keeps nothing; the site runs without it"

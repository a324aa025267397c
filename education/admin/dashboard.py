"""The admin's first page: what waits for the one who looks, each line a link to where it is done."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.admin.todo import TASKS
from education.models import PAGE_MODELS, Feedback, PageHealth

MOST_LINES = 8


@dataclass(frozen=True)
class Line:
    """A page to see to: where that is done, its title, its kind, and what is the matter."""

    address: str
    title: str
    kind: str = ""
    note: str = ""
    note_address: str = ""


@dataclass(frozen=True)
class Section:
    """A task with its first lines. `lists` are (words, address) of the lists that hold all of them."""

    key: str
    title: str
    why: str
    count: int
    lines: tuple[Line, ...]
    lists: tuple[tuple[str, str], ...] = ()


def sections(user):
    """The `Section`s with something to do for a user; each takes the same few queries however many pages there are."""
    found = [_section(task, user) for task in TASKS.values()]
    if user.has_perm("education.view_feedback"):
        found.append(_feedback(user))
    return [section for section in found if section]


def _section(task, user):
    kinds = [name for name, model in PAGE_MODELS.items() if _may(user, task.action, model)]
    rows = PageHealth.objects.filter(collection__in=kinds)
    counted = task.find(rows).order_by().values("collection").annotate(count=Count("pk"))
    counts = dict(counted.values_list("collection", "count")) if kinds else {}
    if not counts:
        return None
    screen = task.screen(user)
    lines = tuple(Line(_address(row, screen), row.title, _kind(row), str(task.tell(row))) for row in task.first(rows, MOST_LINES))
    total = sum(counts.values())
    lists = ()
    if total > len(lines):
        lists = tuple(_list(name, counts[name], task.key) for name in PAGE_MODELS if name in counts)
    return Section(task.key, task.title, task.why, total, lines, lists)


def _may(user, action, model):
    """As the admin's own lists: who may change pages may see them."""
    name = model._meta.model_name
    return user.has_perm(f"education.change_{name}") or (action == "view" and user.has_perm(f"education.view_{name}"))


def _address(row, screen):
    return reverse(f"admin:education_{PAGE_MODELS[row.collection]._meta.model_name}_{screen}", args=[row.page_id])


def _kind(row):
    return PAGE_MODELS[row.collection]._meta.verbose_name


def _list(collection, count, key):
    meta = PAGE_MODELS[collection]._meta
    words = f"{count:,} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"
    return words, f"{reverse(f'admin:education_{meta.model_name}_changelist')}?{urlencode({'todo': key})}"


def _feedback(user):
    unread = Feedback.objects.kept().filter(is_read=False)
    total = unread.count()
    if not total:
        return None
    counted = unread.order_by().values("page").annotate(count=Count("pk"), latest=Max("pk")).order_by("-latest")[:MOST_LINES]
    named = list(counted.values_list("page", "count"))
    rows = {row.page: row for row in PageHealth.objects.filter(page__in=[page for page, _count in named])}
    return Section(
        "feedback",
        _("Feedback to read"),
        _("What patients said about these pages."),
        total,
        tuple(_feedback_line(user, page, count, rows.get(page)) for page, count in named),
        ((_("the inbox"), _inbox()),),
    )


def _feedback_line(user, page, count, row):
    """The page (a deleted one by its identity) and, beside it, what was said of it."""
    words = ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}
    inbox = _inbox(page=page)
    if row is None or not _may(user, "view", PAGE_MODELS[row.collection]):
        return Line(inbox, row.title if row else page, note=words)
    return Line(_address(row, "change"), row.title, _kind(row), words, inbox)


def _inbox(**filters):
    return f"{reverse('admin:education_feedback_changelist')}?{urlencode({'is_read__exact': 0, **filters})}"

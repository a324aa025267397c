"""What waits for staff: each `Task` finds the pages it is about, for the first page of the admin and for its lists."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.checks.words import MOST_GRADE
from education.documents.registry import READING
from education.models import PAGE_MODELS, ContentFile, LinkTarget, Page, PageHealth
from education.models.page import today
from education.publishing import REVIEW

DUE_WITHIN = timedelta(days=30)


class Task:
    """Something to do about pages. `key` names it in addresses; `action` is what one must be allowed to do with a page."""

    key = ""
    title = ""
    why = ""
    action = "change"
    order = ("title", "pk")

    def find(self, rows):
        """Those of some `PageHealth` rows that it is about."""
        raise NotImplementedError

    def first(self, rows, count):
        """The first rows to show."""
        return self.find(rows).order_by(*self.order)[:count]

    def tell(self, row):
        """What a line says of a page, besides its title."""
        return ""

    def screen(self, user):
        """The screen of the page on which `user` does it."""
        return "change"


class Drafts(Task):
    """A draft that waits for its day is done with."""

    key = "drafts"
    title = gettext_lazy("Drafts waiting")
    why = gettext_lazy("Written, and not yet published.")

    def find(self, rows):
        drafted = Q()
        for name, model in PAGE_MODELS.items():
            planned = Q(draft_due__gt=today())
            beside = model.objects.filter(~planned, draft__isnull=False)
            drafted |= Q(collection=name, page_id__in=beside.values("pk"))
        return rows.filter(Q(status=Page.Status.DRAFT) | drafted)

    def tell(self, row):
        return _("Patients do not see the page") if row.status == Page.Status.DRAFT else _("Patients see an earlier text")


class Suggestions(Task):
    """A content file says something else than staff."""

    key = "suggestions"
    title = gettext_lazy("Suggestions to decide")
    why = gettext_lazy("The content file and staff changed the same part.")

    def find(self, rows):
        return rows.filter(page__in=ContentFile.objects.exclude(suggestion="").values("page"))

    def screen(self, user):
        return "decide"


class ReviewDue(Task):
    """As `publishing.review_queue`: each page waits for one reason, and the date is told first."""

    key = "review"
    title = gettext_lazy("Due for review")
    why = gettext_lazy("A clinician should read these again.")
    action = "view"
    order = (F("review_due").asc(nulls_last=True), "title", "pk")

    def find(self, rows):
        return rows.published().filter(self.is_due() | Q(review_state=Page.ReviewState.CHANGED), collection__in=READING)

    @staticmethod
    def is_due():
        return Q(review_due__lte=today() + DUE_WITHIN)

    def tell(self, row):
        if row.review_due is None or row.review_due > today() + DUE_WITHIN:
            return _("Changed since its review")
        words = _("Since %(day)s") if row.review_due <= today() else _("By %(day)s")
        return words % {"day": date_format(row.review_due)}

    def screen(self, user):
        return "review" if user.has_perm(REVIEW) else "change"


class NeverReviewed(ReviewDue):
    """No clinician has signed the page off, and no day was set on which one should."""

    key = "never-reviewed"
    title = gettext_lazy("Never reviewed")
    why = gettext_lazy("No clinician has signed these off yet.")
    order = ("title", "pk")

    def find(self, rows):
        never = rows.published().filter(review_state=Page.ReviewState.NEVER, collection__in=READING)
        return never.exclude(self.is_due())

    def tell(self, row):
        return ""


class BrokenLinks(Task):
    """Public texts that lead to, cite or hold a page which the public may not see."""

    key = "broken-links"
    title = gettext_lazy("Broken links")
    why = gettext_lazy("These lead to, cite or hold a page that patients cannot see.")

    def find(self, rows):
        links = PageHealth.links.through.objects.filter(linktarget__in=LinkTarget.objects.broken())
        return rows.published().filter(pk__in=links.values("pagehealth"))

    def first(self, rows, count):
        return super().first(rows, count).prefetch_related(Prefetch("links", LinkTarget.objects.broken(), to_attr="broken"))

    def tell(self, row):
        return ", ".join(f"{target.collection}/{target.slug}" for target in row.broken)


class HardToRead(Task):
    """Harder than rule 6 of `education.checks` asks."""

    key = "hard-to-read"
    title = gettext_lazy("Hard to read")
    why = gettext_lazy("The hardest come first. Most patients read up to grade 8 with ease.")
    order = ("-grade", "title", "pk")

    def find(self, rows):
        return rows.published().filter(grade__gt=MOST_GRADE)

    def tell(self, row):
        return _("Grade %(grade)s") % {"grade": number_format(row.grade, 1)}


class NotExported(Task):
    """Drafts are never exported, so they do not count here."""

    key = "not-exported"
    title = gettext_lazy("Not in the content files yet")
    why = gettext_lazy("Staff changed these here. Export them, and import the files again.")

    def find(self, rows):
        return rows.filter(~Exists(ContentFile.objects.filter(page=OuterRef("page"), text_digest=OuterRef("digest"))))


TASKS = {
    task.key: task
    for task in (
        Suggestions(),
        Drafts(),
        ReviewDue(),
        NeverReviewed(),
        BrokenLinks(),
        HardToRead(),
        NotExported(),
    )
}


class TaskFilter(admin.SimpleListFilter):
    """Narrows a list of pages to those that a task is about."""

    title = gettext_lazy("what waits")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [(key, task.title) for key, task in TASKS.items()]

    def queryset(self, request, queryset):
        task = TASKS.get(self.value())
        if task is None:
            return queryset
        rows = PageHealth.objects.filter(collection=queryset.model.collection)
        return queryset.filter(pk__in=task.find(rows).values("page_id"))

"""The inbox of what patients say about pages."""

import csv

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from education.admin.history import ReadOnlyAdmin
from education.models import Feedback

# A spreadsheet takes a cell that begins with one of these for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    """What patients said, newest first. Staff mark it as read, take it along as a table, or delete it."""

    list_display = ("page", "helpful", "comment", "created_on", "is_read")
    list_filter = ("is_read", "helpful")
    search_fields = ("page", "comment")
    date_hierarchy = "created_on"
    actions = ("mark_as_read", "export_as_csv")

    def get_queryset(self, request):
        return super().get_queryset(request).kept()

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("education.delete_feedback")

    def has_mark_permission(self, request):
        return request.user.has_perm("education.change_feedback")

    def changelist_view(self, request, extra_context=None):
        """The list, with counts of what it shows as its second heading."""
        response = super().changelist_view(request, extra_context)
        if listed := getattr(response, "context_data", {}).get("cl"):
            counts = listed.queryset.order_by().aggregate(
                yes=Count("pk", filter=Q(helpful=True)),
                no=Count("pk", filter=Q(helpful=False)),
                unread=Count("pk", filter=Q(is_read=False)),
            )
            response.context_data["subtitle"] = _("%(yes)d helpful, %(no)d not helpful, %(unread)d not read") % counts
        return response

    @admin.action(description=_("Mark as read"), permissions=["mark"])
    def mark_as_read(self, request, queryset):
        queryset.update(is_read=True)

    @admin.action(description=_("Download as a table (CSV)"), permissions=["view"])
    def export_as_csv(self, request, queryset):
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="feedback.csv"'
        # Without this mark spreadsheets take the letters for those of another alphabet.
        response.write("\ufeff")
        table = csv.writer(response, quoting=csv.QUOTE_ALL)
        table.writerow(["page", "helpful", "comment", "date", "read"])
        for row in queryset:
            cells = (row.page, _word(row.helpful), row.comment, row.created_on.isoformat(), _word(row.is_read))
            table.writerow([_inert(cell) for cell in cells])
        return response


def _word(yes):
    return "yes" if yes else "no"


def _inert(cell):
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell

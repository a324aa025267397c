"""What nobody edits by hand: versions of pages, old addresses, what import remembers of files."""

from django.contrib import admin

from education.models import Alias, ContentFile, Revision


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows; adding, changing and deleting them is not for people."""

    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class RecordAdmin(ReadOnlyAdmin):
    """Rows that staff meet on the screens of their pages; as lists they serve who looks after the site."""

    def has_module_permission(self, request):
        return request.user.is_superuser


@admin.register(Revision)
class RevisionAdmin(RecordAdmin):
    """Every text that every page has had."""

    list_display = ("page", "created_at", "origin", "author", "note")
    list_filter = ("origin", "created_at")
    list_select_related = ("author",)
    search_fields = ("page", "note")


@admin.register(ContentFile)
class ContentFileAdmin(RecordAdmin):
    """Files in content/; a suggestion is a change in a file that staff's text stands against."""

    list_display = ("page", "imported_at", "conflicts")
    list_filter = ("imported_at",)
    search_fields = ("page", "suggestion")
    fields = ("page", "imported_at", "conflicts", "suggestion", "text")


@admin.register(Alias)
class AliasAdmin(RecordAdmin):
    """Old addresses. They belong to the page they lead to, and are edited there."""

    list_display = ("collection", "slug", "target")
    list_filter = ("collection",)
    search_fields = ("slug", "target")

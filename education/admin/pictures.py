"""The library of pictures: what each shows, where it is used, another one in its place."""

import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth import get_permission_codename
from django.core.files.storage import default_storage
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education import publishing
from education.admin.pages import admin_address
from education.images import PictureRefused, add_picture, remove_picture
from education.models import Picture, Revision
from education.publishing import audit
from education.rendering.body import PICTURE_TO_DESCRIBE


class PictureForm(forms.ModelForm):
    """What a picture shows, and its file. A new file is a new picture: `instance` is that one then, `replaced` the old."""

    replaced = None
    sender = None

    upload = forms.FileField(
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF, at most 10 MB."),
    )

    class Meta:
        model = Picture
        fields = ("alt", "is_decoration")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "upload" in self.fields:
            self.fields["upload"].required = not self.instance.pk
            self.fields["upload"].label = _("Replace the picture") if self.instance.pk else _("Picture")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_decoration"):
            cleaned["alt"] = ""
        # Whether a file can be taken is known once it is stored; that comes last, when all else is right.
        if cleaned.get("upload") and not self.errors:
            try:
                stored = add_picture(cleaned["upload"])
            except PictureRefused as refused:
                audit.happened("upload refused", self.sender, reason=str(refused))
                self.add_error("upload", str(refused))
            else:
                self.replaced = self.instance if self.instance.pk else None
                self.instance = stored
        return cleaned


class UseFilter(admin.SimpleListFilter):
    """Pictures that a page shows, or that none does."""

    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", _("On a page")), ("no", _("Unused"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(name__in=_uses(request))
        return queryset.exclude(name__in=_uses(request)) if self.value() == "no" else queryset


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures that staff uploaded, here or in the editor. Each that is shown here knows its `uses`."""

    form = PictureForm
    delete_confirmation_template = "admin/education/picture/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/education/picture/delete_selected_confirmation.html"
    list_display = ("thumbnail", "words", "used_on", "size")
    list_display_links = ("words",)
    list_filter = (UseFilter, "is_decoration", "uploaded_at")
    list_per_page = 50
    search_fields = ("alt", "name")
    readonly_fields = ("thumbnail", "size", "used_on", "markdown", "replacing")

    class Media:
        css = {"all": ["css/admin.css", "css/pictures.css"]}

    def get_fieldsets(self, request, obj=None):
        """On a picture that is used, the way to replace it, or why there is none."""
        words = ("alt", "is_decoration")
        if obj is None:
            return ((None, {"fields": ("upload", *words)}),)
        replacing = ()
        if obj.uses and self.has_change_permission(request, obj):
            replacing = ("upload",) if _may_replace(request.user, obj.uses) else ("replacing",)
        return (
            (None, {"fields": ("thumbnail", *words, "markdown")}),
            (_("Where it is used"), {"fields": ("used_on", *replacing, "size")}),
        )

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002 - Django's signature
        form = super().get_form(request, obj, change=change, **kwargs)
        form.sender = request.user
        if "upload" not in flatten_fieldsets(self.get_fieldsets(request, obj)):
            del form.base_fields["upload"]
        return form

    def get_object(self, request, object_id, from_field=None):
        picture = super().get_object(request, object_id, from_field)
        if picture:
            picture.uses = publishing.picture_uses().get(picture.name, [])
        return picture

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        for picture in changelist.result_list:
            picture.uses = _uses(request).get(picture.name, [])
        return changelist

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, obj):
        """The picture, small; words for it stand beside it."""
        name = next(iter(obj.variants.values()), obj.name)
        return format_html(
            '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
            default_storage.url(name),
            obj.width,
            obj.height,
        )

    @admin.display(description=gettext_lazy("what it shows"), ordering="alt")
    def words(self, obj):
        """Its words, else those that a page gives it."""
        if obj.is_decoration or (not obj.alt and any(use.is_decoration for use in obj.uses)):
            return _("Decoration")
        return obj.alt or next((use.words for use in obj.uses if use.words), "") or _("No words yet")

    @admin.display(description=gettext_lazy("pixels"), ordering="width")
    def size(self, obj):
        """Its sides in pixels."""
        return f"{obj.width} × {obj.height}"

    @admin.display(description=gettext_lazy("used on"))
    def used_on(self, obj):
        """The pages that show it, each with a link to its form."""
        return _linked(obj.uses) or _("Unused")

    @admin.display(description=gettext_lazy("to put it into a text"))
    def markdown(self, obj):
        """The line to copy into the text of a page."""
        return format_html('<code class="picture-line" tabindex="0">{}</code>', markdown_of(obj))

    @admin.display(description=gettext_lazy("Replace the picture"))
    def replacing(self, obj):
        """Why somebody cannot replace it."""
        return _("Patients see it. Only someone who may publish these pages replaces it.")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.replaced:
            request.showing = publishing.replace_picture(
                old=form.replaced, new=obj, by=request.user, note=_("Another picture in place of one")
            )

    def response_change(self, request, obj):
        if not hasattr(request, "showing"):
            return super().response_change(request, obj)
        shown = format_html_join(", ", '<a href="{}">{}</a>', ((admin_address(page), page) for page in request.showing))
        words = _("Replaced on: {}. Read whether the words there still say what it shows. The old picture is kept, unused.")
        messages.success(request, format_html(words, shown))
        return redirect(reverse("admin:education_picture_change", args=[obj.pk]))

    def get_deleted_objects(self, objs, request):
        """Pictures that a page shows are kept."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        uses = publishing.picture_uses()
        used = [format_html("{}: {}", picture, _linked(uses[picture.name])) for picture in objs if picture.name in uses]
        return to_delete, counts, lacking, [*protected, *used]

    def render_delete_form(self, request, context):
        """The question whether to delete, with how many earlier versions of pages show it."""
        earlier = Revision.objects.filter(text__contains=context["object"].name).count()
        return super().render_delete_form(request, context | {"earlier": earlier})

    def delete_model(self, request, obj):
        remove_picture(obj)

    def delete_queryset(self, request, queryset):
        for picture in queryset:
            remove_picture(picture)


def markdown_of(picture):
    """The Markdown that shows a picture with its own words; with words to replace where it has none."""
    if picture.is_decoration:
        return f'![]({picture.address} "decoration")'
    words = re.sub(r"([\[\]\\])", r"\\\1", picture.alt) or PICTURE_TO_DESCRIBE
    return f"![{words}]({picture.address})"


def _uses(request):
    """`publishing.picture_uses()`, asked once a request."""
    if not hasattr(request, "picture_uses"):
        request.picture_uses = publishing.picture_uses()
    return request.picture_uses


def _may_replace(user, uses):
    """Whether a user may change all of the pages, and publish where patients see one."""
    may_publish = user.has_perm(publishing.PUBLISH)
    return all(
        user.has_perm(f"education.{get_permission_codename('change', use.page._meta)}")
        and (may_publish or use.page.status == use.page.Status.DRAFT)
        for use in uses
    )


def _linked(uses):
    return format_html_join(", ", '<a href="{}">{}</a>', ((admin_address(use.page), use.page) for use in uses))

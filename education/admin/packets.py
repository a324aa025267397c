"""Packets: pages are picked by their titles, one a row, in the order in which they are printed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from education.admin.forms import PageForm
from education.admin.pages import PageAdmin
from education.documents.registry import PACKET_MAX_PAGES, READING
from education.models import PAGE_MODELS, Alias, Packet

SPARE_ROWS = 6
_BETWEEN = " · "


class PageNamesWidget(forms.Widget):
    """A text input a row that offers every page as one types. Rows hold `Title · name`; a bare name is taken, too."""

    template_name = "admin/widgets/page_names.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        titles = _titles()
        choices = {page: f"{title}{_BETWEEN}{page}" for page, title in titles.items()}
        shown = [choices.get(page, page) for page in value or ()]
        shown += [""] * min(SPARE_ROWS, PACKET_MAX_PAGES - len(shown))
        rows = [{"name": f"{name}_{row}", "value": text} for row, text in enumerate(shown)]
        context["widget"] |= {"rows": rows, "choices": choices.values()}
        return context

    def value_from_datadict(self, data, files, name):
        rows = [data.get(f"{name}_{row}", "").rpartition(_BETWEEN)[2].strip() for row in range(PACKET_MAX_PAGES)]
        return [row for row in rows if row]

    def value_omitted_from_data(self, data, files, name):
        return f"{name}_0" not in data

    def id_for_label(self, id_):
        return f"{id_}_0"


class PageNamesField(forms.Field):
    """A list of names of pages (`topics/after-your-visit`), which exist or are old names."""

    widget = PageNamesWidget

    def validate(self, value):
        super().validate(value)
        old = Alias.objects.filter(language=get_language()).values_list("collection", "slug")
        unknown = set(value).difference(_titles(), map("/".join, old))
        if unknown:
            raise ValidationError(
                _("Choose pages that are offered as you type. Not a page: %(names)s."),
                params={"names": ", ".join(sorted(unknown))},
            )

    def has_changed(self, initial, data):
        return list(initial or ()) != list(data or ())


class PacketForm(PageForm):
    """Fields of one packet."""

    pages = PageNamesField(
        help_text=_("Type a word of a page’s title and choose it. Empty rows are left out; save for more rows.")
    )


@admin.register(Packet)
class PacketAdmin(PageAdmin):
    """Packets."""

    form = PacketForm
    own_fields = ("pages",)


def _titles():
    """The pages that a packet may hold, with their titles, by name."""
    return {
        f"{collection}/{slug}": title
        for collection in READING
        for slug, title in PAGE_MODELS[collection].objects.in_language(get_language()).values_list("slug", "title")
    }

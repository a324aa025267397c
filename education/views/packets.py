"""Packets: several pages as one document to print or to open on a phone. Who asks for one is neither known nor kept."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from education.documents.registry import PACKET_MAX_PAGES
from education.handouts import find_named, pdf_maker, qr_svg, read_codes, read_together, write_codes
from education.models import FAQ, Condition, Packet, Topic
from education.seo.graph import absolute
from education.views import breadcrumbs
from education.views.pages import PageDetail, PageList


class PacketList(PageList):
    """The ready-made packets."""

    model = Packet
    template_name = "education/packet_list.html"
    title = _("Packets to print or take along")
    description = _("Pages that belong together, as one document. You can also pick the pages yourself.")


class PacketDetail(PageDetail):
    """A ready-made packet."""

    model = Packet
    template_name = "education/packet.html"

    def get_breadcrumbs(self):
        return breadcrumbs.to_list(_("Packets"), "packet-list")

    def get_text(self):
        packet = self.object
        # A page that is not public is left out without a word: to mend that is for staff, not for patients.
        pages = find_named(packet.pages, packet.language)
        reading = read_together(pages.values(), packet.language, body=packet.body, also=packet.sources.published())
        return _document(reading, pages, packet.get_absolute_url())


class PickedPacket(TemplateView):
    """A packet whose pages are in its address: those that are public, in the order asked for, each once."""

    template_name = "education/packet.html"

    def get_context_data(self, **kwargs):
        language = get_language()
        names, unknown = _names_in(self.kwargs["codes"], language)
        pages = _public(names[:PACKET_MAX_PAGES], language)
        return super().get_context_data(
            **_document(read_together(pages.values(), language), pages, _picked_path(pages, language)),
            breadcrumbs=breadcrumbs.to_list(_("Packets"), "packet-list"),
            has_pdf=pdf_maker() is not None,
            is_incomplete=unknown or len(pages) < len(names[:PACKET_MAX_PAGES]),
            is_cut_off=len(names) > PACKET_MAX_PAGES,
            most=PACKET_MAX_PAGES,
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(context, headers={"X-Robots-Tag": "noindex"}, **kwargs)


class PacketMaker(TemplateView):
    """All pages that a packet may hold, to tick; what is ticked becomes an address."""

    template_name = "education/packet_make.html"

    def get(self, request, *args, **kwargs):
        groups = self.get_groups()
        known = {name for _title, pages in groups for name, _page_title in pages}
        ticked = [name for name in dict.fromkeys(request.GET.getlist("pages")) if name in known]
        is_sent = "make" in request.GET
        if is_sent and 0 < len(ticked) <= PACKET_MAX_PAGES:
            return HttpResponseRedirect(_picked_path(ticked, get_language()))
        return self.render_to_response(self.get_context_data(groups=groups, ticked=ticked, is_sent=is_sent))

    def get_groups(self):
        """What can be ticked: `(heading, [(name, title)])`."""
        questions = FAQ.objects.order_by("topic__position", "topic__title", "position", "title", "id")
        groups = ((_("Topics"), Topic.objects.all()), (_("Conditions"), Condition.objects.all()), (_("Questions"), questions))
        return [(heading, _names_and_titles(rows)) for heading, rows in groups]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("Make a packet"),
            description=_("Tick the pages that you want together. You get one address, a QR code and one document to print."),
            breadcrumbs=breadcrumbs.to_list(_("Packets"), "packet-list"),
            most=PACKET_MAX_PAGES,
            **kwargs,
        )


@require_safe
def packet_qr(request, slug):
    """The QR code of a ready-made packet."""
    packet = get_object_or_404(Packet.objects.in_language(get_language()).published(), slug=slug)
    return _qr_code(packet.get_absolute_url())


@require_safe
def picked_packet_qr(request, codes):
    """The QR code of a packet whose pages are in its address."""
    names, _unknown = _names_in(codes, get_language())
    return _qr_code(_picked_path(_public(names[:PACKET_MAX_PAGES], get_language()), get_language()))


def _names_and_titles(rows):
    pages = rows.in_language(get_language()).published().only("slug", "title")
    return [(f"{page.collection}/{page.slug}", page.title) for page in pages]


def _names_in(codes, language):
    """The names of the pages whose codes an address holds, each once; whether it holds codes of no page."""
    names = read_codes(codes, language)
    return list(dict.fromkeys(name for name in names if name)), None in names


def _public(names, language):
    pages = find_named(names, language)
    if not pages:
        raise Http404
    return pages


def _picked_path(names, language):
    return reverse("education:picked-packet", args=[write_codes(names, language)])


def _document(reading, pages, path):
    """Template context of a packet at `path`: its reading, the names of its pages, its address and its QR code's."""
    return {
        "prose": reading,
        "text": reading.text,
        "names": list(pages),
        "path": path,
        "address": absolute(path),
        "qr": f"{path}qr.svg",
    }


def _qr_code(path):
    return HttpResponse(qr_svg(absolute(path)), content_type="image/svg+xml", headers={"X-Robots-Tag": "noindex"})

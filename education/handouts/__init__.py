"""Pages for paper: packets of several pages, their short addresses and QR codes, and PDFs.

Nothing is stored here: a packet that somebody puts together is an address made of the identities of its pages.
"""

from functools import cache

from education.handouts.codes import read_codes, write_codes
from education.handouts.packet import Part, Reading, find_named, read_together
from education.handouts.pdf import PdfFailed, can_make_pdf, make_pdf
from education.handouts.qr import qr_svg

__all__ = ["Part", "PdfFailed", "Reading", "find_named", "pdf_maker", "qr_svg", "read_codes", "read_together", "write_codes"]


@cache
def pdf_maker():
    """`make_pdf`; None on a server without WeasyPrint or the libraries that it draws with. It is looked for once."""
    return make_pdf if can_make_pdf() else None

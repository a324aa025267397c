"""QR codes, drawn here: no other site is asked."""

from io import BytesIO


def qr_svg(text):
    """A QR code (ISO/IEC 18004) for a text, as an SVG file's bytes: black on white also on a dark page, with its quiet zone.

    It has no size of its own, and level M: a seventh of it may be smudged.
    """
    import segno  # noqa: PLC0415 - only who draws a code needs it, and a parser of XML with it, in memory

    output = BytesIO()
    segno.make_qr(text, error="m").save(output, kind="svg", border=4, light="white", omitsize=True)
    return output.getvalue()

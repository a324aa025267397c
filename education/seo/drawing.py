"""Drawing the picture of a page for other sites, with Pillow."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_MARGIN = 80
_PAGE, _BAND, _ACCENT, _STRONG, _QUIET = "#fdfcfa", "#f4efe6", "#0d5566", "#08333e", "#514b45"


@lru_cache(maxsize=32)
def draw_png(title, name, size):
    """The PNG of `education.seo.picture.draw`, of a size in pixels."""
    picture = Image.new("RGB", size, _PAGE)
    brush = ImageDraw.Draw(picture)
    width, height = size
    brush.rectangle((0, 0, width, 24), fill=_ACCENT)
    brush.rectangle((0, height - 150, width, height), fill=_BAND)
    lines, font, step = _fit(title, width - 2 * _MARGIN, height - 150 - 24 - _MARGIN)
    top = 24 + (height - 150 - 24 - step * len(lines)) / 2
    for number, line in enumerate(lines):
        brush.text((_MARGIN, top + step * number), line, font=font, fill=_STRONG, stroke_width=1, stroke_fill=_STRONG)
    _draw_mark(picture, (_MARGIN, height - 111))
    brush.text((_MARGIN + 96, height - 75), name, font=ImageFont.load_default(40), fill=_QUIET, anchor="lm")
    output = BytesIO()
    picture.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def _fit(title, width, height):
    """The largest size at which the title stands whole: its lines, its font, and the height of a line in pixels."""
    for size in range(96, 24, -6):
        font = ImageFont.load_default(size)
        lines = _wrap(title, font, width)
        if size * 1.2 * len(lines) <= height and all(font.getlength(line) <= width for line in lines):
            break
    return lines, font, size * 1.2


def _wrap(text, font, width):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _draw_mark(picture, place):
    """The site's mark (static/img/favicon.svg), 72 pixels wide; drawn four times as large, for smooth edges."""
    unit = 4 * 72 / 32
    mark = Image.new("RGB", (288, 288), _BAND)
    brush = ImageDraw.Draw(mark)
    brush.rounded_rectangle((0, 0, 287, 287), radius=9 * unit, fill=_ACCENT)
    brush.arc([at * unit for at in (5.3, 7.0, 24.5, 26.2)], start=-28, end=295, fill="#96b6bd", width=round(2.2 * unit))
    brush.arc([at * unit for at in (10.3, 12.3, 19.7, 21.7)], start=-12, end=282, fill="#cfdde0", width=round(2.2 * unit))
    brush.line([at * unit for at in (14.6, 17.4, 26.5, 5.5)], fill="white", width=round(2.4 * unit))
    picture.paste(mark.resize((72, 72), Image.Resampling.LANCZOS), place)

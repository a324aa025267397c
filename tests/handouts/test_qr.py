"""QR codes, read again as a phone would."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from education.handouts import qr_svg


def draw(svg, scale=4):
    """The picture that a browser draws of a QR code's SVG: strokes one unit high, on the light square behind them."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture = Image.new("L", (size * scale, size * scale), "white")
    pen, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="(M[^"]*h[^"]*)"', svg.split('stroke="#000"')[1])[1]):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            pen.rectangle([x * scale, (y - 0.5) * scale, (x + values[0]) * scale - 1, (y + 0.5) * scale - 1], fill="black")
            x += values[0]
        else:
            x, y = values if command == "M" else (x + values[0], y + values[1])
    return picture


def read_qr(svg):
    """The text of the QR code that an SVG file's bytes show."""
    return zxingcpp.read_barcode(draw(svg.decode())).text


@pytest.mark.parametrize("length", [1, 30, 200])
def test_says_what_it_was_made_for(length):
    """From a short packet to one of 30 pages."""
    address = "https://clinic.example/p/" + "2xjp5-" * length
    assert read_qr(qr_svg(address)) == address


def test_keeps_its_quiet_zone_and_its_light_ground_and_needs_no_style():
    svg = qr_svg("https://clinic.example/").decode()
    assert 'fill="#fff"' in svg
    assert "style" not in svg
    assert draw(svg, scale=1).crop((0, 0, 33, 4)).getextrema() == (255, 255)

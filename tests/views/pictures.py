"""A picture as staff send it."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(size=(1000, 500)):
    """A file of a plain picture."""
    data = BytesIO()
    Image.new("RGB", size, "teal").save(data, "PNG")
    return SimpleUploadedFile("picture.png", data.getvalue(), "image/png")

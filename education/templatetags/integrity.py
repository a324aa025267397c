"""What a browser must find in a script before it runs it."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders

register = template.Library()


@register.simple_tag
@cache
def integrity(name):
    """The digest of a static file (`js/page.js`) as the `integrity` attribute wants it (W3C Subresource Integrity)."""
    return "sha384-" + b64encode(hashlib.sha384(Path(finders.find(name)).read_bytes()).digest()).decode()

"""What search engines and other sites are told about a page: its address, its picture, its data."""

from education.seo.graph import Subject
from education.seo.head import Head, describe
from education.seo.picture import draw, picture_path, picture_words
from education.seo.versions import Version, versions

__all__ = ["Head", "Subject", "Version", "describe", "draw", "picture_path", "picture_words", "versions"]

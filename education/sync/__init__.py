"""content/ ⇄ pages: read and check files, plan what each means against base and staff, apply it whole or not at all; export."""

from education.sync.apply import import_content
from education.sync.export import content_files, export_content
from education.sync.read import path_of
from education.sync.report import Report

__all__ = ["Report", "content_files", "export_content", "import_content", "path_of"]

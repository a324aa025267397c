"""Check the Markdown files in content/ against the rules for patient pages: plain words, structure, safety, trust.

Prints each finding as path:line: rule, how grave: what to do. Errors end the command with exit code 1; warnings are advice.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from education.checks import ERROR, CheckedPage, Site, check
from education.sync.check import parse_all
from education.sync.read import read_folder


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR, help="default: %(default)s")
        parser.add_argument("--grades", action="store_true", help="list how hard each page is to read, hardest first")
        parser.add_argument("--strict", action="store_true", help="warnings count as errors")

    def handle(self, *, folder, grades, strict, verbosity, **options):
        files = self.read(folder)
        site = Site.of([file.document for file in files], today=datetime.now(UTC).date())
        found = [(file, finding) for file in files for finding in check(file.document, site)]
        errors = sum(finding.severity == ERROR for _, finding in found)
        for file, finding in found:
            self.stdout.write(f"{file.path}:{line_of(file, finding)}: rule {finding.rule}, {finding.severity}: {finding.message}")
        if grades:
            self.print_grades(files, site)
        if verbosity:
            self.stdout.write(f"{len(files):,} pages: {errors:,} errors, {len(found) - errors:,} warnings")
        if errors or (strict and found):
            raise CommandError(f"{folder} does not keep the rules for patient pages")

    def read(self, folder):
        mistakes = []
        files = parse_all(read_folder(folder, mistakes), mistakes)
        for mistake in sorted(mistakes):
            self.stderr.write(str(mistake))
        if mistakes:
            raise CommandError(f"{len(mistakes):,} mistakes in {folder}; nothing was checked")
        return files

    def print_grades(self, files, site):
        pages = [
            (CheckedPage(file.document, site).reading, file) for file in files if file.document.identity.collection != "sources"
        ]
        self.stdout.write("\nGrade: whole text, running text alone; share of sentences over 20 words; longest sentence, in words")
        for reading, file in sorted(pages, key=lambda pair: (-(pair[0].grade or 0), pair[1].path)):
            longest = max((len(sentence.words) for sentence in reading.sentences), default=0)
            grades = "  ".join(shown(measure.grade) for measure in (reading.whole, reading.running))
            self.stdout.write(f"{grades}  {reading.share_longer_than(20):4.0%}  {longest:3}  {file.path}")


def line_of(file, finding):
    """The line of the file that a finding is about."""
    if finding.key == "body":
        return file.body_line + finding.line - 1
    return file.lines.get(finding.key, 1)


def shown(grade):
    """A grade in five columns."""
    return "    –" if grade is None else f"{grade:5.1f}"

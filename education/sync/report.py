"""What an import did, or would do."""

from dataclasses import dataclass, field

KINDS = {
    "created": "new pages",
    "updated": "took over the file",
    "merged": "file and staff changed different parts",
    "suggested": "file and staff changed the same part; staff's text stays, decide in the admin",
    "kept": "edited by staff, to export",
    "missing": "removed from content/, the page stays",
    "unpublished": "removed from content/, taken from the public",
    "unchanged": "the same",
}


@dataclass
class Report:
    """The pages (identities) by what became of each; `details` says more about one, such as the parts in conflict."""

    pages: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    details: dict[str, str] = field(default_factory=dict)

    def add(self, kind, page, detail=""):
        """Note what became of a page."""
        self.pages[kind].append(page)
        if detail:
            self.details[page] = detail

    def lines(self, *, everything=False):
        """The report for a terminal: each page that is not simply unchanged (those too with `everything`), then counts."""
        for kind, pages in self.pages.items():
            if kind != "unchanged" or everything:
                for page in pages:
                    yield f"{kind:>11}  {page}" + (f"  ({self.details[page]})" if page in self.details else "")
        for kind, meaning in KINDS.items():
            if self.pages[kind]:
                yield f"{len(self.pages[kind]):6,} {kind}: {meaning}"
        if not any(self.pages.values()):
            yield "no pages"

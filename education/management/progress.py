"""How far a long command is: a bar on a terminal, silence in a pipe."""

import time


class Progress:
    """Call it with items and a label: it yields the items and draws a bar on `stream` while they pass."""

    width = 30

    def __init__(self, stream, *, visible=True):
        self.stream = stream
        self.visible = visible and stream.isatty()

    def __call__(self, items, label):
        """The items, one after the other; the bar stands still while the caller works on one."""
        if not self.visible:
            yield from items
            return
        total = len(items) if hasattr(items, "__len__") else None
        shown_at = 0.0
        count = 0
        for count, item in enumerate(items, start=1):
            if time.monotonic() - shown_at > 0.1:
                self.draw(label, count, total)
                shown_at = time.monotonic()
            yield item
        self.draw(label, count, total)
        self.stream.write("\n")

    def draw(self, label, count, total):
        """Draw the bar, or a count where the total is not known."""
        if total:
            done = self.width * count // total
            bar = f"[{'#' * done}{'.' * (self.width - done)}] {count:,} of {total:,}"
        else:
            bar = f"{count:,}"
        self.stream.write(f"\r{label:>12} {bar}")
        self.stream.flush()

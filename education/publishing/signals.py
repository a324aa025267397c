"""What upper layers can listen to. Signals tell that something happened; they decide nothing."""

from django.dispatch import Signal

# `pages`: rows that were just written or deleted (a deleted one has no `pk` any more), of any collection. Sent within the
# transaction that wrote them, so that what listens is undone with it.
pages_changed = Signal()

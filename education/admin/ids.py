"""Numbers that a request claims to be ids."""

# The longest that fits into a database's big integer.
MOST_DIGITS = 18


def as_id(text):
    """The number that a text from a request holds; None where no row can have it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None

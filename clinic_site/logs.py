"""What logs may hold: never what someone searched for, which stands in the query part of an address."""

import logging
import re

_QUERY = re.compile(r"\?\S*")


class WithoutQuery(logging.Filter):
    """Takes the query part from addresses in a record's arguments, such as the request line that runserver logs."""

    def filter(self, record):
        """Always true: the record stays, without the query."""
        if isinstance(record.args, tuple):
            record.args = tuple(_QUERY.sub("?…", part) if isinstance(part, str) else part for part in record.args)
        return True

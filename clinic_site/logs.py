"""What logs may hold: what the site did, and nothing that tells who asked or what for.

No address of a client, no referrer, no search words, no cookies, nothing that somebody sent (ASVS 5.0, 16.2.5). One event is
one line, whatever a name or an address has in it (16.4.1).
"""

import json
import logging
import re
import time

HIDDEN = "…"
# Shorter than this, what a client sent tells nothing, and stands in every line of code.
SHORTEST_TOLD = 3

_QUERY = re.compile(r"\?\S*")
# Headers that are not the client's own words, but the same for everyone.
_PUBLIC_META = {"SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "HTTP_ACCEPT", "HTTP_CONNECTION", "HTTP_X_FORWARDED_PROTO"}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class PrivateFormatter(logging.Formatter):
    """Times in UTC; a record that knows its request is written without anything that the request brought."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record):  # noqa: N802 - Python's name
        """The line, in which line breaks and other signs that nobody sees are spelt out."""
        line = _UNSEEN.sub(lambda sign: repr(sign[0])[1:-1], super().formatMessage(record))
        return _without(line, _told_by(record))

    def formatException(self, exc_info):  # noqa: N802 - Python's name
        """The traceback; what a client sent is taken out by `format`, which knows the record."""
        return super().formatException(exc_info)

    def format(self, record):
        """The line and, below it, the traceback if there is one."""
        # A traceback that another formatter kept on the record may hold what is hidden here.
        record.exc_text = None
        text = _without(super().format(record), _told_by(record))
        record.exc_text = None
        return text


class JsonFormatter(PrivateFormatter):
    """One object of JSON in ASCII a line: time, level, logger, message, and what an audit event or an error adds."""

    def format(self, record):
        """The line; nothing in it can begin another."""
        told = _told_by(record)
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            **_event(record),
        }
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({key: _without(value, told) if isinstance(value, str) else value for key, value in line.items()})


class WithoutQuery(logging.Filter):
    """Takes the query part from addresses in a record's arguments, such as the request line that runserver logs."""

    def filter(self, record):
        """Always true: the record stays, without the query."""
        if isinstance(record.args, tuple):
            record.args = tuple(_QUERY.sub(f"?{HIDDEN}", part) if isinstance(part, str) else part for part in record.args)
        return True


def _event(record):
    """The parts of an audit event (`education.publishing.audit` logs JSON), else the message."""
    message = record.getMessage()
    return json.loads(message) if record.name == "education.audit" else {"message": message}


def _told_by(record):
    """What the client of a record's request sent, longest first: nothing of it is logged."""
    request = getattr(record, "request", None)
    if not hasattr(request, "META"):
        return []
    told = {value for key, value in request.META.items() if key.startswith(("HTTP_", "REMOTE_")) and key not in _PUBLIC_META}
    told |= {part.strip() for value in told for part in str(value).split(",")}
    told |= {request.META.get("QUERY_STRING", ""), *request.COOKIES.values(), *_values(request.GET)}
    # A body that no view has read stays unread.
    told |= set(_values(getattr(request, "_post", {})))
    match = getattr(request, "resolver_match", None)
    told.add(match.kwargs.get("token", "") if match else "")
    return sorted((str(value) for value in told if len(str(value)) >= SHORTEST_TOLD), key=len, reverse=True)


def _values(sent):
    return [value for values in getattr(sent, "lists", dict)() for value in values[1]] if sent else []


def _without(text, told):
    for value in told:
        text = text.replace(value, HIDDEN).replace(repr(value)[1:-1], HIDDEN)
    return text

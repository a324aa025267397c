"""Tables as lines of JSON, alike for every database: the names of the columns, then the rows in the order of their key."""

import hashlib
import json
from itertools import chain, islice

from django.db import connection

# What no backup holds: it lets people in, or counts them, and is over soon.
LEFT_OUT = {"sessions.session", "education.previewlink", "accounts.logincount"}


def tables(apps):
    """The models of an app registry whose rows are kept, by label; links between rows are models too."""
    models = apps.get_models(include_auto_created=True)
    kept = {model._meta.label_lower: model for model in models if model._meta.managed and not model._meta.proxy}
    return {label: kept[label] for label in sorted(kept.keys() - LEFT_OUT)}


def dump(model):
    """Yield a table's lines (bytes)."""
    fields = _fields(model)
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in chain([[field.column for field in fields]], rows.iterator(chunk_size=2000)):
        yield json.dumps(row, default=_text, sort_keys=True).encode() + b"\n"


def load(model, lines):
    """Put a table's lines in the place of its rows. Nothing but the rows is written: no signals, no new times."""
    fields, quote = _fields(model), connection.ops.quote_name
    lines = map(json.loads, lines)
    by_column = {field.column: field for field in fields}
    fields = [by_column[column] for column in next(lines, [])]
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(model._meta.db_table)}")  # noqa: S608 - names of our own tables
        insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
        while some := list(islice(lines, 1000)):
            cursor.executemany(insert, [list(map(_stored, fields, row)) for row in some])


def digest(lines):
    """The number of rows and the SHA-256 of a table's lines."""
    found, count = hashlib.sha256(), -1
    for line in lines:
        found.update(line)
        count += 1
    return {"rows": count, "sha256": found.hexdigest()}


def _fields(model):
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _text(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _stored(field, value):
    return field.get_db_prep_save(field.to_python(value), connection)

"""Content folders and what an import makes of them."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import DatabaseError, connection, transaction

from education.documents import serialize
from education.sync import export_content
from education.sync.apply import no_progress
from education.sync.read import path_of
from tests.factories import write_file


@contextmanager
def undone():
    """What is written inside is taken back at the end: each example of a property starts from the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def failing_at(number):
    """The statement with this number (from 0) of those that write fails, as on a full disk."""
    count = 0

    def execute(run, sql, params, many, context):
        nonlocal count
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            count += 1
            if count > number:
                raise DatabaseError("the disk is full")
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


@contextmanager
def folder_of(documents):
    """A content folder with the canonical files of some documents."""
    with TemporaryDirectory() as folder:
        write_all(Path(folder), documents)
        yield Path(folder)


def write_all(folder, documents):
    for document in documents:
        write_file(folder, serialize(document), path_of(document.identity))


def files_in(folder):
    """The bytes of every file below a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def export(folder):
    """Export into a folder; gives the paths that changed."""
    return export_content(folder, progress=no_progress)

"""Import: read, check, plan, and write all of it or nothing."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from education.documents import ContentError, ContentErrors, digest, parse
from education.models import ContentFile
from education.publishing import record
from education.publishing.rules import check_together
from education.sync.check import CrossCheck, parse_all
from education.sync.plan import State, plan_file, plan_missing
from education.sync.read import read_folder
from education.sync.report import Report


def no_progress(items, _label):
    """Goes through `items` and shows nothing."""
    return items


def import_content(folder, *, dry_run=False, unpublish_missing=False, progress=no_progress):
    """Bring the pages up to the files in `folder`; gives a `Report`.

    Staff's edits stay (see `plan`). Raises ContentErrors, with every mistake of every file, before anything is written.
    `dry_run` plans the same and writes nothing. `unpublish_missing` takes pages whose file is gone from the public.
    `progress(items, label)` yields the items and may show how far it is.
    """
    errors = []
    files = read_folder(folder, errors)
    if unpublish_missing and not files:
        errors.append(ContentError(str(folder), 1, "file", "expected pages; an empty folder would unpublish the whole site"))
    digests = {file.path: digest(file.data) for file in files}
    parsed = _read_and_check(files, digests, errors, progress)
    with transaction.atomic():
        _wait_for_other_imports()
        steps = _plan(files, digests, parsed, unpublish_missing, progress)
        changes = [change for step in steps for change in step.changes]
        check_together(changes)
        if not dry_run:
            _write(changes, [step.content_file for step in steps if step.content_file], progress)
    report = Report()
    for step in steps:
        report.add(step.kind, step.page, step.detail)
    return report


def _read_and_check(files, digests, errors, progress):
    """The files that are not as they were at their last import, parsed, by path. Raises ContentErrors."""
    state = State()
    open_files = [file for file in files if state.settled(file, digests[file.path]) is None]
    parsed = parse_all(open_files, errors, lambda items: progress(items, "reading"))
    check = CrossCheck([file.identity for file in files], parsed, lambda file: state.is_live(file.document))
    errors += check.run(lambda items: progress(items, "checking"))
    by_path = {file.path: file for file in parsed}
    owners = {}
    for file in files:
        document = by_path[file.path].document if file.path in by_path else None
        owner = owners.setdefault(state.page_of(file.identity, document), file)
        if owner is not file:
            errors.append(ContentError(file.path, 1, "file", f"expected one file for a page; {owner.path} is the same page's"))
    if errors:
        raise ContentErrors(errors)
    return by_path


def _wait_for_other_imports():
    """Imports take turns until their transaction ends: SQLite's do anyway, others' by this row, which always exists."""
    ContentType.objects.select_for_update(no_key=True).get(app_label="education", model="contentfile")


def _plan(files, digests, parsed, unpublish_missing, progress):
    state, steps, seen = State(), [], set()
    for file in progress(files, "comparing"):
        step = state.settled(file, digests[file.path])
        if step is None:
            document = parsed.get(file.path) or parse(file.data, file.identity, file.path)
            seen.add(str(state.page_of(file.identity, document.document)))
            step = plan_file(document, digests[file.path], state)
        seen.add(step.page)
        steps.append(step)
    return steps + [plan_missing(page, state, unpublish=unpublish_missing) for page in state.missing(seen)]


def _write(changes, content_files, progress):
    for _ in progress([changes], "writing"):
        record(changes)
    ContentFile.objects.bulk_create([file for file in content_files if file.pk is None], batch_size=500)
    for file in content_files:
        if file.pk is not None:
            file.save()

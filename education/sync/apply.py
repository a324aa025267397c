"""Import: read, check, plan, and write all of it or nothing."""

from django.db import transaction

from education.documents import ContentErrors, Identity, digest, parse
from education.models import PAGE_MODELS, ContentFile, Revision
from education.publishing import Change, live_document, record
from education.sync.check import CrossCheck, parse_all
from education.sync.plan import State, Step, plan_file
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
    digests = {file.path: digest(file.data) for file in files}
    state = State()
    open_files = [file for file in files if state.settled(file, digests[file.path]) is None]
    parsed = parse_all(open_files, errors, lambda items: progress(items, "reading"))
    check = CrossCheck([file.identity for file in files], parsed)
    errors += check.run(lambda items: progress(items, "checking"))
    if errors:
        raise ContentErrors(errors)
    by_path = {file.path: file for file in parsed}
    if dry_run:
        return _report(_plan(files, digests, by_path, State(), unpublish_missing, progress))
    with transaction.atomic():
        steps = _plan(files, digests, by_path, State(), unpublish_missing, progress)
        _write(steps, progress)
    return _report(steps)


def _plan(files, digests, parsed, state, unpublish_missing, progress):
    steps, seen = [], set()
    for file in progress(files, "comparing"):
        step = state.settled(file, digests[file.path])
        if step is None:
            document = parsed.get(file.path) or parse(file.data, file.identity, file.path)
            seen.add(str(state.page_of(file.identity, document.document)))
            step = plan_file(document, digests[file.path], state)
        seen.add(step.page)
        steps.append(step)
    return steps + [_plan_missing(page, unpublish_missing) for page in state.missing(seen)]


def _plan_missing(name, unpublish):
    identity = Identity.from_string(name)
    page = PAGE_MODELS[identity.collection].objects.select_related("revision", "draft").get(
        language=identity.language, slug=identity.slug
    )
    if not unpublish or page.status != page.Status.PUBLISHED:
        return Step("missing", name)
    document = live_document(page).changed(status=None)
    change = Change(document, page, Revision.Origin.FILE, note="Its file was removed from content/", keep_draft=True)
    return Step("unpublished", name, "", [change])


def _write(steps, progress):
    """Write all steps: pages in portions, so that progress shows, then what is remembered of the files."""
    changes = [change for step in steps for change in step.changes]
    for _ in progress([changes], "writing"):
        record(changes)
    remembered = [step.content_file for step in steps if step.content_file]
    ContentFile.objects.bulk_create([file for file in remembered if file.pk is None], batch_size=500)
    for file in remembered:
        if file.pk is not None:
            file.save()


def _report(steps):
    report = Report()
    for step in steps:
        report.add(step.kind, step.page, step.detail)
    return report

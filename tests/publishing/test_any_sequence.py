"""Whatever people do in whatever order: the public sees published words only, and "reviewed" means this very text."""

import itertools
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from education.documents import ContentErrors, Document, signed_off
from education.models import ContentFile, Revision, Topic
from education.models.page import today
from education.publishing import (
    Collision,
    accept_suggestion,
    delete,
    deleted_pages,
    keep_aside,
    keep_ours,
    live_document,
    mark_reviewed,
    publish,
    publish_due,
    restore,
    save,
    save_draft,
    staff_document,
    unpublish,
)
from education.sync import import_content
from tests.factories import make_document
from tests.publishing.words import member_of, user_who_may
from tests.strategies import examples
from tests.sync.folders import undone, write_all

pytestmark = pytest.mark.django_db

REFUSED = (PermissionDenied, ContentErrors, Collision, ContentFile.DoesNotExist)
PARTS = ("title", "summary", "body")
USERS = ("Editor", "Publisher", "Clinical reviewer", "everything")


class Clinic:
    """A page, its file and its people. Every word that anybody writes is a new one, so that it can be followed.

    `shown` holds the words that somebody who may publish has published (or that came by file), `signed` the digests of
    what was signed off.
    """

    def __init__(self, folder):
        self.folder, self.words = Path(folder), map("w{}".format, itertools.count())
        self.users = {name: member_of(name) for name in USERS[:3]}
        self.users["everything"] = user_who_may(
            "add_topic", "change_topic", "delete_topic", "publish_pages", "review_pages", name="everything"
        )
        self.shown, self.signed, self.day = set(), set(), today()
        self.days = map(date.fromordinal, itertools.count(date(2026, 1, 1).toordinal()))
        self.file = make_document(title="w", summary="w", body="w")
        self.write_file(sign=True)

    def page(self):
        return Topic.objects.first()

    def may(self, user, permission):
        return self.users[user].has_perm(f"education.{permission}")

    def text(self, page, parts, slug=None, *, of=staff_document, mark=False):
        """What stands in the form with new words in some parts."""
        document = of(page) if page else make_document(title="w", summary="w", body="w")
        values = {part: next(self.words) for part in parts}
        body = values.pop("body", document.body)
        if mark:
            values |= {"reviewed_on": next(self.days), "reviewed_by": "Dr. Form"}
        identity = document.identity._replace(slug=slug or document.identity.slug)
        return Document(identity, document.changed(**values).fields, body)

    def note_shown(self, document):
        self.shown.update(document.parts()[part] for part in PARTS)

    def note_signed(self, document):
        self.signed.add(signed_off(document))

    def saving(self, action, user, document, page, **more):
        """Save a text; note whose words may be shown and what was signed off."""
        before = [live_document(page), staff_document(page)] if page else []
        known = {(text.get("reviewed_on"), text.get("reviewed_by")) for text in before}
        row = action(document=document, by=self.users[user], page=page, **more)
        typed = document.get("reviewed_on"), document.get("reviewed_by")
        if all(typed) and typed not in known and self.may(user, "review_pages"):
            self.note_signed(document)
        if action is not save_draft and self.may(user, "publish_pages"):
            self.note_shown(document)
        return row

    def write_file(self, parts=(), *, sign=False, **fields):
        values = {part: next(self.words) for part in parts}
        body = values.pop("body", self.file.body)
        if sign:
            values |= {"reviewed_on": next(self.days), "reviewed_by": "Dr. File", "reviewed_text": None}
        self.file = Document(self.file.identity, self.file.changed(**values, **fields).fields, body)
        if sign:
            self.note_signed(self.file)
        self.note_shown(self.file)
        write_all(self.folder, [self.file])
        import_content(self.folder)

    EDITS = {"save": save, "draft": save_draft, "publish": publish}

    def do(self, act, user, parts, choice, mark):
        """One thing that one person does; what is refused is refused."""
        page, by = self.page(), self.users[user]
        if act == "file":
            self.write_file(parts, sign=mark)
        elif act in self.EDITS:
            self.saving(self.EDITS[act], user, self.text(page, parts, mark=mark), page)
        elif act == "plan":
            self.saving(publish, user, self.text(page, parts), page, publish_on=self.day + timedelta(days=1 + choice % 2))
        elif act == "rename":
            self.saving(save, user, self.text(page, parts, slug=("dry-needling", "needling")[choice % 2], of=live_document), page)
        elif act == "a day passes":
            self.day += timedelta(days=1)
        elif act == "restore":
            revisions = Revision.objects.filter(page=page.identity) if page else deleted_pages()
            revision = revisions[choice % revisions.count()]
            restore(revision=revision, by=by)
            if self.may(user, "publish_pages"):
                self.note_shown(live_document(self.page()))
        elif page:
            self.decide(act, user, by, page, mark)

    def decide(self, act, user, by, page, mark):
        if act == "publish the draft":
            document = staff_document(page)
            publish(page=page, by=by)
            self.note_shown(document)
        elif act == "unpublish":
            unpublish(page=page, by=by)
        elif act == "delete":
            delete(page=page, by=by)
        elif act == "sign off":
            document = live_document(page)
            mark_reviewed(page=page, by=by, reviewed_by="Dr. A", reviewed_on=next(self.days), based_on=page.revision_id)
            self.note_signed(document)
        elif act == "accept":
            accept_suggestion(page=page, by=by)
        elif act == "keep ours":
            keep_ours(page=page, by=by)
        elif act == "keep aside":
            keep_aside(document=self.text(page, ("title",), mark=mark), by=by, started_from=page.revision)
        elif act == "accept a mix":
            document = self.text(page, ("title",), mark=mark)
            accept_suggestion(page=page, by=by, document=document)
            if self.may(user, "publish_pages"):
                self.note_shown(document)

    def check(self):
        page = self.page()
        if page is None:
            return
        if page.status == page.Status.PUBLISHED:
            assert {page.title, page.summary, page.body} <= self.shown
        for document in (live_document(page), staff_document(page)):
            assert document.get("reviewed_on") or not document.get("reviewed_text")
        if page.review_state == page.ReviewState.CURRENT:
            assert signed_off(live_document(page)) in self.signed
        assert page.draft_due is None or page.draft_id


ACTS = (
    "file",
    "draft",
    "plan",
    "a day passes",
    "save",
    "draft",
    "publish",
    "plan",
    "rename",
    "a day passes",
    "restore",
    "publish the draft",
    "unpublish",
)
ACTS += ("keep aside", "delete", "sign off", "accept", "keep ours", "accept a mix")
steps = st.tuples(
    st.sampled_from(ACTS),
    st.sampled_from(USERS),
    st.lists(st.sampled_from(PARTS), unique=True, min_size=1, max_size=2),
    st.integers(0, 3),
    st.booleans(),
)


@examples(40)
@given(st.lists(steps, min_size=15, max_size=30))
def test_the_public_sees_published_words_and_reviews_of_this_very_text(steps):
    """Roles, drafts, plans, files, restores and renames together open no way around a publisher or a clinician."""
    with undone(), TemporaryDirectory() as folder:
        clinic = Clinic(folder)
        for act, user, parts, choice, mark in steps:
            with suppress(*REFUSED):
                clinic.do(act, user, parts, choice, mark)
            publish_due(clinic.day)
            clinic.check()

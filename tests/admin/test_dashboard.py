"""The admin's first page: what waits, for whom, where it is done, and that it goes away once it is done."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.urls import reverse

from education import publishing
from education.admin.todo import TASKS
from education.models import PAGE_MODELS, ContentFile, Feedback, LinkTarget, PageHealth
from education.models.page import today
from education.sync import export_content, import_content
from education.sync.apply import no_progress
from tests.admin.first_page import look, make_calm, reviewed, url
from tests.factories import make_document, make_page, write_file
from tests.publishing.words import member_of, new_text

pytestmark = pytest.mark.django_db

HARD = "Practitioners utilizing intramuscular methodologies encounter physiological contraindications occasionally."


@pytest.fixture
def calm(staff):
    """Makes pages about which there is nothing to do."""
    return partial(make_calm, staff)


class TestSections:
    def test_where_nothing_is_to_do_the_page_says_so(self, staff_client, calm):
        calm()
        assert look(staff_client) == {}
        assert "Nothing waits for you." in staff_client.get(reverse("admin:index")).content.decode()

    def test_a_draft_waits_until_it_is_published(self, staff_client, staff, calm):
        page = calm()
        publishing.save_draft(document=new_text(page, body="New words."), by=staff, page=page)
        new = publishing.save_draft(document=make_document("glossary", "rest"), by=staff)
        drafts = look(staff_client)["drafts"]
        assert drafts.addresses == [url(page), url(new)]
        assert drafts.notes == ["Patients see an earlier text", "Patients do not see the page"]
        for one in (page, new):
            publishing.publish(page=one, by=staff)
        assert "drafts" not in look(staff_client)

    def test_a_draft_that_has_its_day_does_not_wait_for_anybody(self, staff_client, staff, calm):
        day = today() + timedelta(days=3)
        publishing.publish(page=(page := calm()), by=staff, document=new_text(page, body="New words."), publish_on=day)
        assert look(staff_client) == {}

    def test_a_suggestion_leads_to_where_it_is_decided(self, staff_client, staff, tmp_path):
        text = "---\ntitle: Rest\nsummary: {}\nstatus: published\n---\n\nRest well.\n"
        write_file(tmp_path, text.format("Why."))
        import_content(tmp_path)
        page = publishing.find_page(make_document().identity)
        publishing.save(document=new_text(page, summary="Ours."), by=staff, page=page)
        write_file(tmp_path, text.format("Theirs."))
        import_content(tmp_path)
        page.refresh_from_db()
        assert look(staff_client)["suggestions"].addresses == [url(page, "decide")]
        publishing.keep_ours(page=page, by=staff)
        assert "suggestions" not in look(staff_client)

    def test_pages_to_review_come_with_their_day_until_they_are_signed_off(self, staff_client, staff, calm):
        late = reviewed(calm(slug="late"), staff, review_due=today() - timedelta(days=1))
        soon = reviewed(calm(slug="soon"), staff, review_due=today() + timedelta(days=20))
        reviewed(calm(slug="later"), staff, review_due=today() + timedelta(days=40))
        changed = publishing.save(document=new_text(page := calm(slug="changed"), body="New words."), by=staff, page=page)
        due = look(staff_client)["review"]
        assert due.addresses == [url(page, "review") for page in (late, soon, changed)]
        assert due.notes[0].startswith("Since ")
        assert due.notes[1].startswith("By ")
        assert due.notes[2] == "Changed since its review"
        for page in (late, soon, changed):
            reviewed(page, staff)
        assert "review" not in look(staff_client)

    def test_a_page_that_nobody_ever_reviewed(self, staff_client, staff):
        page = make_page()
        make_page("sources", "study")
        make_page(slug="draft", status=None)
        assert look(staff_client)["never-reviewed"].addresses == [url(page, "review")]
        reviewed(page, staff)
        assert "never-reviewed" not in look(staff_client)

    def test_a_page_that_waits_for_a_review_for_two_reasons_is_named_once(self, staff_client):
        page = make_page(review_due=today())
        seen = look(staff_client)
        assert seen["review"].addresses == [url(page, "review")]
        assert "never-reviewed" not in seen

    def test_a_deleted_page_waits_for_nothing(self, staff_client, staff):
        page = make_page(body=f"{HARD} [There](topic:gone).")
        assert set(look(staff_client)) == {"never-reviewed", "broken-links", "hard-to-read", "not-exported"}
        publishing.delete(page=page, by=staff)
        assert look(staff_client) == {}

    def test_feedback_leads_to_the_page_and_to_what_was_said(self, staff_client, calm):
        page = calm()
        for comment in ("Clear.", ""):
            Feedback.objects.create(page=page.identity, helpful=True, comment=comment)
        Feedback.objects.create(page="en/topics/gone", helpful=False)
        feedback = look(staff_client)["feedback"]
        assert (feedback.count, feedback.notes) == ("3", ["1 answer", "2 answers"])
        inbox = reverse("admin:education_feedback_changelist")
        assert feedback.addresses == [f"{inbox}?is_read__exact=0&page=en%2Ftopics%2Fgone", url(page)]
        assert "Clear." in staff_client.get(inbox, {"is_read__exact": 0, "page": page.identity}).content.decode()
        Feedback.objects.update(is_read=True)
        assert "feedback" not in look(staff_client)

    def test_a_hard_page_goes_away_when_it_is_easy(self, staff_client, staff, calm):
        page = calm(body=HARD)
        calm("sources", "study", title=HARD)
        hard = look(staff_client)["hard-to-read"]
        assert hard.addresses == [url(page)]
        assert hard.notes[0].startswith("Grade ")
        publishing.save(document=new_text(page, body="Rest. Drink."), by=staff, page=page)
        assert "hard-to-read" not in look(staff_client)

    def test_staff_s_edits_wait_until_they_are_exported_and_imported(self, staff_client, staff, tmp_path):
        write_file(tmp_path, "---\ntitle: Rest\nsummary: Why.\nstatus: published\n---\n\nRest well.\n")
        import_content(tmp_path)
        assert "not-exported" not in look(staff_client)
        page = publishing.find_page(make_document().identity)
        publishing.save(document=new_text(page, body="New words."), by=staff, page=page)
        new = make_page("glossary", "rest")
        assert look(staff_client)["not-exported"].addresses == [url(page), url(new)]
        export_content(tmp_path, progress=no_progress)
        import_content(tmp_path)
        assert "not-exported" not in look(staff_client)


class TestLists:
    def test_more_than_eight_pages_are_counted_and_all_found_in_the_lists(self, staff_client, calm):
        for number in range(10):
            make_page(slug=f"topic-{number}")
        make_page("conditions", "headaches")
        make_page("glossary", "calm")
        never = look(staff_client)["never-reviewed"]
        assert (len(never.titles), never.count) == (8, "11")
        listed = [staff_client.get(address).context["cl"].result_count for address in never.lists]
        assert listed == [10, 1]
        assert [address.partition("?")[2] for address in never.lists] == ["todo=never-reviewed"] * 2

    @pytest.mark.parametrize("model", PAGE_MODELS.values(), ids=list(PAGE_MODELS))
    def test_every_list_can_be_narrowed_to_every_task(self, staff_client, model):
        make_page()
        names = [name for name, _ in staff_client.get(changelist(model)).context["cl"].filter_specs[0].lookup_choices]
        assert len(names) == 7
        for name in names:
            assert staff_client.get(changelist(model), {"todo": name}).status_code == 200
        assert staff_client.get(changelist(model), {"todo": "nonsense"}).status_code == 200


def changelist(model):
    return reverse(f"admin:education_{model._meta.model_name}_changelist")


class TestWhoSeesWhat:
    @pytest.fixture
    def much(self, staff):
        """Pages with something to do of every kind."""
        page = make_page(body=f"{HARD} [There](topic:gone).")
        publishing.save_draft(document=new_text(page, body="New words."), by=staff, page=page)
        reviewed(make_page(slug="late"), staff, review_due=today())
        ContentFile.objects.create(page="en/topics/late", slug="late", suggestion="…")
        Feedback.objects.create(page=page.identity, helpful=True)
        return page

    def test_editors_see_what_they_may_edit(self, client, much):
        client.force_login(member_of("Editor"))
        seen = look(client)
        assert set(seen) == {*TASKS, "feedback"}
        assert seen["never-reviewed"].addresses == [url(much)], "an editor cannot sign off"

    def test_clinical_reviewers_see_what_to_review(self, client, much):
        client.force_login(member_of("Clinical reviewer"))
        seen = look(client)
        assert set(seen) == {"review", "never-reviewed"}
        assert seen["never-reviewed"].addresses == [url(much, "review")]

    def test_who_may_see_no_page_sees_nothing(self, client, much, django_user_model):
        client.force_login(django_user_model.objects.create_user("sam", is_staff=True))
        assert look(client) == {}


class TestHowFast:
    def test_it_takes_the_same_few_queries_however_many_pages(self, staff_client, staff, django_assert_max_num_queries):
        self.make(staff, 1)
        with django_assert_max_num_queries(40) as few:
            look(staff_client)
        for number in range(2, 14):
            self.make(staff, number)
        with django_assert_max_num_queries(len(few.captured_queries)):
            assert len(look(staff_client)) == 8

    def make(self, staff, number):
        page = make_page(slug=f"topic-{number}", body=f"{HARD} [There](topic:gone-{number}).")
        make_page("faqs", f"faq-{number}", topic=f"topic-{number}", body=HARD)
        publishing.save_draft(document=new_text(page, body="New words."), by=staff, page=page)
        reviewed(make_page("conditions", f"late-{number}"), staff, review_due=today())
        ContentFile.objects.create(page=f"en/conditions/late-{number}", slug=f"late-{number}", suggestion="…")
        Feedback.objects.create(page=page.identity, helpful=True)

    def test_all_of_it_can_be_made_anew(self, staff, staff_client):
        self.make(staff, 1)
        before = list(PageHealth.objects.order_by("page").values_list("page", "digest", "grade"))
        PageHealth.objects.all().delete()
        LinkTarget.objects.create(language="en", collection="topics", slug="nobody-names-it")
        call_command("rebuild_search", verbosity=0)
        assert list(PageHealth.objects.order_by("page").values_list("page", "digest", "grade")) == before
        assert [str(target) for target in LinkTarget.objects.all()] == ["en/topics/gone-1"]
        assert "broken-links" in look(staff_client)

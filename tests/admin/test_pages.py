"""Staff edit pages in the admin; every save goes through publishing."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from education.documents import parse_text, serialize
from education.models import FAQ, PAGE_MODELS, Alias, Clinic, Condition, Revision, Source, Topic
from education.publishing import live_document
from education.sync import export_content, import_content
from education.sync.apply import no_progress
from tests.admin.filled import add_url, change_url, errors_of, open_form, save, typed
from tests.factories import make_document, make_page

pytestmark = pytest.mark.django_db


class TestTheAdmin:
    @pytest.mark.parametrize("model", [*PAGE_MODELS.values(), Revision, Alias], ids=lambda model: model.__name__)
    def test_lists_searches_and_opens_every_kind(self, staff_client, model):
        for collection in ("topics", "conditions", "faqs", "glossary", "sources", "packets", "clinic"):
            make_page(collection, "clinic" if collection == "clinic" else "dry-needling", aliases=("old",))
        name = f"admin:education_{model._meta.model_name}"
        listed = staff_client.get(reverse(f"{name}_changelist"), {"q": "dry"})
        assert listed.status_code == 200
        assert staff_client.get(reverse(f"{name}_change", args=[model.objects.first().pk])).status_code == 200

    def test_a_list_takes_the_same_few_queries_however_long_it_is(self, staff_client, django_assert_max_num_queries):
        make_page()
        make_page("faqs", "question-0")
        with django_assert_max_num_queries(30) as few:
            staff_client.get(reverse("admin:education_faq_changelist"))
        for number in range(1, 15):
            make_page("topics", f"topic-{number}")
            make_page("faqs", f"question-{number}", topic=f"topic-{number}")
        with django_assert_max_num_queries(len(few.captured_queries)):
            staff_client.get(reverse("admin:education_faq_changelist"))

    def test_nobody_gets_in_without_logging_in(self, client):
        assert client.get(reverse("admin:index")).status_code == 302


class TestSaving:
    def test_makes_a_revision_and_shows_the_text(self, staff_client, staff, client):
        page = make_page()
        response = save(staff_client, page, body="New words.", note="Clearer")
        assert response.status_code == 302, errors_of(response)
        page.refresh_from_db()
        assert page.body == "New words."
        assert (page.revision.author, page.revision.note, page.revision.origin) == (staff, "Clearer", "staff")
        assert "New words." in client.get("/topics/dry-needling/").content.decode()

    def test_an_unchanged_form_writes_nothing(self, staff_client):
        pages = [make_page()]
        pages.append(make_page("conditions", "headaches", also_known_as=("sore head", "migraine")))
        pages.append(make_page("sources", "brady-2014", year=2014, doi="10.1000/182"))
        pages.append(make_page("faqs", "does-it-hurt", conditions=("headaches",), search_words=("ouch", "pain")))
        pages.append(make_page("clinic", "clinic", address=("1 Some Street", "Town")))
        for page in pages:
            before = live_document(page)
            response = save(staff_client, page)
            assert response.status_code == 302, errors_of(response)
            page.refresh_from_db()
            assert live_document(page) == before
        assert Revision.objects.count() == len(pages)

    def test_every_file_that_ships_survives_being_opened_and_saved(self, staff_client):
        """The form holds everything that a document holds."""
        import_content(settings.CONTENT_DIR)
        before = Revision.objects.count()
        for model in PAGE_MODELS.values():
            for page in model.objects.all()[:5]:
                assert save(staff_client, page).status_code == 302
        assert Revision.objects.count() == before

    def test_a_new_page_is_a_document_like_one_from_a_file(self, staff_client, staff):
        make_page()
        condition = make_page("conditions", "headaches")
        data = typed(
            staff_client.get(add_url(FAQ)),
            title="Does it hurt?",
            slug="does-it-hurt",
            summary="A little.",
            body="A *little*.\r\n",
            topic=Topic.objects.get().pk,
            conditions=[condition.pk],
            search_words="ouch\r\npain\r\n",
        )
        response = staff_client.post(add_url(FAQ), data)
        assert response.status_code == 302, errors_of(response)
        page = FAQ.objects.get()
        expected = make_document(
            "faqs",
            "does-it-hurt",
            title="Does it hurt?",
            summary="A little.",
            body="A *little*.",
            conditions=("headaches",),
            search_words=("ouch", "pain"),
        )
        assert live_document(page) == expected
        assert list(page.conditions.all()) == [condition]

    def test_is_what_export_writes_and_survives_the_next_import(self, staff_client, tmp_path):
        import_content(settings.CONTENT_DIR)
        page = Topic.objects.get(slug="after-your-visit")
        assert save(staff_client, page, title="After you go home").status_code == 302
        import_content(settings.CONTENT_DIR)
        export_content(tmp_path, progress=no_progress)
        text = (tmp_path / "en/topics/after-your-visit.md").read_text()
        page.refresh_from_db()
        assert page.title == "After you go home"
        assert text == serialize(live_document(page))
        assert parse_text(text, live_document(page).identity).get("title") == "After you go home"

    def test_a_renamed_page_leads_on_from_its_old_address(self, staff_client, client):
        page = make_page()
        assert save(staff_client, page, slug="needling").status_code == 302
        assert client.get("/topics/dry-needling/").headers["Location"] == "/topics/needling/"

    def test_warns_of_a_link_to_nothing_and_saves(self, staff_client):
        page = make_page()
        response = staff_client.post(
            change_url(page), typed(open_form(staff_client, page), body="[x](topic:nowhere)"), follow=True
        )
        assert "nowhere" in " ".join(str(message) for message in response.context["messages"])
        page.refresh_from_db()
        assert page.body == "[x](topic:nowhere)"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("title", "", "required"),
            ("title", "x" * 151, "150"),
            ("title", "abc\u202ecba", "bidirectional"),
            ("slug", "Not A Slug", "slug"),
            ("slug", "under_score", "small letters"),
            ("body", "Hello\n\nInvalid response\n", "could not be taken"),
            ("body", "![DESCRIBE THIS PICTURE](/media/a.png)", "what the picture shows"),
            ("body", "", "write the text of the page"),
            ("body", "a\u202eb", "bidirectional"),
            ("body", "x" * 102_401, "102,400"),
            ("search_words", "x" * 81, "80 characters"),
            ("aliases", "Not A Slug", "small letters"),
            ("aliases", "taken", "another page"),
            ("aliases", "taken-too", "another page"),
            ("slug", "taken", "leads to"),
            ("slug", "taken-too", "leads to"),
            ("publish_on", "soon", "valid date"),
        ],
    )
    def test_says_why_and_writes_nothing(self, staff_client, field, value, message):
        page = make_page()
        make_page("topics", "taken", aliases=("taken-too",))
        before = Revision.objects.count()
        response = save(staff_client, page, **{field: value})
        assert response.status_code == 200
        assert message.lower() in errors_of(response).lower()
        assert Revision.objects.count() == before

    def test_its_own_address_among_its_old_ones_changes_nothing(self, staff_client):
        page = make_page()
        before = Revision.objects.count()
        assert save(staff_client, page, aliases="dry-needling").status_code == 302
        assert Revision.objects.count() == before

    def test_a_topic_cannot_stand_below_itself(self, staff_client):
        hub = make_page()
        below = make_page("topics", "below", parent="dry-needling")
        assert "below this one" in errors_of(save(staff_client, hub, parent=below.pk))

    def test_a_source_needs_a_place_to_be_found(self, staff_client):
        page = make_page("sources", "study")
        assert "one of url, doi" in errors_of(save(staff_client, page, url=""))

    def test_a_page_that_others_need_is_not_deleted(self, staff_client):
        page = make_page()
        make_page("faqs", "does-it-hurt")
        delete = reverse("admin:education_topic_delete", args=[page.pk])
        staff_client.post(delete, {"post": "yes"})
        assert Topic.objects.filter(pk=page.pk).exists()


class TestDeleting:
    def test_keeps_the_history(self, staff_client):
        page = make_page("conditions", "headaches")
        staff_client.post(reverse("admin:education_condition_delete", args=[page.pk]), {"post": "yes"})
        assert not Condition.objects.exists()
        assert Revision.objects.filter(page="en/conditions/headaches").exists()

    def test_several_at_once(self, staff_client):
        pages = [make_page("sources", f"study-{number}") for number in range(3)]
        staff_client.post(
            reverse("admin:education_source_changelist"),
            {"action": "delete_selected", "_selected_action": [page.pk for page in pages], "post": "yes"},
        )
        assert not Source.objects.exists()


class TestPermissions:
    @pytest.fixture
    def viewer(self, client):
        user = get_user_model().objects.create_user("viewer", password="a password for tests", is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="view_topic"))
        client.force_login(user)
        return client

    def test_who_may_only_look_cannot_save(self, viewer):
        page = make_page()
        assert viewer.get(change_url(page)).status_code == 200
        assert viewer.post(change_url(page), {"title": "Mine", "body": "Mine"}).status_code == 403
        assert viewer.post(reverse("admin:education_topic_delete", args=[page.pk]), {"post": "yes"}).status_code == 403
        page.refresh_from_db()
        assert page.title == "Dry needling"

    def test_history_is_never_edited_by_hand(self, staff_client):
        revision = make_page().revision
        url = reverse("admin:education_revision_change", args=[revision.pk])
        assert staff_client.post(url, {"text": "forged"}).status_code == 403
        assert staff_client.get(reverse("admin:education_revision_add")).status_code == 403

    def test_there_is_one_clinic(self, staff_client):
        make_page("clinic", "clinic")
        assert staff_client.get(add_url(Clinic)).status_code == 403

"""What the editor offers to link to, and what logging out leaves in the browser."""

import pytest
from django.urls import reverse

from tests.admin.test_editor import make_editor
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def find(client, words):
    """The targets that are offered for some words, as pairs of href and Markdown for no words."""
    response = client.post(reverse("editor-targets"), {"words": words})
    assert response.status_code == 200
    return [(target.href, target.alone) for target in response.context["targets"]]


class TestPages:
    def test_are_found_by_words_of_their_title_best_first(self, staff_client):
        make_page("topics", "after", title="After dry needling of the neck")
        make_page("topics", "needling", title="Dry needling")
        make_page("topics", "massage")
        assert find(staff_client, "  needling DRY ") == [
            ("topic:needling", "[](topic:needling)"),
            ("topic:after", "[](topic:after)"),
        ]

    def test_of_each_kind_are_linked_as_content_links_them(self, staff_client):
        make_page("topics", "dry-needling", title="Needle topic")
        for collection in ("conditions", "faqs", "glossary", "packets", "sources"):
            make_page(collection, "x", title=f"Needle {collection}")
        assert set(find(staff_client, "needle")) == {
            ("topic:dry-needling", "[](topic:dry-needling)"),
            ("condition:x", "[](condition:x)"),
            ("faq:x", "[](faq:x)"),
            ("term:x", "[](term:x)"),
            ("packet:x", "[](packet:x)"),
            ("", "[@x]"),
        }

    def test_that_are_drafts_say_so(self, staff_client):
        make_page(status="draft")
        assert "draft, not public yet" in staff_client.post(reverse("editor-targets"), {"words": "dry"}).content.decode()

    def test_of_the_site_itself_are_there_before_anything_is_typed(self, staff_client):
        assert ("page:glossary", "[](page:glossary)") in find(staff_client, "")

    def test_are_shown_escaped(self, staff_client):
        make_page(title="A <script>alert(1)</script> title")
        answer = staff_client.post(reverse("editor-targets"), {"words": "script"}).content.decode()
        assert "<script" not in answer
        assert "&lt;script&gt;" in answer

    def test_take_the_same_few_queries_however_many_there_are(self, staff_client, django_assert_max_num_queries):
        make_page()
        with django_assert_max_num_queries(15) as few:
            find(staff_client, "page")
        for number in range(30):
            make_page("topics", f"page-{number}")
        with django_assert_max_num_queries(len(few.captured_queries)):
            assert len(find(staff_client, "page")) == 12

    def test_that_are_not_there_may_be_explained_by_those_who_may(self, staff_client, client):
        answer = staff_client.post(reverse("editor-targets"), {"words": "a b"}).content.decode()
        assert "/admin/education/glossaryterm/add/?title=a+b" in answer
        client.logout()
        client.force_login(make_editor())
        assert "glossaryterm" not in client.post(reverse("editor-targets"), {"words": "a b"}).content.decode()


class TestPlacesElsewhere:
    @pytest.mark.parametrize(
        ("typed", "href"),
        [
            ("https://www.nhs.uk/conditions/", "https://www.nhs.uk/conditions/"),
            ("www.nhs.uk", "https://www.nhs.uk"),
            ("medlineplus.gov/pain.html", "https://medlineplus.gov/pain.html"),
            ("911", "tel:911"),
            ("+1 (555) 010-9999", "tel:+15550109999"),
            ("care@example.org", "mailto:care@example.org"),
        ],
    )
    def test_are_offered_as_links(self, staff_client, typed, href):
        assert [target[0] for target in find(staff_client, typed)] == [href]

    @pytest.mark.parametrize("typed", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https:// x", "9"])
    def test_are_not_offered_where_they_are_none(self, staff_client, typed):
        assert find(staff_client, typed) == []


class TestLoggingOut:
    def test_has_the_browser_forget_what_it_kept(self, staff_client):
        response = staff_client.post(reverse("admin:logout"))
        assert response.headers["Clear-Site-Data"] == '"storage"'
        assert staff_client.get(reverse("admin:index")).status_code == 302

    def test_asked_for_by_a_link_does_nothing(self, staff_client):
        response = staff_client.get(reverse("admin:logout"))
        assert (response.status_code, "Clear-Site-Data" in response.headers) == (405, False)
        assert staff_client.get(reverse("admin:index")).status_code == 200

    def test_every_page_of_the_admin_says_whose_it_is(self, staff_client, staff):
        for name in ("admin:index", "admin:education_topic_changelist", "admin:education_topic_add"):
            assert f'data-user="{staff.pk}"' in staff_client.get(reverse(name)).content.decode()
        staff_client.logout()
        assert 'data-user=""' in staff_client.get(reverse("admin:login")).content.decode()

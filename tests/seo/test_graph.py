"""The data about a page: terms that schema.org has, and only what the page shows."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.test import Client

from education.sync import import_content
from tests.crawler import parsed, walk
from tests.factories import make_page
from tests.seo.graphs import as_list, graph_of, mistakes, node_of, one_line, visible_text, words_of


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        import_content(settings.CONTENT_DIR)
        pages = {address: parsed(response) for address, response in walk(Client()).items()}
        transaction.set_rollback(True)
    described = {address: page for address, page in pages.items() if page and page.find("link", rel="canonical")}
    assert len(described) > 40
    return described


class TestTheContentThatShips:
    def test_uses_only_terms_of_schema_org(self, pages):
        assert {address: found for address, page in pages.items() if (found := list(mistakes(graph_of(page))))} == {}

    def test_says_nothing_that_the_page_does_not_show(self, pages):
        hidden = []
        for address, page in pages.items():
            shown = visible_text(page)
            hidden += [f"{address}: {words}" for words in words_of(graph_of(page)) if one_line(words) not in shown]
        assert hidden == []

    def test_has_one_treatment_described_by_its_pages_and_on_conditions_what_may_treat_them(self, pages):
        therapy, said = node_of(pages["/topics/dry-needling/"], "MedicalTherapy"), set()
        for address, page in pages.items():
            kinds = {kind for node in graph_of(page) for kind in as_list(node["@type"])}
            if "MedicalTherapy" in kinds:
                node = node_of(page, "MedicalTherapy")
                assert node["@id"] == therapy["@id"]
                said |= node.keys() - {"@type", "@id", "name"}
            assert ("FAQPage" in kinds) == (address.startswith("/faqs/") and address.count("/") == 3)
            assert ("MedicalCondition" in kinds) == (address.startswith("/conditions/") and address.count("/") == 3)
        assert node_of(pages["/conditions/headaches/"], "MedicalCondition")["possibleTreatment"][0]["@id"] == therapy["@id"]
        assert said == {"description", "howPerformed", "followup", "contraindication"}

    def test_names_each_page_by_one_address(self, pages):
        addresses = [page.find("link", rel="canonical")["href"] for page in pages.values()]
        assert {urlsplit(address)._replace(scheme="", netloc="").geturl() for address in addresses} >= {
            "/",
            "/topics/dry-needling/",
        }
        assert all(address.startswith(settings.SITE_URL + "/") for address in addresses)


@pytest.mark.django_db
class TestOnePage:
    def test_a_review_is_said_only_when_there_was_one(self, client):
        make_page()
        assert not {"lastReviewed", "reviewedBy"} & set(node_of(get(client, "/topics/dry-needling/"), "MedicalWebPage"))
        make_page("topics", "reviewed", reviewed_on=date(2026, 5, 3), reviewed_by="Dr. Example")
        make_page("topics", "changed", reviewed_on=date(2026, 5, 3), reviewed_by="Dr. Example", reviewed_text="0" * 64)
        assert not {"lastReviewed", "reviewedBy"} & set(node_of(get(client, "/topics/changed/"), "MedicalWebPage"))
        node = node_of(get(client, "/topics/reviewed/"), "MedicalWebPage")
        assert node["lastReviewed"] == "2026-05-03"
        assert node["reviewedBy"] == {"@type": "Person", "name": "Dr. Example"}

    def test_a_question_has_its_answer_without_citations(self, client):
        make_page()
        make_page("sources", "study")
        make_page("faqs", "does-it-hurt", title="Does it hurt?", body="A *little* [@study]. Call <tel:911>.\n\n- sore\n- tired")
        make_page("faqs", "short", summary="Yes.", body="")
        question = node_of(get(client, "/faqs/does-it-hurt/"), "FAQPage")["mainEntity"]
        assert question["name"] == "Does it hurt?"
        assert one_line(question["acceptedAnswer"]["text"]) == "A little. Call 911. sore tired"
        assert node_of(get(client, "/faqs/short/"), "FAQPage")["mainEntity"]["acceptedAnswer"]["text"] == "Yes."

    @pytest.mark.parametrize(
        ("slug", "name"),
        [
            ("your-dry-needling-visit", "howPerformed"),
            ("after-your-visit", "followup"),
            ("is-dry-needling-right-for-you", "contraindication"),
        ],
    )
    def test_a_page_below_a_treatment_says_its_part_of_it(self, client, slug, name):
        """It is the same treatment, by its address: who reads both pages has the whole."""
        make_page()
        make_page("topics", slug, parent="dry-needling", summary="What to know.")
        whole = node_of(get(client, "/topics/dry-needling/"), "MedicalTherapy")
        part = node_of(get(client, f"/topics/{slug}/"), "MedicalTherapy")
        assert part == {name: "What to know."} | {key: whole[key] for key in ("@type", "@id", "name")}

    def test_a_page_below_a_treatment_that_is_not_public_says_nothing_of_it(self, client):
        make_page(status=None)
        make_page("topics", "after-your-visit", parent="dry-needling")
        assert "MedicalTherapy" not in str(graph_of(get(client, "/topics/after-your-visit/")))

    def test_breadcrumbs_count_from_1_and_end_here(self, client):
        make_page()
        make_page("topics", "below", parent="dry-needling")
        items = node_of(get(client, "/topics/below/"), "BreadcrumbList")["itemListElement"]
        assert [item["position"] for item in items] == [1, 2, 3, 4]
        assert [urlsplit(item["item"]).path for item in items] == ["/", "/topics/", "/topics/dry-needling/", "/topics/below/"]

    def test_the_clinic_is_what_it_gave_and_nothing_more(self, client):
        make_page("clinic", "clinic", title="A Clinic")
        node = node_of(get(client, "/"), "Organization")
        assert set(node) == {"@type", "@id", "name", "url"}

    def test_a_clinic_with_an_address_is_a_medical_clinic(self, client):
        make_page("clinic", "clinic", phone="+1 555 0100", email="hello@clinic.example", address=("1 Some Street", "Town"))
        page = get(client, "/")
        node = node_of(page, "MedicalClinic")
        assert (node["telephone"], node["email"], node["address"]) == (
            "+1 555 0100",
            "hello@clinic.example",
            "1 Some Street\nTown",
        )
        assert not list(mistakes(graph_of(page)))
        assert all(one_line(words) in visible_text(page) for words in words_of(graph_of(page)))

    def test_what_is_not_public_is_not_named(self, client):
        make_page("conditions", "headaches")
        make_page("topics", "dry-needling", conditions=("headaches",), status=None)
        assert "possibleTreatment" not in node_of(get(client, "/conditions/headaches/"), "MedicalCondition")

    @pytest.mark.parametrize(
        "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "a & b \" ' \\ \u2028", "]]>{{ x }}"]
    )
    def test_hostile_words_stay_words(self, client, hostile):
        make_page("conditions", "headaches", title=hostile[:150], also_known_as=(hostile,))
        response = client.get("/conditions/headaches/")
        page = BeautifulSoup(response.content, "html.parser")
        assert len(page.find_all("script", src=False)) == 1
        assert node_of(page, "MedicalCondition")["alternateName"] == [hostile]
        script = page.find("script", src=False).string
        assert not set(script) & set("<>&\u2028")


class TestTheCheck:
    """The checks above must be able to fail."""

    @pytest.mark.parametrize(
        "node",
        [
            {"@type": "MedicalTherapy", "indication": "x"},
            {"@type": "MedicalCondition", "howPerformed": "x"},
            {"@type": "WebPage", "lastReviewed": "soon"},
            {"@type": "WebPage", "url": "/relative/"},
            {"@type": "WebPage", "name": ""},
            {"@type": "WebPage", "about": {"@id": "nowhere"}},
            {"@type": "MedicalCondition", "possibleTreatment": {"@type": "Person", "name": "x"}},
            {"@type": "ListItem", "position": {"@type": "Thing", "name": "x"}},
        ],
    )
    def test_finds(self, node):
        assert list(mistakes([node]))

    def test_knows_no_other_type(self):
        with pytest.raises(KeyError):
            list(mistakes([{"@type": "MedicalTreatment"}]))

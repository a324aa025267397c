"""Nothing typed in the admin is lost, and none of it stays for others: in a real browser, with its storage."""

import pytest

from tests.e2e.conftest import CHROMIUM, QUIET
from tests.e2e.staff import OFFER, kept, log_in, open_topic, sign_in, stay, text_of

TYPED = "Words that were never saved."


@pytest.fixture
def page(staff_page):
    return staff_page


class TestTextThatWasNotSaved:
    def test_comes_back_after_a_closed_tab(self, page, text, staff_site_url):
        page.fill("#id_title", "Another title")
        page.fill("#id_note", "Why")
        text.fill(TYPED)
        page.click("summary >> text=Search and sources")
        page.fill("#id_search_words", "sore")
        page.click(".field-sources .select2-selection")
        page.keyboard.type("quintner")
        page.keyboard.press("Control+a")
        page.keyboard.type("critical evaluation")
        page.click(".select2-results__option >> text=critical evaluation")
        address = page.url
        context = page.context
        page.close()
        page = context.new_page()
        page.goto(address)
        assert text_of(page).input_value() != TYPED
        assert "You typed text on" in page.inner_text(OFFER)
        page.click("text=Put it back")
        assert text_of(page).input_value() == TYPED
        assert page.input_value("#id_title") == "Another title"
        assert page.input_value("#id_note") == "Why"
        assert page.input_value("#id_search_words") == "sore"
        assert "A critical evaluation of the trigger point phenomenon" in page.text_content(".field-sources .select2-selection")
        page.wait_for_selector(f".markdownx-preview >> text={TYPED}")

    def test_can_be_thrown_away(self, page, text):
        before = text.evaluate("field => field.defaultValue")
        text.fill(TYPED)
        page.reload()
        page.click("text=Throw it away")
        assert text_of(page).input_value() == before
        assert kept(page) == []
        page.reload()
        assert page.query_selector(OFFER) is None

    def test_is_still_there_when_one_types_on_without_deciding(self, page, text):
        text.fill(TYPED)
        page.reload()
        text_of(page).fill("Something else.")
        page.reload()
        page.click("text=Throw it away")
        page.click("text=Put it back")
        assert text_of(page).input_value() == TYPED

    def test_is_no_matter_when_it_says_what_was_there_before(self, page, text):
        text.fill(text.evaluate("field => field.defaultValue") + "\n")
        page.reload()
        text_of(page)
        assert page.query_selector(OFFER) is None

    def test_comes_back_after_the_browser_was_closed(self, chromium, staff_site_url, tmp_path):
        def browse():
            return chromium.browser_type.launch_persistent_context(tmp_path, executable_path=CHROMIUM, args=QUIET)

        context = browse()
        page = context.pages[0]
        log_in(page, staff_site_url)
        text = open_topic(page, staff_site_url)
        text.fill(TYPED)
        stay(page)
        address = page.url
        context.close()
        context = browse()
        page = context.pages[0]
        page.goto(address)
        page.click("text=Put it back")
        assert text_of(page).input_value() == TYPED
        context.close()

    def test_is_in_the_form_again_when_the_session_was_over_at_save(self, page, text):
        text.fill(TYPED)
        page.context.clear_cookies(name="sessionid")
        page.click("[name=_save_draft]")
        sign_in(page)
        assert text_of(page).input_value() == TYPED
        assert "It is not saved yet." in page.inner_text(OFFER)
        page.click("text=Throw it away")
        assert text.input_value() != TYPED
        assert kept(page) == []

    def test_is_in_the_form_again_when_the_form_was_open_too_long(self, page, text):
        """Django refuses a form whose token is too old."""
        text.fill(TYPED)
        page.context.clear_cookies(name="csrftoken")
        page.click("[name=_save_draft]")
        assert "It was not saved." in page.inner_text("main")
        page.click("main a >> text=Open the form again")
        assert text_of(page).input_value() == TYPED

    def test_stays_with_a_form_that_was_refused(self, page, text):
        text.fill(TYPED)
        page.fill("#id_summary", "")
        page.click("[name=_save_draft]")
        page.wait_for_selector(".errornote")
        assert text_of(page).input_value() == TYPED
        assert page.query_selector(OFFER) is None
        page.goto(page.url)
        page.click("text=Put it back")
        assert text_of(page).input_value() == TYPED

    def test_is_in_the_form_again_when_one_goes_back(self, page, text, staff_site_url):
        text.fill(TYPED)
        stay(page)
        page.goto(f"{staff_site_url}/admin/")
        page.go_back()
        page.wait_for_load_state("load")
        assert text_of(page).input_value() == TYPED
        assert page.get_by_role("button", name="Put it back").count() == 0, "what is there needs not be put back"

    def test_is_not_sent_away_when_its_user_logged_out_in_another_tab(self, page, text, staff_site_url):
        """It would be sent to the login page, and nothing keeps it any more."""
        text.fill(TYPED)
        other = page.context.new_page()
        other.goto(f"{staff_site_url}/admin/")
        other.click("#logout-form button")
        other.wait_for_selector("text=Log in again")
        page.click("[name=_save_draft]")
        assert "Nothing was sent" in page.inner_text(OFFER)
        assert text.input_value() == TYPED
        other.goto(f"{staff_site_url}/admin/")
        sign_in(other)
        other.wait_for_selector("#logout-form")
        page.click("[name=_save_draft]")
        page.click("main a >> text=Open the form again")
        assert text_of(page).input_value() == TYPED


class TestTextThatIsNoLongerKept:
    def test_because_it_was_saved(self, page, staff_site_url):
        page.goto(f"{staff_site_url}/admin/education/glossaryterm/add/")
        page.fill("#id_title", "a new word")
        page.fill("#id_summary", "What it means.")
        stay(page)
        page.click("[name=_save_draft]")
        page.wait_for_selector(".messagelist .success")
        assert kept(page) == []
        text_of(page)
        assert page.query_selector(OFFER) is None

    def test_because_its_user_logged_out(self, page, text):
        text.fill(TYPED)
        stay(page)
        page.click("#logout-form button")
        page.wait_for_selector("text=Log in again")
        assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").count("kept") == 0

    def test_not_even_when_the_answer_to_the_log_out_is_lost(self, page, text):
        text.fill(TYPED)
        stay(page)
        page.route("**/admin/logout/", lambda route: route.fulfill(status=204))
        page.click("#logout-form button")
        page.wait_for_timeout(700)
        assert kept(page) == []

    def test_not_even_by_a_tab_that_was_left_open(self, page, text, staff_site_url):
        other = page.context.new_page()
        open_topic(other, staff_site_url)
        page.click("#logout-form button")
        page.wait_for_selector("text=Log in again")
        other.fill("#id_body", TYPED)
        other.wait_for_timeout(700)
        other.close()
        assert kept(page) == []

    def test_when_another_user_comes_after_a_lost_session(self, page, text, staff_site_url):
        text.fill(TYPED)
        stay(page)
        address = page.url
        page.context.clear_cookies()
        page.goto(address)
        assert kept(page) != []
        sign_in(page, "ben")
        assert text_of(page).input_value() != TYPED
        assert page.query_selector(OFFER) is None
        assert kept(page) == []

"""The editor in the admin, in a real browser: advice comes as one types, all of it by keyboard, for everyone."""

import os

import pytest

from tests.corpus.pictures import make_picture
from tests.e2e.staff import OFFER, log_in, open_topic, stay
from tests.e2e.test_accessibility import AXE, RULES

LOOKS = {
    "phone, dark": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "tablet, light": {"viewport": {"width": 768, "height": 1024}, "color_scheme": "light", "has_touch": True},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "desktop, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
}


@pytest.fixture
def page(staff_page):
    return staff_page


def choose(field, words):
    """Select words in the text."""
    field.evaluate("(field, words) => { const at = field.value.indexOf(words); field.focus();"
                   " field.setSelectionRange(at, at + words.length); }", words)  # fmt: skip


def selected(field):
    return field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")


class TestTheToolbar:
    @pytest.mark.parametrize(
        ("before", "words", "keys", "after"),
        [
            ("Rest today", "Rest", "Control+b", "**Rest** today"),
            ("**Rest** today", "Rest", "Control+b", "Rest today"),
            ("What helps", "What", "Control+Shift+Digit2", "## What helps"),
            ("## What helps", "What", "Control+Shift+Digit2", "### What helps"),
            ("### What helps", "What", "Control+Shift+Digit2", "What helps"),
            ("one\ntwo", "one\ntwo", "Control+Shift+Digit8", "- one\n- two"),
            ("- one\n- two", "one\n- two", "Control+Shift+Digit8", "one\ntwo"),
        ],
    )
    def test_keys_change_the_text_and_can_be_undone(self, page, text, before, words, keys, after):
        text.fill(before)
        choose(text, words)
        page.keyboard.press(keys)
        assert text.input_value() == after
        page.keyboard.press("Control+z")
        assert text.input_value() == before

    def test_is_one_stop_for_tab_with_arrows_between_its_buttons(self, page, text):
        text.focus()
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.dataset.tool") == "heading"
        reached = []
        for key in ("ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home"):
            page.keyboard.press(key)
            reached.append(page.evaluate("document.activeElement.dataset.tool"))
        assert reached == ["bold", "help", "heading", "help", "heading"]
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "id_body"

    def test_lists_to_pick_from_beside_it_have_names(self, page, text):
        for name, part in (("Parent", ".field-parent .select2-selection"), ("Conditions", ".field-conditions input")):
            assert page.locator(part).and_(page.get_by_label(name)).count() == 1

    def test_tab_leaves_the_text(self, page, text):
        """WCAG 2.1.2."""
        text.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") != "id_body"
        assert text.input_value() == ""

    def test_a_link_to_a_page_is_found_by_its_title(self, page, text):
        text.fill("Read about aftercare today")
        choose(text, "aftercare")
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open]")
        page.keyboard.type("after your vis")
        page.wait_for_selector(".choice >> text=After your visit")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog", state="detached")
        assert text.input_value() == "Read about [aftercare](topic:after-your-visit) today"

    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("after your visit", "[](topic:after-your-visit)"),
            ("https://www.nhs.uk/x", "[words that say where it leads](https://www.nhs.uk/x)"),
            ("911", "<tel:911>"),
            ("evaluation of the trigger point", "[@quintner-2015]"),
        ],
    )
    def test_without_chosen_words_the_link_brings_its_own(self, page, text, typed, written):
        page.click("[data-tool=link]")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog", state="detached")
        assert text.input_value() == written

    def test_what_no_title_holds_may_become_a_word_of_the_glossary(self, page, text):
        page.click("[data-tool=link]")
        page.keyboard.type("kinesiophobia")
        link = page.wait_for_selector("dialog a")
        assert link.get_attribute("href").endswith("/glossaryterm/add/?title=kinesiophobia")

    def test_escape_closes_and_leaves_the_text_alone(self, page, text):
        text.fill("Words")
        for tool in ("link", "card", "help"):
            page.click(f"[data-tool={tool}]")
            page.wait_for_selector("dialog[open]")
            page.keyboard.press("Escape")
            page.wait_for_selector("dialog", state="detached")
        assert text.input_value() == "Words"

    def test_a_care_card_stands_by_itself(self, page, text):
        text.fill("Before.\nAfter.")
        choose(text, "Before.")
        page.keyboard.press("Control+Shift+Digit9")
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog", state="detached")
        page.keyboard.type("you have chest pain")
        assert text.input_value() == "Before.\n\n::: emergency Call 911 now if:\n- you have chest pain\n:::\n\nAfter."

    def test_help_names_the_keys(self, page, text):
        page.click("[data-tool=help]")
        assert "Ctrl+K" in page.inner_text("dialog")


class TestPictures:
    def send(self, page):
        page.set_input_files(".toolbar__file", {"name": "a.png", "mimeType": "image/png", "buffer": make_picture()})
        page.wait_for_selector("dialog[open]")

    def test_are_asked_for_what_they_show(self, page, text):
        text.fill("Look:")
        self.send(page)
        page.keyboard.type("A hand [left] holds a needle")
        page.keyboard.press("Tab")
        page.keyboard.type('The "thin" needle')
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog", state="detached")
        written = text.input_value()
        assert written.startswith("Look:\n\n![A hand \\[left\\] holds a needle](/media/pictures/")
        assert written.endswith(' "The \\"thin\\" needle")')
        page.wait_for_selector(".markdownx-preview figure img[alt='A hand [left] holds a needle']")

    def test_may_be_decoration(self, page, text):
        self.send(page)
        page.check("#dialog-picture-decoration")
        page.click("dialog [type=submit]")
        assert text.input_value().endswith(' "decoration")')

    def test_without_words_are_not_forgotten(self, page, text):
        """Later is possible; the coach goes on asking."""
        self.send(page)
        page.keyboard.press("Escape")
        assert text.input_value().startswith("![DESCRIBE THIS PICTURE](/media/pictures/")
        page.wait_for_selector(".coach >> text=Say in the square brackets what the picture shows")

    @pytest.mark.parametrize(("event", "holder"), [("paste", "clipboardData"), ("drop", "dataTransfer")])
    def test_are_taken_when_pasted_or_dropped(self, page, text, event, holder):
        text.evaluate(
            """(field, [event, holder, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], 'a.png', {type: 'image/png'}));
                const Kind = event === 'paste' ? ClipboardEvent : DragEvent;
                field.dispatchEvent(new Kind(event, {[holder]: data, bubbles: true, cancelable: true}));
            }""",
            [event, holder, list(make_picture())],
        )
        page.wait_for_selector("dialog[open] img")

    def test_that_are_refused_say_why_and_leave_the_text(self, page, text):
        text.fill("Words.")
        page.set_input_files(".toolbar__file", {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
        page.wait_for_selector(".markdownx__error:not(:empty)")
        assert text.input_value() == "Words."


class TestTheCoach:
    def test_says_what_could_be_better_while_one_types_and_is_content_when_it_is_mended(self, page, text):
        text.fill("This is a miracle. Click [here](topic:nowhere). The WHO says so.\n\n#### Deep\n\nFascia moves.")
        for words in ("“miracle” sounds like a promise", "Let the link say where it leads: “here”", "topic:nowhere",
                      "Write out “WHO”", "this heading skips a level", "Explain “Fascia”"):  # fmt: skip
            page.wait_for_selector(f".coach >> text={words}")
        text.fill("This may help.")
        page.wait_for_selector(".coach >> text=miracle", state="detached")
        assert "Grade" in page.inner_text(".coach")

    def test_looks_at_the_other_fields_too(self, page, text):
        page.fill("#id_summary", "A guaranteed cure.")
        page.click(".coach .hint >> text=guaranteed")
        assert page.evaluate("document.activeElement.id") == "id_summary"

    def test_leads_to_the_words(self, page, text):
        text.fill("One.\n\n" * 60 + "A miracle happens.")
        page.click(".coach .hint >> text=miracle")
        assert selected(text) == "miracle"
        assert text.evaluate("field => field.scrollTop") > 0

    def test_links_a_word_to_the_glossary(self, page, text):
        text.fill("The fascia moves.")
        page.click(".coach >> text=Link “fascia” to the glossary")
        assert text.input_value() == "The [fascia](term:fascia) moves."
        page.wait_for_selector(".coach >> text=Explain “fascia”", state="detached")

    def test_adds_a_word_to_the_glossary(self, page, text):
        text.fill("Ask about CBT.")
        with page.expect_popup() as opened:
            page.click(".coach >> text=Add “CBT” to the glossary")
        assert opened.value.input_value("#id_title") == "CBT"

    def test_shows_the_longest_sentences_and_keeps_them_open(self, page, text):
        text.fill("Short one. This sentence is a good deal longer than the other one.")
        page.wait_for_selector(".coach >> text=11 words", state="attached")
        page.click(".coach summary")
        page.wait_for_selector(".coach__longest li:first-child >> text=This sentence is a good deal longer")
        text.fill("Now this is the longest sentence of all of them.")
        page.wait_for_selector(".coach__longest[open] li:first-child >> text=Now this is")

    def test_says_so_when_the_session_is_over(self, page, text):
        page.context.clear_cookies(name="sessionid")
        text.fill("More words.")
        page.wait_for_selector(".coach >> text=Log in again to go on. Your text is still here.")
        assert text.input_value() == "More words."


@pytest.mark.skipif(not AXE.exists() and not os.environ.get("CI"), reason="AXE_JS must name axe-core; .ci/run brings it")
class TestForEveryone:
    """What is ours in the form; the admin around it is Django's."""

    @pytest.fixture(params=LOOKS)
    def look(self, request, chromium, staff_site_url):
        """The form of a page with something to mend, in a kind of light and size."""
        context = chromium.new_context(bypass_csp=True, **LOOKS[request.param])
        page = context.new_page()
        log_in(page, staff_site_url)
        open_topic(page, staff_site_url).fill("A miracle for the fascia, says WHO.\n\n[here](topic:nowhere)")
        page.wait_for_selector(".coach >> text=miracle")
        yield page
        context.close()

    def faults(self, page, place):
        page.evaluate(AXE.read_text())
        tags = {"runOnly": {"type": "tag", "values": RULES}}
        found = page.evaluate("([place, tags]) => axe.run(place, tags)", [place, tags])["violations"]
        return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]

    def test_axe_finds_nothing_in_the_editor_and_its_questions(self, look):
        assert self.faults(look, ".markdownx") == []
        for tool in ("link", "card", "help"):
            look.click(f"[data-tool={tool}]")
            look.wait_for_selector("dialog[open]")
            if tool == "link":
                look.wait_for_selector(".choice")
            assert self.faults(look, "dialog") == [], tool
            look.keyboard.press("Escape")
            look.wait_for_selector("dialog", state="detached")

    def test_axe_finds_nothing_in_the_offer_and_nothing_scrolls_sideways(self, look):
        stay(look)
        look.reload()
        look.wait_for_selector(OFFER)
        assert self.faults(look, OFFER) == []
        assert look.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

import pytest

from education.rendering import Body, Links, SizedPicture
from education.rendering.renderer import SIZES
from tests.rendering.samples import problems, render, soup


class TestPictures:
    """A picture of this site, with words that say what it shows."""

    @pytest.mark.parametrize("src", ["/media/pictures/0a.png", "/static/img/needle.svg"])
    def test_of_this_site_are_shown(self, src):
        assert render(f"Text ![A needle]({src})") == f'<p>Text <img src="{src}" alt="A needle"></p>\n'

    @pytest.mark.parametrize(
        "src",
        [
            "https://example.org/x.png",
            "//example.org/x.png",
            "/admin/x.png",
            "x.png",
            "/media/../x",
            "/media/%2e%2e/x",
            "/media/%2E./x",
            "/media//x",
        ],
    )
    def test_from_elsewhere_are_their_words(self, src):
        assert render(f"![A <needle>]({src})") == "<p>A &lt;needle&gt;</p>\n"

    def test_words_lose_their_markup(self):
        assert soup("![A *long* `needle` [x](topic:visit)](/media/x.png)").img["alt"] == "A long needle x"

    def test_without_title_alone_are_no_figure(self):
        assert soup("![a](/media/x.png)").figure is None

    def test_in_a_line_keep_their_title(self):
        page = soup('Text ![a](/media/x.png "More")')
        assert page.figure is None
        assert page.img["title"] == "More"


class TestPlace:
    """A picture keeps its place while it loads, and the ones further down wait until they are needed."""

    LINKS = Links(
        pictures={"/media/a.jpg": SizedPicture(2000, 1000, "/media/a-480.webp 480w"), "/static/b.svg": SizedPicture(9, 10)}
    )

    def test_is_as_large_as_the_picture(self):
        image = soup("![a](/static/b.svg)", links=self.LINKS).img
        assert image.attrs == {"src": "/static/b.svg", "alt": "a", "width": "9", "height": "10"}

    def test_has_narrower_files_to_choose_from_and_the_picture_itself_for_old_browsers(self):
        picture = soup('![a](/media/a.jpg "Caption")', links=self.LINKS).figure.picture
        source, image = picture.find_all(["source", "img"])
        assert source.attrs == {"type": "image/webp", "srcset": "/media/a-480.webp 480w", "sizes": SIZES}
        assert image.attrs == {"src": "/media/a.jpg", "alt": "a", "width": "2000", "height": "1000"}

    def test_only_the_first_is_loaded_at_once(self):
        first, *others = soup("![a](/media/a.jpg)\n\n![b](/static/b.svg) ![c](/media/c.png)", links=self.LINKS).find_all("img")
        assert not {"loading", "decoding"} & set(first.attrs)
        assert [(image["loading"], image["decoding"]) for image in others] == [("lazy", "async")] * 2

    def test_of_one_text_of_several_is_further_down(self):
        assert soup("![a](/media/a.jpg)", id_prefix="second--").img["loading"] == "lazy"

    def test_says_what_the_text_shows(self):
        assert Body("![a](/media/a.jpg) ![b](https://example.org/b.png) [![c](/static/c.svg)](topic:visit)").pictures == {
            "/media/a.jpg",
            "/static/c.svg",
        }

    def test_no_author_writes_any_of_it(self):
        hostile = 'x" srcset="/media/y.png'
        image = soup(f"![{hostile}](/media/x.png) ![{hostile}](/media/y.png)").find_all("img")[1]
        assert image.attrs.keys() == {"src", "alt", "loading", "decoding"}


class TestDecoration:
    """A picture that one does not miss is passed over by screen readers, and its author says so."""

    @pytest.mark.parametrize("title", ["decoration", "Decoration "])
    def test_has_no_words_and_no_caption(self, title):
        page = soup(f'![](/media/x.png "{title}")')
        assert page.figure is None
        assert page.img.attrs == {"src": "/media/x.png", "alt": ""}
        assert problems(f'![](/media/x.png "{title}")') == []

    def test_must_be_said(self):
        assert problems("![](/media/x.png)")
        assert problems('![](/media/x.png "A picture")')

    def test_is_a_caption_where_the_picture_has_words(self):
        assert soup('![A wreath](/media/x.png "decoration")').figcaption.text == "decoration"


class TestFigures:
    """A picture alone in its paragraph, with a title, gets that title as its caption."""

    def test_have_the_title_as_caption(self):
        page = soup('Before.\n\n![A needle](/media/x.png "How *thin* & <fine>")\n\nAfter.')
        assert page.figcaption.get_text() == "How *thin* & <fine>"
        assert page.figure.img.attrs == {"src": "/media/x.png", "alt": "A needle"}
        assert [paragraph.text for paragraph in page.find_all("p")] == ["Before.", "After."]

    @pytest.mark.parametrize("frame", ["- {}", "> {}", "::: info\n{}\n:::"])
    def test_stand_in_other_blocks(self, frame):
        page = soup(frame.format('![a](/media/x.png "b")'))
        assert page.figure.figcaption.text == "b"
        assert page.figure.find_parent(["li", "blockquote", "div"]) is not None

    def test_from_elsewhere_are_a_paragraph_of_words(self):
        assert render('![a](https://example.org/x.png "b")') == "<p>a</p>\n"

    def test_are_rendered_alike_twice(self):
        assert render('![a](/media/x.png "b")') == render('![a](/media/x.png "b")')

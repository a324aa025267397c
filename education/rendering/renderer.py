"""Tokens → HTML, with marks where the site's own markup will stand (see `sanitise`)."""

from collections import Counter
from urllib.parse import unquote

from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from education.rendering.links import Reference, is_outside_link, is_picture_address
from education.rendering.syntax import TITLED_CARDS, card_kind, is_decoration

# How wide a picture stands on a page: as the text, or as the screen (`--measure` in static/css/tokens.css).
SIZES = "(min-width: 54em) 52.25em, 100vw"


class PageRenderer(RendererHTML):
    """Renders one body; `env["page"]` is the `PageState` of the rendering under way."""

    def text(self, tokens, index, options, env):
        text, state = tokens[index].content, env.get("page")
        if state is None or not state.may_explain:
            return escapeHtml(text)
        html, done = "", 0
        for start, end, term in state.terms.first_uses(text):
            opening = state.marks.markup(_term_link(term))
            html += escapeHtml(text[done:start]) + opening + escapeHtml(text[start:end]) + state.marks.markup("</a>")
            done = end
        return html + escapeHtml(text[done:])

    def heading_open(self, tokens, index, options, env):
        state = env["page"]
        level = state.enter_heading(tokens[index])
        # An id is made of letters, digits and hyphens (see `heading_ids`).
        return f"<h{level}>" + state.marks.attributes(f'id="{state.id_prefix}{tokens[index].meta["id"]}"')

    def heading_close(self, tokens, index, options, env):
        env["page"].in_heading = False
        return f"</h{env['page'].level}>\n"

    def card(self, tokens, index, options, env):
        state, token = env["page"], tokens[index]
        if token.nesting < 0:
            state.open_cards.pop()
            return state.marks.close()
        state.open_cards.append(card_kind(token.info))
        return state.marks.open("card", kind=card_kind(token.info), level=min(6, state.level + 1))

    def card_body(self, tokens, index, options, env):
        return env["page"].marks.split()

    def citation(self, tokens, index, options, env):
        state = env["page"]
        return "".join(state.marks.markup(state.citation(source)) for source in tokens[index].meta["sources"])

    def link_open(self, tokens, index, options, env):
        state = env["page"]
        term = state.linked_term(tokens[index].attrGet("href"))
        url, title = (f"#_term-{term.slug}", term.title) if term else state.target(tokens[index].attrGet("href"))
        state.open_links.append(url)
        html = "" if url is None else self.renderToken([_with_attributes(tokens[index], href=url)], 0, options, env)
        if term:
            html += state.marks.attributes(_term_attributes(term, is_first=state.terms.use(term)))
        return html + (escapeHtml(title) if tokens[index + 1].type == "link_close" else "")

    def link_close(self, tokens, index, options, env):
        return "" if env["page"].open_links.pop() is None else "</a>"

    def image(self, tokens, index, options, env):
        token, state = tokens[index], env["page"]
        alt = self.renderInlineAsText(token.children, options, env)
        if not is_picture_address(token.attrGet("src")):
            return escapeHtml(alt)
        title, is_figure = token.attrGet("title"), token.meta.get("figure")
        shown_title = None if is_figure or is_decoration(token) else title
        image = self.renderToken([_with_attributes(token, alt=alt, title=shown_title)], 0, options, env)
        html = state.sized(image, token.attrGet("src"))
        if not is_figure:
            return html
        return state.marks.open("figure") + escapeHtml(title) + state.marks.split() + html + state.marks.close()

    def table_open(self, tokens, index, options, env):
        return env["page"].marks.open("table") + env["page"].marks.split() + self.renderToken(tokens, index, options, env)

    def table_close(self, tokens, index, options, env):
        return self.renderToken(tokens, index, options, env) + env["page"].marks.close()

    def th_open(self, tokens, index, options, env):
        # The corner above a column of names heads nothing.
        if not tokens[index + 1].content:
            return self.td_open(tokens, index, options, env)
        return "<th>" + env["page"].marks.attributes(" ".join(['scope="col"', *_alignment(tokens[index])]))

    def th_close(self, tokens, index, options, env):
        return "</th>" if tokens[index - 1].content else "</td>"

    def td_open(self, tokens, index, options, env):
        alignment = _alignment(tokens[index])
        return "<td>" + (env["page"].marks.attributes(alignment[0]) if alignment else "")


def _term_link(term):
    return format_html('<a href="#_term-{}" {}>', term.slug, _term_attributes(term, is_first=True))


def _term_attributes(term, *, is_first):
    return format_html('class="term-link" id="_use-{}"', term.slug) if is_first else 'class="term-link"'


def _alignment(cell):
    # It comes as an inline style, which the site's content security policy refuses.
    side = (cell.attrGet("style") or "").removeprefix("text-align:")
    return [f'class="align-{side}"'] if side in ("center", "right") else []


def _with_attributes(token, **attributes):
    """A copy of a token with other attributes; `None` removes one."""
    changed = {key: value for key, value in {**token.attrs, **attributes}.items() if value is not None}
    return token.copy(attrs=changed)


class PageState:
    """What one rendering knows: where links lead, the citations so far, the level of headings.

    `sections` are the texts of the body's headings by their ids.
    """

    def __init__(self, marks, links, sections, citations, terms, heading_level, id_prefix):
        self.marks = marks
        self.links = links
        self.sections = sections
        self.citations = citations
        self.terms = terms
        self.heading_level = heading_level
        self.id_prefix = id_prefix
        self.level = heading_level - 1
        self.open_links = []
        self.open_cards = []
        self.in_heading = False
        # Of several texts on one page, and of several pictures in a text, only the first is near the top of the page.
        self.below_top = bool(id_prefix)

    @property
    def may_explain(self):
        """Whether a term here may lead to its meaning: not in headings and links, and care cards are complete in themselves."""
        return not self.in_heading and not self.open_links and not set(self.open_cards) & set(TITLED_CARDS)

    def enter_heading(self, token):
        """Begin a heading; gives its level on the page, where the author's first level is `heading_level`."""
        self.level = min(6, max(2, int(token.tag[1])) - 2 + self.heading_level)
        self.in_heading = True
        return self.level

    def linked_term(self, href):
        """The term of this page's glossary that a link names; None for any other link."""
        reference, _ = Reference.from_href(href)
        if reference and reference.collection == "glossary" and not self.in_heading:
            return self.terms.by_slug.get(reference.slug)
        return None

    def target(self, href):
        """Where a link leads: `(url, words for a link that has none)`; no url when it leads nowhere or is not allowed."""
        reference, fragment = Reference.from_href(href)
        if reference:
            page = self.links.pages.get(reference)
            if page is None:
                return None, ""
            return page.at(fragment), page.title
        if href.startswith("#"):
            return f"#{self.id_prefix}{href[1:]}", self.sections.get(unquote(href[1:]), href)
        return (href, href) if is_outside_link(href) else (None, "")

    def sized(self, image, address):
        """An `<img>` with what keeps its place while it loads, and the files to choose from; what is far down loads late."""
        picture = self.links.pictures.get(address)
        size = format_html('width="{}" height="{}"', picture.width, picture.height) if picture else ""
        late = 'loading="lazy" decoding="async"' if self.below_top else ""
        self.below_top = True
        if size or late:
            image += self.marks.attributes(" ".join(filter(None, (size, late))))
        if not picture or not picture.srcset:
            return image
        source = format_html('<source type="image/webp" srcset="{}" sizes="{}">', picture.srcset, SIZES)
        return self.marks.markup("<picture>" + source) + image + self.marks.markup("</picture>")

    def citation(self, source):
        """The HTML of one citation; nothing for an unknown source."""
        if source not in self.links.sources:
            return ""
        number, use = self.citations.cite(source)
        return format_html(
            '<sup class="citation"><a href="#_source-{0}" id="_cite-{0}-{1}">'
            '<span class="visually-hidden"> {2} </span>{0}</a></sup>',
            number,
            use,
            gettext("Source"),
        )


def heading_ids(headings):
    """An id for each heading text: its words in small letters with hyphens; a number is added to repeated ones."""
    used, counts = set(), Counter()
    for text in headings:
        base = name = (text and slugify(text, allow_unicode=True)[:60].strip("-")) or "section"
        while name in used:
            # The count goes on where it was: counting anew would take the square of the headings.
            counts[base] += 1
            name = f"{base}-{counts[base] + 1}"
        used.add(name)
        yield name

"""Tokens → HTML, with marks where the site's own markup will stand (see `sanitise`)."""

from django.utils.html import format_html
from django.utils.text import slugify
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from education.rendering.links import Reference, is_outside_link, is_picture_address
from education.rendering.syntax import card_kind, card_title


class PageRenderer(RendererHTML):
    """Renders one body; `env["page"]` is the `PageState` of the rendering under way."""

    def heading_open(self, tokens, index, options, env):
        state = env["page"]
        level = state.enter_heading(tokens[index])
        return f"<h{level}>" + state.marks.attributes(format_html('id="{}"', state.id_prefix + tokens[index].meta["id"]))

    def heading_close(self, tokens, index, options, env):
        return f"</h{env['page'].level}>\n"

    def card(self, tokens, index, options, env):
        state, token = env["page"], tokens[index]
        if token.nesting < 0:
            return state.marks.close()
        # The title is the author's text, with what may stand in a line: a number to call, emphasis.
        title = state.md.renderInline(card_title(token.info), env)
        return state.marks.open("card", kind=card_kind(token.info), level=min(6, state.level + 1)) + title + state.marks.split()

    def citation(self, tokens, index, options, env):
        state = env["page"]
        return "".join(state.marks.markup(state.citation(source)) for source in tokens[index].meta["sources"])

    def link_open(self, tokens, index, options, env):
        state = env["page"]
        url, title = state.target(tokens[index].attrGet("href"))
        state.open_links.append(url)
        html = "" if url is None else self.renderToken([_with_attributes(tokens[index], href=url)], 0, options, env)
        return html + (escapeHtml(title) if tokens[index + 1].type == "link_close" else "")

    def link_close(self, tokens, index, options, env):
        return "" if env["page"].open_links.pop() is None else "</a>"

    def image(self, tokens, index, options, env):
        token = tokens[index]
        alt = self.renderInlineAsText(token.children, options, env)
        if not is_picture_address(token.attrGet("src")):
            return escapeHtml(alt)
        if not token.meta.get("figure"):
            return self.renderToken([_with_attributes(token, alt=alt)], 0, options, env)
        html = self.renderToken([_with_attributes(token, alt=alt, title=None)], 0, options, env)
        marks = env["page"].marks
        return marks.open("figure") + escapeHtml(token.attrGet("title")) + marks.split() + html + marks.close()

    def table_open(self, tokens, index, options, env):
        return env["page"].marks.open("table") + env["page"].marks.split() + self.renderToken(tokens, index, options, env)

    def table_close(self, tokens, index, options, env):
        return self.renderToken(tokens, index, options, env) + env["page"].marks.close()

    def th_open(self, tokens, index, options, env):
        return "<th>" + env["page"].marks.attributes(" ".join(['scope="col"', *_alignment(tokens[index])]))

    def td_open(self, tokens, index, options, env):
        alignment = _alignment(tokens[index])
        return "<td>" + (env["page"].marks.attributes(alignment[0]) if alignment else "")


def _alignment(cell):
    # It comes as an inline style, which the site's content security policy refuses.
    side = (cell.attrGet("style") or "").removeprefix("text-align:")
    return [f'class="align-{side}"'] if side in ("center", "right") else []


def _with_attributes(token, **attributes):
    """A copy of a token with other attributes; `None` removes one."""
    changed = {key: value for key, value in {**token.attrs, **attributes}.items() if value is not None}
    return token.copy(attrs=changed)


class PageState:
    """What one rendering knows: where links lead, the citations so far, the level of headings."""

    def __init__(self, md, marks, links, citations, heading_level, id_prefix):
        self.md = md
        self.marks = marks
        self.links = links
        self.citations = citations
        self.heading_level = heading_level
        self.id_prefix = id_prefix
        self.level = heading_level - 1
        self.open_links = []

    def enter_heading(self, token):
        """Begin a heading; gives its level on the page, where the author's first level is `heading_level`."""
        self.level = min(6, max(2, int(token.tag[1])) - 2 + self.heading_level)
        return self.level

    def target(self, href):
        """Where a link leads: `(url, the page's title)`; no url when it leads nowhere or is not allowed."""
        reference, fragment = Reference.from_href(href)
        if reference:
            page = self.links.pages.get(reference)
            if page is None:
                return None, ""
            return (f"{page.url}#{fragment}" if fragment and "#" not in page.url else page.url), page.title
        if href.startswith("#"):
            return f"#{self.id_prefix}{href[1:]}", ""
        return (href, href) if is_outside_link(href) else (None, "")

    def citation(self, source):
        """The HTML of one citation; nothing for an unknown source."""
        if source not in self.links.sources:
            return ""
        number, use = self.citations.cite(source)
        return format_html(
            '<sup class="citation"><a href="#_source-{0}" id="_cite-{0}-{1}">'
            '<span class="visually-hidden">Source </span>{0}</a></sup>',
            number,
            use,
        )


def heading_ids(headings):
    """An id for each heading text: its words in small letters with hyphens; a number is added to repeated ones."""
    used = set()
    for text in headings:
        base = slugify(text, allow_unicode=True)[:60].strip("-") or "section"
        name, count = base, 1
        while name in used:
            count += 1
            name = f"{base}-{count}"
        used.add(name)
        yield name



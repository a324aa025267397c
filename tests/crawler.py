"""A walk over the site, as a crawler or a curious patient would do it."""

from urllib.parse import urlsplit

from bs4 import BeautifulSoup


def walk(client, start="/"):
    """The response at every address of the site that can be reached from `start`, by its address; all must be 200."""
    pages, waiting = {}, [start]
    while waiting:
        address = waiting.pop()
        if address not in pages:
            pages[address] = client.get(address)
            assert pages[address].status_code == 200, address
            waiting += inside_links(address, parsed(pages[address]))
    return pages


def parsed(response):
    """The parsed HTML of a response; None for anything else."""
    return BeautifulSoup(response.content, "html.parser") if "html" in response.headers["Content-Type"] else None


def links(page):
    """Every link of a parsed page, as (address, tag)."""
    return [(link["href"], link) for link in page.find_all("a", href=True)] if page else []


def inside_links(address, page):
    """The addresses of this site's pages that a page at `address` links to; not those in another form, `rel=nofollow`."""
    for href, link in links(page):
        parts = urlsplit(href)
        if (
            "nofollow" not in link.get("rel", ())
            and not parts.netloc
            and not parts.scheme
            and not parts.path.startswith(("/static/", "/admin/"))
        ):
            yield (parts.path or urlsplit(address).path) + (f"?{parts.query}" if parts.query else "")

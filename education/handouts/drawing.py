"""A process that draws one PDF with WeasyPrint and ends; `education.handouts.pdf` starts it.

It is a script without Django. It opens no file of the site and no connection: what a page refers to it asks of who started
it. So a page that takes too much memory or time harms nobody, and a server keeps none of what drawing needs.
"""

import json
import resource
import sys
from multiprocessing.connection import Connection

MOST_MEMORY = 3 * 1024**3
MOST_SECONDS = 60


def main(connection):
    """Take a job, ask for files, give the PDF."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from weasyprint import CSS, HTML  # noqa: PLC0415 - within the limits
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class AskingFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            connection.send_bytes(b"?" + url.encode())
            kind, _, data = connection.recv_bytes().partition(b"\0")
            if not kind:
                raise ValueError(data.decode())
            return URLFetcherResponse(url, data, {"Content-Type": kind.decode()})

    job = json.loads(connection.recv_bytes())
    document = HTML(string=job["html"], base_url=job["base"], url_fetcher=AskingFetcher(allowed_protocols=()))
    styles = [CSS(string=css) for css in job["styles"]]
    pdf = document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1", finisher=name_heads_of_tables)
    connection.send_bytes(b"=" + pdf)


def name_heads_of_tables(_document, pdf):
    """Say of each head in a table whether it is of a column or a row, and make it found by its name.

    PDF/UA asks for both (ISO 14289-1, 7.5; ISO 32000-1, 14.7.2); WeasyPrint 70 names heads and leaves this out.
    """
    tags = {tag.reference: tag for tag in pdf.objects if isinstance(tag, dict) and "S" in tag and "P" in tag}
    heads = [tag for tag in tags.values() if tag["S"] == "/TH"]
    for head in heads:
        section = tags[tags[head["P"]]["P"]]
        head["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"
    named = sorted((head for head in heads if "ID" in head), key=lambda head: head["ID"].data)
    if named:
        import pydyf  # noqa: PLC0415 - comes with WeasyPrint

        root = next(thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/StructTreeRoot")
        places = [part for head in named for part in (head["ID"], head.reference)]
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(places)})


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))

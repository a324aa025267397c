"""PDFs are made of nothing but this site."""

import os
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from education.handouts import pdf, pdf_maker

SITE = "https://clinic.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


class TestWhatAPdfIsMadeOf:
    """No file of the server but static files and uploads, and nothing from the network (S44)."""

    @pytest.fixture
    def fetch(self):
        files = pdf.SiteFiles({"/made.css": (b"p {}", "text/css")})
        return lambda address: files.read(address)[0]

    def test_static_files_uploads_and_what_is_passed(self, fetch, media_folder):
        (media_folder / "pictures").mkdir(parents=True)
        (media_folder / "pictures" / "a.png").write_bytes(b"picture")
        assert b"<svg" in fetch(f"{SITE}/static/img/favicon.svg")
        assert b"@layer" in fetch(f"{SITE}/static/css/bundle.css")
        assert fetch(f"{SITE}/media/pictures/a.png") == b"picture"
        assert fetch(f"{SITE}/made.css") == b"p {}"

    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd",
            "file:///etc/passwd.css",
            "http://127.0.0.1:8000/static/img/favicon.svg",
            "https://evil.example/a.png",
            "https://clinic.example.evil.example/static/img/favicon.svg",
            "https://clinic.example@evil.example/static/img/favicon.svg",
            "//evil.example/a.png",
            "data:image/png;base64,AAAA",
            f"{SITE}/static/../manage.py",
            f"{SITE}/static/%2e%2e/secret.css",
            f"{SITE}/static//etc/secret.css",
            f"{SITE}/media/../secret.png",
            f"{SITE}/media/%2e%2e/secret.png",
            f"{SITE}/media/pictures/none.png",
            f"{SITE}/topics/dry-needling/",
            f"{SITE}/admin/",
        ],
    )
    def test_nothing_else(self, fetch, media_folder, address):
        media_folder.mkdir()
        (media_folder.parent / "secret.png").write_bytes(b"secret")
        with pytest.raises(Exception, match=r"."):
            fetch(address)

    @pytest.mark.skipif(pdf_maker() is None and not os.environ.get("CI"), reason="WeasyPrint is not here")
    def test_a_page_cannot_reach_further(self, tmp_path):
        """Whatever markup got into a page, neither a file's text nor a file comes into the PDF."""
        secret = tmp_path / "secret.png"
        Image.new("RGB", (9, 9), "red").save(secret)
        html = (
            '<html lang="en"><head><title>T</title><link rel="attachment" href="file:///etc/passwd">'
            f'<link rel="stylesheet" href="file:///etc/passwd"></head><body><p>Words</p><img alt="a" src="file://{secret}">'
            f'<object data="file://{secret}"></object><embed src="file://{secret}"></body></html>'
        )
        made = PdfReader(BytesIO(pdf_maker()(html, "/")))
        assert made.attachments == {}
        assert [image for page in made.pages for image in page.images] == []
        assert "Words" in made.pages[0].extract_text()

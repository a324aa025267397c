"""S41, S16: what is too large, too much or too long is refused, and nothing of it is read."""

import tracemalloc
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from clinic_site.limits import LARGEST_FORM, LARGEST_UPLOAD, LONGEST_ADDRESS, RequestLimitsMiddleware
from tests.factories import make_page

pytestmark = pytest.mark.django_db

LOGIN, UPLOAD = "/admin/login/", "/admin/editor/upload/"


class TestAddresses:
    @pytest.mark.parametrize("address", ["/search/?q=", "/topics/?x=", "/admin/?", "/"])
    def test_that_are_too_long_are_refused(self, client, address):
        response = client.get(address + "a" * (LONGEST_ADDRESS - len(address) + 1))
        assert response.status_code == HTTPStatus.REQUEST_URI_TOO_LONG
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    def test_up_to_that_are_answered(self, client):
        make_page()
        address = "/search/?q="
        assert client.get(address + "a" * (LONGEST_ADDRESS - len(address))).status_code == HTTPStatus.OK


class TestBodies:
    FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"

    def answer(self, length, kind=FORM, **cookies):
        """The status for a request that announces a body of a length; 200 where it goes on to the site."""
        request = RequestFactory().generic("POST", UPLOAD, CONTENT_LENGTH=str(length), CONTENT_TYPE=kind)
        request.COOKIES.update(cookies)
        return RequestLimitsMiddleware(lambda _request: HttpResponse())(request).status_code

    @pytest.mark.parametrize("kind", [FORM, FILES, "application/json", "text/plain", "MULTIPART/FORM-DATA; boundary=x", ""])
    def test_of_strangers_hold_a_form_at_most(self, kind):
        assert self.answer(LARGEST_FORM, kind) == HTTPStatus.OK
        assert self.answer(LARGEST_FORM + 1, kind) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def test_of_staff_hold_a_picture_at_most(self):
        assert self.answer(LARGEST_UPLOAD, self.FILES, sessionid="x") == HTTPStatus.OK
        assert self.answer(LARGEST_UPLOAD + 1, self.FILES, sessionid="x") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert self.answer(LARGEST_FORM + 1, sessionid="x") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    @pytest.mark.parametrize("length", ["-1", "x", "1e9", "٣", "0x10"])
    def test_that_do_not_say_their_length_are_refused(self, length):
        assert self.answer(length) == HTTPStatus.BAD_REQUEST

    def test_of_an_absurd_length_are_refused(self):
        assert self.answer("9" * 5000) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def test_are_refused_before_anything_else_looks_at_them(self, client):
        """A form of 2.6 MB, sent to the login."""
        response = client.post(LOGIN, "a" * (LARGEST_FORM + 1), content_type=self.FORM)
        assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def test_with_thousands_of_fields_are_refused(self, staff_client):
        data = {f"field{number}": "x" for number in range(1001)}
        for address in (LOGIN, "/admin/education/topic/add/", UPLOAD):
            assert staff_client.post(address, data).status_code == HTTPStatus.BAD_REQUEST
            urlencoded = "&".join(f"{name}=x" for name in data)
            response = staff_client.post(address, urlencoded, content_type="application/x-www-form-urlencoded")
            assert response.status_code == HTTPStatus.BAD_REQUEST

    def test_with_many_files_are_refused(self, staff_client):
        data = {f"file{number}": SimpleUploadedFile("a.png", b"x") for number in range(6)}
        assert staff_client.post(UPLOAD, data).status_code == HTTPStatus.BAD_REQUEST

    def test_in_base64_full_of_spaces_take_no_memory(self, client):
        """DJ CVE-2026-33033: decoding them took time and memory far beyond their size."""
        head = "--x\r\nContent-Disposition: form-data; name=f; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        body = (head + " " * 2_000_000 + "\r\n--x--\r\n").encode()
        tracemalloc.start()
        try:
            client.post(LOGIN, body, content_type="multipart/form-data; boundary=x")
            assert tracemalloc.get_traced_memory()[1] < 8 * len(body)
        finally:
            tracemalloc.stop()

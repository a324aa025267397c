"""The site as people use it: served with its content by the command they run, opened in a real Chromium.

These tests run where Chromium is (CHROMIUM names it, else /usr/bin/chromium) and playwright is installed; CI has both.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.e2e.staff import PASSWORD, log_in, open_topic

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items):
    """Without Chromium there is nothing to run (in CI that is a fault); they bring their own SQLite, so once is enough."""
    if os.environ.get("DATABASE_URL"):
        skip = pytest.mark.skip(reason="these tests bring their own database, and run without DATABASE_URL")
    elif Path(CHROMIUM).exists() or os.environ.get("CI"):
        return
    else:
        skip = pytest.mark.skip(reason=f"there is no Chromium at {CHROMIUM}")
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(skip)


STAFF = {"ann": "Publisher", "ben": "Publisher", "alex": "Editor", "vale": "Clinical reviewer"}
MAKE_STAFF = f"""
from django.contrib.auth.models import Group, User
for name, group in {STAFF}.items():
    user = User.objects.create_user(name, password="{PASSWORD}", is_staff=True, first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
"""


@pytest.fixture(scope="session")
def site_url(tmp_path_factory):
    """The address of the whole site, seeded as `make run` does it, on a database of its own."""
    with serve(tmp_path_factory.mktemp("var")) as address:
        yield address


@pytest.fixture(scope="session")
def staff_site_url(tmp_path_factory):
    """The address of another such site, which tests may change, with a user for each of `STAFF`."""
    with serve(tmp_path_factory.mktemp("staff_var"), ("shell", "-c", MAKE_STAFF)) as address:
        yield address


@contextmanager
def serve(folder, *more_commands):
    """Serve the site with its content from a folder, after some more of its commands; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": "", "SITE_URL": address}
    environment["DJANGO_SETTINGS_MODULE"] = "clinic_site.settings.development"

    def manage(*arguments):
        return [sys.executable, "manage.py", *arguments]

    for command in (("migrate",), ("import_content",), *more_commands):
        subprocess.run(manage(*command, "--verbosity", "0"), cwd=settings.BASE_DIR, env=environment, check=True)
    with subprocess.Popen(
        manage("runserver", "--noreload", f"127.0.0.1:{port}"),
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(f"{address}/healthz", server)
            yield address
        finally:
            server.terminate()


def _wait_for(address, server):
    """Until it answers: a machine that does much else takes long to start one."""
    ends_at = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < ends_at:
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="module")
def chromium():
    """A running browser. It ends with its module: while it runs, Django takes this thread for an asynchronous one."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def console_says():
    """What the browser's console said against a page: refused by the content security policy, or broken."""
    return []


@pytest.fixture
def staff_page(chromium, staff_site_url, console_says):
    """A browser in which staff are logged in; at the end nothing was refused or broke."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("console", lambda message: console_says.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: console_says.append(str(error)))
    log_in(page, staff_site_url)
    yield page
    context.close()
    assert console_says == []


@pytest.fixture
def text(staff_page, staff_site_url):
    """The field with the text of a page, emptied."""
    field = open_topic(staff_page, staff_site_url)
    field.fill("")
    return field

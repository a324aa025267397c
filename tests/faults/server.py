"""A whole site as production runs it, that a test may kill, starve and cut off: servers, and people who use them."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from tests.serving import ROOT, environment, free_port, manage

HOST = "clinic.example"
TOKEN = "c" * 32
MAKE_STAFF = """
from django.contrib.auth import get_user_model, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
import time
user, _ = get_user_model().objects.get_or_create(username="fault", is_staff=True, is_superuser=True)
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=True)
session[DEVICE_ID_SESSION_KEY] = device.persistent_id
session["began"] = session["seen"] = int(time.time()) - 120
session.save()
print(session.session_key)
"""
CHECK = """
import re
from django.db import connection
from operations.database import check_file
from operations.invariants import broken_invariants
from education.models import GlossaryTerm, Revision, SearchEntry
check_file()
connection.check_constraints()
term = GlossaryTerm.objects.get(pk=1)
newest = Revision.objects.filter(page=term.identity, started_from=None).order_by("-pk").first()
entry = SearchEntry.objects.get(collection="glossary", page_id=1)
half = [] if newest.pk == term.revision_id else ["the newest text is not shown"]
words, known = (set(re.findall(r"\\w+", text)) for text in (term.body, entry.text))
half += [] if known and known <= words else ["search knows another text"]
print("broken:", broken_invariants() + half)
print("\\n".join(text.rstrip().rpartition("\\n")[2] for text in Revision.objects.values_list("text", flat=True)))
"""


class Site:
    """Gunicorn with its workers, started again by nobody but the test."""

    def __init__(self, folder, **more):
        self.folder = Path(folder)
        self.port = free_port()
        self.env = environment(self.folder, **more)
        self.process = self.session = None

    def fill(self):
        """Make the tables and the pages that ship, and somebody of staff."""
        manage(self.env, "migrate", "--verbosity", "0")
        manage(self.env, "import_content", "--verbosity", "0")
        manage(self.env, "collectstatic", "--noinput", "--verbosity", "0")
        self.session = manage(self.env, "shell", "--verbosity", "0", "-c", MAKE_STAFF).split()[-1]

    def start(self, *, workers=2, log=None):
        """Start the server; gives the seconds until it answered with a page. `log` (a file) takes what it says."""
        command = [sys.executable, "-m", "gunicorn", "--config", "clinic_site/gunicorn.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", str(workers)]
        own = (self.folder / "gunicorn.log").open("a")
        output = own if log is None else log
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=output, stderr=output, start_new_session=True)
        return self.wait()

    def wait(self, path="/readyz", limit=60):
        """Seconds until an address answers 200."""
        began = time.monotonic()
        while time.monotonic() - began < limit:
            try:
                if self.get(path, timeout=2)[0] == 200:
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{path} did not come back:\n{(self.folder / 'gunicorn.log').read_text()[-2000:]}")

    def kill(self):
        """kill -9, the server and its workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Stop as a machine does that is shut down."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(40)

    def ask(self, method, path, body=None, *, timeout=30, staff=False, **headers):
        """Status, text and headers of an answer on a connection of its own. Raises OSError."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "Origin": f"https://{HOST}", "Connection": "close", **headers}
        if staff:
            sent["Cookie"] = f"__Host-sessionid={self.session}; __Host-csrftoken={TOKEN}"
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), answer.headers
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()

    def get(self, path, **options):
        """Status and text of a page."""
        return self.ask("GET", path, **options)[:2]

    def pages(self):
        """The addresses of the public pages."""
        found = re.findall(rf"<loc>https://{HOST}([^<]*)</loc>", self.get("/sitemap.xml")[1])
        assert len(found) > 50
        return found

    def save(self, word, *, timeout=30):
        """A member of staff publishes a term of the glossary whose text ends with a word; gives the status and the answer."""
        path = "/admin/education/glossaryterm/1/change/"
        status, text = self.get(path, staff=True, timeout=timeout)
        if status != 200:
            return status, text
        form = BeautifulSoup(text, "html.parser").find("form", id="glossaryterm_form")
        data = {
            field["name"]: field.get("value", "")
            for field in form.find_all("input", attrs={"name": True})
            if field.get("type") not in ("submit", "checkbox", "button", "file")
        }
        for field in form.find_all("select"):
            data[field["name"]] = [option["value"] for option in field.find_all("option", selected=True)]
        data |= {field["name"]: field.get_text().removeprefix("\n") for field in form.find_all("textarea")}
        data |= {"body": f"A text that a member of staff wrote.\n\n{word}", "csrfmiddlewaretoken": TOKEN, "_publish": "Publish"}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(data, doseq=True), staff=True, timeout=timeout, **kind)[:2]

    def check(self, saved=()):
        """Assert that the content is whole, and that each acknowledged save is in the history."""
        broken, *texts = manage(self.env, "shell", "--verbosity", "0", "-c", CHECK).splitlines()
        assert broken == "broken: []", broken
        lost = [word for word in saved if word not in texts]
        assert not lost, f"acknowledged and lost: {lost}"


class Editor(threading.Thread):
    """Somebody who saves without a pause; `saved` holds what the site acknowledged, `failed` what came of the other tries."""

    def __init__(self, site, name="word"):
        super().__init__(daemon=True)
        self.site, self.name_of, self.saved, self.failed = site, name, [], []
        self.done = threading.Event()

    def run(self):
        """Save until told to stop."""
        while not self.done.is_set():
            word = f"{self.name_of}{len(self.saved) + len(self.failed) + 1}"
            try:
                status, text = self.site.save(word, timeout=10)
            except OSError as error:
                self.failed.append((word, repr(error)))
                time.sleep(0.02)
            else:
                self.saved.append(word) if status == 302 else self.failed.append((word, status, text[:300]))

    def stop(self):
        """Stop, and wait until the last save is through."""
        self.done.set()
        self.join(30)


class Readers:
    """Some who read pages without a pause while the block runs; `failed` holds what was not a 200."""

    def __init__(self, ask, paths, count=4):
        self.ask, self.paths = ask, paths
        self.failed, self.seconds = [], []
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.read, args=(number,), daemon=True) for number in range(count)]

    def read(self, number):
        """Read one page after the other."""
        while not self.done.is_set():
            number += 1
            path, began = self.paths[number % len(self.paths)], time.monotonic()
            try:
                status = self.ask(path)[0]
            except OSError as error:
                status = repr(error)
            self.seconds.append(time.monotonic() - began)
            if status != 200:
                self.failed.append((path, status))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        for thread in self.threads:
            thread.join(40)


@contextmanager
def running(folder, *, workers=2, **more):
    """A filled site that runs while the block does."""
    site = Site(folder, **more)
    site.fill()
    site.start(workers=workers)
    try:
        yield site
    finally:
        site.stop()


def wait_for(port, limit=20):
    """Wait until something listens on a port."""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}")

"""What `deploy/` and `docs/deploy.md` say fits the code: names, commands, limits."""

import os
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from clinic_site.limits import LARGEST_UPLOAD

DEPLOY = settings.BASE_DIR / "deploy"
DOCS = settings.BASE_DIR / "docs" / "deploy.md"
UNITS = sorted((DEPLOY / "systemd").iterdir())


class TestTheGuide:
    def test_every_file_it_names_is_there(self):
        named = re.findall(r"(?:/opt/clinic/)?(deploy/[\w./-]*\w)", DOCS.read_text())
        missing = [name for name in named if not list(settings.BASE_DIR.glob(f"{name}*")) and name != "deploy/.env"]
        assert named
        assert missing == []

    def test_every_command_it_names_is_there(self):
        named = set(re.findall(r"(?:\bclinic|manage\.py) ([a-z_]+)\b", DOCS.read_text() + (DEPLOY / "update").read_text()))
        assert {"backup", "restore", "createsuperuser"} <= named
        assert {name for name in named if name in ("backup", "restore") or "_" in name} <= get_commands().keys()

    def test_nothing_is_left_to_be_written(self):
        assert "WHAT-WAS" not in DOCS.read_text()


class TestContainers:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())

    def test_the_app_runs_twice_as_nobody_in_particular(self):
        apps = [service for service in self.compose["services"].values() if service.get("image") == "clinic-site"]
        assert {"app1", "app2"} <= self.compose["services"].keys()
        assert all(app["read_only"] and app["cap_drop"] == ["ALL"] and "user" not in app for app in apps)
        steps = re.findall(r"^(USER|CMD|ENTRYPOINT)(?: (\w+))?", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
        assert steps == [("USER", "clinic"), ("CMD", "")]

    def test_only_caddy_is_open_to_the_world(self):
        assert [name for name, service in self.compose["services"].items() if "ports" in service] == ["caddy"]

    def test_up_can_wait_for_all_that_goes_on(self):
        """`up --wait` fails at a service whose health nobody asks for; what ends is waited for by those who need it."""
        services = self.compose["services"].items()
        unasked = {name for name, service in services if service.get("healthcheck", {}).get("disable")}
        assert unasked == {name for name, service in services if service.get("restart") == "no"} == {"prepare"}

    def test_what_is_not_set_is_named_before_anything_starts(self):
        text = (DEPLOY / "compose.yaml").read_text()
        assert {"SECRET_KEY", "POSTGRES_PASSWORD", "SITE_URL"} == set(re.findall(r"\$\{(\w+):\?", text))

    def test_no_backup_is_in_the_image(self):
        assert "\n**/*.tar.gz\n" in (settings.BASE_DIR / ".dockerignore").read_text()

    def test_no_secret_is_written_down(self):
        text = (DEPLOY / "env.example").read_text()
        assert re.findall(r"^(\w+)=$", text, re.MULTILINE) == ["SECRET_KEY", "POSTGRES_PASSWORD"]

    def test_the_image_holds_all_that_the_site_reads(self):
        ignored = (settings.BASE_DIR / ".dockerignore").read_text()
        packages = {
            app.partition(".")[0] for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app.partition(".")[0]).is_dir()
        }
        needed = packages | {"clinic_site", "content", "locale", "static", "templates", "requirements", "manage.py", "docs/guide"}
        assert [name for name in sorted(needed) if f"!{name}\n" not in ignored] == []


class TestCaddy:
    text = (DEPLOY / "Caddyfile").read_text()

    def test_lets_the_largest_picture_through(self):
        """So that who sends a larger one gets the site's words."""
        (most,) = re.findall(r"max_size (\d+)MB", self.text)
        assert int(most) * 1_000_000 > LARGEST_UPLOAD

    def test_asks_the_app_once_a_request_is_all_there(self):
        """Else a few who send slowly hold all of its threads (S41; `make faults` tries it)."""
        assert "{$BUFFER_REQUESTS:buffer_requests}\n" in self.text
        caddy = TestContainers.compose["services"]["caddy"]
        assert caddy["environment"]["BUFFER_REQUESTS"].startswith("request_buffers ")

    def test_waits_for_ever_for_no_app(self):
        """Systemd keeps the address open where the app cannot start; who asks then is told to try again."""
        assert "response_header_timeout" in self.text
        assert "handle_errors" in self.text

    def test_knows_no_secret(self):
        assert "env_file" not in TestContainers.compose["services"]["caddy"]
        (unset,) = re.findall("^UnsetEnvironment=(.*)", (DEPLOY / "systemd" / "caddy.conf").read_text(), re.MULTILINE)
        assert {"SECRET_KEY", "DATABASE_URL", "POSTGRES_PASSWORD"} <= set(unset.split())

    def test_logs_nobody(self):
        """S50: its error lines would hold addresses of people and of pages."""
        assert "exclude http.log.error" in self.text

    @pytest.mark.skipif(shutil.which("caddy") is None, reason="needs Caddy")
    def test_reads_its_configuration(self):
        command = ["caddy", "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


class TestUnits:
    @pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
    def test_name_what_is_there(self, unit):
        found = re.findall(r"/opt/clinic/([\w./-]+)", unit.read_text())
        assert [name for name in found if not name.startswith(".venv/") and not (settings.BASE_DIR / name).exists()] == []

    def test_need_nothing_that_a_bare_debian_lacks(self):
        """Not even `kill`, which is procps's."""
        programs = re.findall(r"^Exec\w+=(\S+)", "".join(unit.read_text() for unit in UNITS), re.MULTILINE)
        assert {program for program in programs if not program.startswith("/opt/clinic/")} == {"/bin/sh"}

    @pytest.mark.parametrize(("runs", "asked"), [(True, ["is-active", "reload"]), (False, ["is-active"])])
    def test_an_update_wants_no_site_that_runs(self, tmp_path, runs, asked):
        """The first one comes before systemd knows of any."""
        asks = tmp_path / "asks"
        scripts = {"systemctl": f'echo "$1" >> {asks}; {"true" if runs else "false"}', ".venv/bin/pip": "", "deploy/clinic": ""}
        (tmp_path / ".venv/bin").mkdir(parents=True)
        (tmp_path / "deploy").mkdir()
        for name, script in scripts.items():
            (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
            (tmp_path / name).chmod(0o755)
        update = shutil.copy(DEPLOY / "update", tmp_path / "deploy")
        subprocess.run([update], env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, check=True)
        assert asks.read_text().split() == asked

    def test_two_updates_at_once_are_one(self, tmp_path):
        """The second would install, migrate and import into what the first has half done."""
        (tmp_path / "deploy").mkdir()
        update = shutil.copy(DEPLOY / "update", tmp_path / "deploy")
        with subprocess.Popen(["flock", tmp_path, "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
            first.stdin.write(b"it runs\n")
            first.stdin.flush()
            assert first.stdout.readline()
            second = subprocess.run([update], capture_output=True, text=True, check=False)
            first.stdin.close()
        assert (second.returncode, second.stderr) == (1, "Another update is running.\n")

    @pytest.mark.parametrize("name", ["clinic", "update", "clock.sh"])
    def test_scripts_can_be_run_and_read(self, name):
        assert (DEPLOY / name).stat().st_mode & 0o111
        assert subprocess.run(["sh", "-n", DEPLOY / name], check=False).returncode == 0

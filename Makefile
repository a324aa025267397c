# `make help` lists what there is.

PORT ?= 8000
DATABASE_URL ?=
export DATABASE_URL

VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
PRODUCTION := DJANGO_SETTINGS_MODULE=clinic_site.settings.production PORT=$(PORT)

# The first Python on this machine that is new enough; `make run PYTHON=/some/python3` takes another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.DEFAULT_GOAL := help
.PHONY: help run serve staff test lint format messages bench faults screenshots lock python

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.run ## Serve the site with its content at http://127.0.0.1:8000/ (PORT=8123 elsewhere, DEBUG=1 for error pages)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) import_content
	@echo "The site is at http://127.0.0.1:$(PORT)/  (stop it with Ctrl-C)"
	@DJANGO_RUNSERVER_HIDE_WARNING=true SITE_URL=http://127.0.0.1:$(PORT) $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

serve: $(VENV)/.run ## Serve the site as production does, behind a proxy that speaks TLS (SITE_URL=https://… SECRET_KEY=…)
	@$(PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0
	@$(PRODUCTION) exec $(VENV)/bin/gunicorn --config clinic_site/gunicorn.py

staff: $(VENV)/.run ## Create an account for the admin, at /admin/
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createsuperuser

test: $(VENV)/.test ## Run the tests (DATABASE_URL=postgres://… for another database than SQLite)
	@$(VENV)/bin/pytest -n auto --dist loadfile --no-loadscope-reorder # else the slowest files, of few tests, come last and alone

lint: $(VENV)/.test ## Check style, missing migrations, Django's own checks and the rules for content
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0
	@$(MANAGE) check --fail-level WARNING
	@$(MANAGE) check_content

format: $(VENV)/.test ## Put the code into the project's format
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

messages: $(VENV)/.run ## Bring the catalogues for translators up to the code (needs gettext; ADD=es starts Spanish)
	@$(MANAGE) makemessages $(if $(ADD),--locale $(ADD),--all) --no-obsolete --add-location file --extension html,py \
		--ignore var --ignore tests
	@$(MANAGE) compilemessages --exclude en --ignore .venv --ignore var

bench: $(VENV)/.run ## Time import, re-import, export, searches, the admin's lists, and pages beside bare Django's
	@$(PY) tests/bench.py 1000 10000
	@$(PY) tests/bench_serving.py 5 30 10000

faults: $(VENV)/.test ## Kill, starve and cut off sites of its own, for an hour (FAULTS='disk app=5' for some; as root, with Caddy and strace)
	@$(PY) tests/faults/run.py $(FAULTS)

screenshots: $(VENV)/.test ## Take the pictures of docs/screenshots.md and of the guide for staff anew (needs Chromium)
	@$(VENV)/bin/pytest tests/e2e/make_screenshots.py tests/e2e/make_guide_screenshots.py

lock: $(VENV)/.test ## Write the locked requirements anew from requirements/*.in
	@$(PY) -m pip install --quiet uv
	@cd requirements && for name in base s3 dev; do ../$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header $$name.in -o $$name.txt; done

# Each environment is made anew when what it needs has changed; the second time there is nothing to do.
$(VENV)/.run: requirements/base.txt | python
	@test -x $(PY) && $(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Installing what the site needs (once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	@touch $@

$(VENV)/.test: requirements/dev.txt $(VENV)/.run | python
	@echo "Installing what the tests need (once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	@touch $@

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. This machine has: $$(python3 --version 2>&1 || echo none)." \
		"Install a newer one, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }

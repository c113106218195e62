# `make` alone tells what there is. Everything happens in .venv, which is made when it is missing.

VENV ?= .venv
# The interpreters to try, in this order; `make PYTHON=/path/to/python3 site` names one.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
SITE = sample_project/site
# The sample project as a repository of its own: verdicts rest on dates, and this one's are those of its making.
SAMPLE = build/sample
# The day on which the sample's story is told, 2026-11-23.
SAMPLE_DAY = 1795435200

BIN := $(VENV)/bin
READY := $(VENV)/ready
# The theme's notice about the future of MkDocs is nothing a reader of our output can act on.
export NO_MKDOCS_2_WARNING = 1
# An environment of somebody else's must not reach into ours.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test editor check bench clean

help:  ## tell what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: $(READY)/project  ## check and build the sample project's site
	$(BIN)/mkdocs-handoff lint -f sample_project/mkdocs.yml
	@rm -rf $(SAMPLE)
	$(BIN)/python sample_project/history/build.py $(SAMPLE)
	SOURCE_DATE_EPOCH=$(SAMPLE_DAY) $(BIN)/python -m mkdocs build --strict --clean -f $(SAMPLE)/mkdocs.yml -d $(CURDIR)/$(SITE)
	@echo
	@echo "The site is in $(SITE)/. Look at it with"
	@echo "    $(BIN)/python -m http.server --directory $(SITE) 8000"
	@echo "and open http://127.0.0.1:8000/ - or 'make serve', which builds it again whenever a file changes."

serve: $(READY)/project  ## show the sample project's site, and follow every change
	$(BIN)/python -m mkdocs serve --livereload -f sample_project/mkdocs.yml

# Three processes for two cores: one of them mostly waits, for a browser, a builder or an installation. The tests of a file share what it builds.
test: $(READY)/test  ## run all tests, slow ones too
	$(BIN)/python -m pytest -n 3 --dist loadfile

editor: tests/editor/node_modules/.package-lock.json  ## install the language server of the editors' tests (Node.js, npm)

check: $(READY)/lint  ## style, types, layers, and our own records
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if [ -f mkdocs.yml ] || [ -f handoff.yml ]; then \
	  echo "$(BIN)/mkdocs-handoff lint" && $(BIN)/mkdocs-handoff lint; \
	else echo "no mkdocs.yml or handoff.yml here: no records of our own to check"; fi

bench: $(READY)/bench  ## measure lint and build against their neighbours (minutes)
	$(BIN)/python -m benchmarks.run --quick

clean:  ## remove the environment and everything made
	rm -rf $(VENV) $(SITE) site dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp for what is installed: the project itself, and each group of pyproject.toml on top of it.
$(READY)/project: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@mkdir -p $(READY) && touch $@

$(READY)/%: pyproject.toml $(READY)/project
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group $*
	@touch $@

# npm writes the file last, and names in it what it installed.
tests/editor/node_modules/.package-lock.json: tests/editor/package-lock.json
	npm ci --prefix tests/editor --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# `--group` needs pip 25.1, and an environment starts with the pip that came with its Python. `--clear`: what stands there has no
# working interpreter (Python was upgraded, or an earlier attempt was cut short).
$(BIN)/python:
	@for python in $(PYTHON); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed, and none of these is one: $(PYTHON)." >&2; \
	  echo "Install it (Debian 12, Ubuntu 24.04: apt install python3 python3-venv), or: make PYTHON=/path/to/python3 site" >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version)"; \
	if ! "$$found" -m venv --clear $(VENV); then \
	  rm -rf $(VENV); \
	  echo "This Python cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1' || { rm -rf $(VENV); exit 1; }

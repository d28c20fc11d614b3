# Two Tracks · 双轨. `make serve` shows the site, `make test` tests it; both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help serve site publish-check offline licences outdated test prove check bench score search-score setup clean
SHELL := /bin/bash

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1

help:  ## what can be made
	@awk -F ':.*##' '/^[a-z-]+:.*##/ {printf "  make %-13s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.site: requirements/site.txt pyproject.toml
	@tests/setup.sh "$(PYTHON)" requirements/site.txt
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.site
	@tests/setup.sh "$(PYTHON)" requirements/test.txt
	@touch $@

setup: $(VENV)/.site  ## only set up: a virtual environment with pinned, hash-checked packages

serve: $(VENV)/.site  ## show the site and the editors' page on this machine, rebuilt on every change
	@$(BIN)/python -m bitext serve

site: $(VENV)/.site  ## build the site into site/; refuses while a page's claim is false
	@$(BIN)/python -m bitext build --site

publish-check: $(VENV)/.site  ## what would be wrong with site/ where it is published: links, addresses, headers
	@$(BIN)/python -m bitext publish-check site

offline: site  ## site/ as a zip that opens from a disk, without a server
	@$(BIN)/python -m bitext offline site

licences: $(VENV)/.site  ## the licence of each package that the site's build installs
	@$(BIN)/python scripts/publish/licences.py

outdated: $(VENV)/.site  ## which packages have newer versions than those pinned; asks the package index
	@$(BIN)/python scripts/publish/outdated.py

check: $(VENV)/.site  ## bring docs/ up to date and list every problem in data/ and docs/
	@$(BIN)/python -m bitext check --write

test: $(VENV)/.test  ## everything: style, types, units, golden transcripts, other Pythons, the site in a browser
	@tests/browser.sh "$(BIN)/python"
	@tests/renderers.sh "$(BIN)/python"
	@tests/hosts.sh
	@$(BIN)/ruff check scripts tests && $(BIN)/ruff format --check --quiet scripts tests
	@$(BIN)/mypy
	@$(BIN)/python -m bitext check
	@tests/pythons.sh $(PYTHON)
	@$(BIN)/python -m pytest -n 2 --dist worksteal

prove:  ## the promises at their full size, with a table of figures; after make test, it installs nothing
	@test -x $(BIN)/python || { echo "run make test first: it sets up what prove needs" >&2; exit 1; }
	@$(BIN)/python scripts/bench/prove.py

$(VENV)/.bench: requirements/bench.txt $(VENV)/.test
	@tests/setup.sh "$(PYTHON)" requirements/bench.txt
	@touch $@

bench: $(VENV)/.bench  ## speed and size, each beside what others do, in one run
	@tests/browser.sh "$(BIN)/python"
	@for part in import glossary search page build; do echo; echo "== $$part"; \
	  $(BIN)/python scripts/bench/bench_$$part.py || exit 1; done

score: $(VENV)/.test  ## how well sources are read and paired
	@$(BIN)/python scripts/bench/score_import.py

search-score: $(VENV)/.test  ## how well search finds, asked in the real box
	@tests/browser.sh "$(BIN)/python"
	@$(BIN)/python scripts/bench/search_score.py

clean:  ## remove what was built (not data/, not docs/)
	@rm -rf site .site.before $(VENV) .cache .pytest_cache .hypothesis .ruff_cache

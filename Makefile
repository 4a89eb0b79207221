# Two commands: `make demo` and `make test`. Both install what they need into .venv; neither needs root.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-long lint types staging audit browser proxy unit unit-all hooks bench clean

PYTHON ?= python3
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never

help:  ## Show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/installed  ## Start PostgreSQL, fill it, run the pipeline, serve the dashboards; Ctrl-C stops all
	@exec $(BIN)/facet demo

test: lint types staging audit unit  ## What must hold, and what CI runs: lint, types, both engines, pages, browser

test-all: lint types staging audit unit-all  ## Before a release: also hostile, random and edge databases, every page by axe

test-long: .venv/installed-dev  ## More than `make test` has time for: many random databases, a real shop whole, two weeks, 50 kills
	FACET_RANDOM_DATABASES=$${FACET_RANDOM_DATABASES:-20} FACET_COMPLETE_JOURNEY=1 FACET_SEQUENCES=$${FACET_SEQUENCES:-100} \
	FACET_RANDOM_QUESTIONS=$${FACET_RANDOM_QUESTIONS:-500} \
	    $(BIN)/pytest tests/project/test_random_databases.py tests/project/test_complete_journey.py \
	    tests/project/test_incremental.py tests/project/test_sales_by_attribute.py tests/project/long

lint: .venv/installed-dev  ## Lint, formatting, what may import what, conventions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 0 --disable-progress-bar --nocolor models snapshots tests/dbt
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m tests.conventions

hooks: .venv/installed-dev  ## Check what is committed, before it is: lint, conventions, what is rendered; seconds
	$(BIN)/pre-commit install

types: .venv/installed-dev  ## Static types, strict
	$(BIN)/mypy

staging: .venv/installed  ## Staging models, docs/metrics.md and exposures are what they are rendered from
	$(BIN)/facet staging check
	$(BIN)/facet metrics docs --check
	$(BIN)/facet metrics exposures --check

audit: .venv/installed-dev  ## Known weaknesses of the locked dependencies, where an advisory source can be reached
	@uv="$$(command -v uv || echo $(BIN)/uv)"; \
	if said="$$(UV_HTTP_RETRIES=0 "$$uv" audit --frozen --preview-features audit-command 2>&1)"; then \
	    echo "Dependencies: no known weakness"; \
	elif grep -q "error sending request" <<< "$$said"; then \
	    echo "Dependencies: not audited, no advisory source can be reached"; \
	else echo "$$said"; exit 1; fi

unit: .venv/installed-dev browser proxy  ## dbt on both engines, pytest and the browser
	$(BIN)/pytest --numprocesses 3 -m "not thorough"

unit-all: .venv/installed-dev browser proxy  ## The same, and what takes longer
	$(BIN)/pytest --numprocesses 3

browser: .venv/installed-dev  ## A Chromium: an installed one, else Playwright's own, else Debian's (root)
	@$(BIN)/python -m tests.dashboards.chromium

proxy: .venv/installed-dev  ## An nginx: an installed one, else Debian's, unpacked into .venv
	@$(BIN)/python -m tests.proxy.nginx

# `uv` may come from the path; else it is installed into .venv, beside what it installs.
.venv/installed: pyproject.toml uv.lock
	@$(call install,--no-dev)

.venv/installed-dev: pyproject.toml uv.lock
	@$(call install,--all-extras)
	@touch .venv/installed

define install
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Facet needs Python 3.11, 3.12 or 3.13: set PYTHON=…")'; \
	if ! uv="$$(command -v uv)"; then \
	    uv=$(BIN)/uv; \
	    test -x $$uv || { echo "Installing uv into .venv"; $(PYTHON) -m venv .venv; $(BIN)/python -m pip install --quiet uv; }; \
	fi; \
	echo "Installing the locked dependencies into .venv"; \
	$$uv sync --quiet --frozen --inexact --compile-bytecode --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(1); \
	touch $@
endef

bench: .venv/installed-dev browser  ## Minutes of measuring on what stands in FACET_HOME: docs/performance.md
	for of in straight pages crowd; do $(BIN)/python -m benchmarks.$$of; done

clean:  ## Remove all state of the demo and the caches; keeps .venv
	rm -rf .facet target logs .pytest_cache .mypy_cache .ruff_cache

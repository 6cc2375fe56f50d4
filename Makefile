PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.up-to-date
LOCKER := build/locker
# Their sources are in the repository, so that a drift can be seen anywhere.
GENERATORS := scripts/build_checks_doc.py scripts/build_languages.py scripts/build_rules_doc.py scripts/build_schemas.py
PIP    := -m pip install -qq --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix fuzz lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP)  ## make .venv with the locked dependencies and this project

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; try make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "setting up $(VENV); this takes a minute or two"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP) --require-hashes --requirement requirements.lock
	@$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## run the whole line of work on a sample Hub, offline
	@$(BIN)/curate demo --keep demo
	@echo '  (". $(BIN)/activate" makes the command known to your shell)'

test: setup  ## run all tests
	@$(BIN)/python -m pytest --numprocesses auto

check: setup  ## look for what is wrong without running it: types, style, generated files
	$(BIN)/mypy
	@set -e; for script in $(GENERATORS); do echo "$$script --check"; $(BIN)/python $$script --check; done
	$(BIN)/python scripts/archive_packs.py --check
	$(BIN)/pre-commit run --all-files

fix: setup  ## mend style and write generated files anew
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@set -e; for script in $(GENERATORS); do echo "$$script"; $(BIN)/python $$script; done

fuzz: setup  ## spoil 10,000 files of a catalog and see that the gate always answers
	@$(BIN)/python scripts/fuzz_catalog.py

lock:  ## write requirements.lock anew from pyproject.toml
	@$(PYTHON) -m venv $(LOCKER)
	@$(LOCKER)/bin/python $(PIP) uv
	@printf '# Written by "make lock" from pyproject.toml; do not edit.\n' > build/requirements.lock
	@$(LOCKER)/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
		--all-extras --group dev --generate-hashes --no-header --no-annotate --no-emit-index-url >> build/requirements.lock
	@mv build/requirements.lock requirements.lock

clean:  ## remove everything that make has made
	rm -rf $(VENV) build demo dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

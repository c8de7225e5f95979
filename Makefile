# One door to everything. `make help` shows what there is.
# Needs: make, git and Python 3.11 or later with venv (Debian: make git python3-venv).

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
FUZZ_SECONDS ?= 60
ARGS ?=
ROOM ?=

# Stamps say what is installed: .node, .test and .fuzz these pinned packages, .tree this very tree.
# Nothing is fetched twice; the tree is installed again when what is compiled into it has changed.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
BUILT := pyproject.toml $(wildcard tools/hatch_*.py tools/compile_*.py) \
  $(shell find src/rogatory/instruments -name '*.yaml')
TEST := $(VENV)/.test $(VENV)/.tree

.DEFAULT_GOAL := help
.PHONY: help demo test soak fuzz check format lint types imports docs pages picture bench lock system clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help: ## Show this.
	@sed -n 's/^\([a-z][a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.node $(VENV)/.tree ## Play a whole case between two nodes here. ARGS="--once" ends by itself.
	@$(BIN)/rogatory demo $(ARGS)

test: system $(TEST) ## Run every test but the long ones; installs what they need first.
	@$(BIN)/python -m pytest -m "not soak" --numprocesses=$(JOBS) --dist=loadfile --no-loadscope-reorder $(ARGS)

soak: system $(TEST) ## Run the long tests.
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -m soak $(ARGS)

fuzz: $(VENV)/.fuzz ## Fuzz every decoder, FUZZ_SECONDS=60 each. ARGS="seal rows" fuzzes these two.
	@$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS) $(ARGS)

check: format lint types imports docs ## Check format, lint, types, import contracts, house rules and docs.

format: $(TEST)
	@$(BIN)/ruff format --check --quiet .

lint: $(TEST)
	@$(BIN)/ruff check --quiet .

types: $(TEST)
	@$(BIN)/mypy

imports: $(TEST)
	@$(BIN)/lint-imports

docs: $(TEST)
	@$(BIN)/python -m pytest -q tests/house tests/docs

pages: $(TEST) ## Write again the pages of docs/reference that are made from the code.
	@$(BIN)/python tools/pages.py

picture: $(TEST) ## Play the demo and draw the README's picture of it anew.
	@$(BIN)/python tools/picture.py

bench: $(TEST) ## Measure. ROOM=evidence measures one room; rows go to bench/results.
	@$(BIN)/python -m bench $(ROOM)

# The tests pin everything that the node and the library pin, so they are compiled first.
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml
lock: ## Pin the requirements anew (needs uv); the files hold hashes and no addresses.
	$(LOCK) --upgrade --extra node --extra letters --extra pin --extra s3 --group build --group test -o requirements/test.txt
	$(LOCK) -c requirements/test.txt --extra node --extra letters --group build -o requirements/node.txt
	$(LOCK) -c requirements/test.txt -o requirements/library.txt
	$(LOCK) -c requirements/test.txt --group fuzz -o requirements/fuzz.txt

system:
	@$(PYTHON) tools/system.py requirements/debian.txt

clean: ## Remove what make made, the demo's folder and every cache.
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "rogatory needs Python 3.11 or later; say which: make PYTHON=python3.11" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.node: requirements/node.txt | $(BIN)/python
	@echo "Installing what the node needs into $(VENV) ..."
	@$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/.test: requirements/test.txt | $(BIN)/python
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) --require-hashes -r $<
	@touch $@ $(VENV)/.node

$(VENV)/.fuzz: requirements/fuzz.txt $(TEST)
	@$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/.tree: $(BUILT) | $(BIN)/python
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

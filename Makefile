# Two commands for a newcomer: `make demo`, `make test`. Both work twice, the second time offline.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME ?= demo-home
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint check bench crash sdk docs lock clean

demo: $(VENV)/.base
	$(BIN)/verite demo $(DEMO_HOME) --port $(PORT)

test: $(VENV)/.dev $(VENV)/.system
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: lint

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m bench

crash: $(VENV)/.dev $(VENV)/.system
	$(BIN)/python -m tests.crash.explore

# The real clients of Segment and RudderStack; needs node, npm and a registry, in a folder of its own.
sdk: $(VENV)/.dev
	$(BIN)/python tests/sdk/run.py

docs: $(VENV)/.dev
	$(BIN)/python tools/write_docs.py

# Names, versions and hashes for Python 3.11 to 3.13; needs uv, and only whoever changes dependencies.
lock:
	uv pip compile pyproject.toml requirements.in --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements.lock
	uv pip compile pyproject.toml requirements.in --extra dev --extra causal --extra identity --extra sail --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(DEMO_HOME) build dist artifacts src/*.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing into $(VENV): a minute or two, once."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.base requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

# Chromium, its fonts and strace: for the browser tests and the power-cut tests.
$(VENV)/.system:
	sh tools/install_system.sh
	touch $@

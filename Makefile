# `make help` lists the targets. Nothing here writes outside this directory (download caches apart).
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# Node comes from here only where the machine has none that is new enough (scripts/node-env).
export PATH := $(CURDIR)/.tools/node/bin:$(PATH)
PYTHON := .venv/bin/python
PYTEST := cd backend && ../$(PYTHON) -m pytest
WHEN_CHANGED := $(PYTHON) scripts/when_changed.py
# public/fonts is made by the build.
CLIENT_SOURCES := $(filter-out frontend/public/fonts, $(wildcard \
  frontend/src frontend/build frontend/public/* frontend/*.html frontend/*.json frontend/*.ts))

.PHONY: help run dev test test-all test-fast test-faults e2e eval check lock setup bench clean python python-dev python-bench node packages client browser bench-peers types generator

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: python client ## Install what is missing, build the client, serve on http://127.0.0.1:5000 (PORT, HOST, DATA_DIR)
	@$(PYTHON) -m compileall -q backend/app
	@exec ./collabcanvas serve

dev: setup ## Serve with a client that reloads as you edit it
	@./collabcanvas serve & server=$$!; trap "kill $$server" EXIT; cd frontend; \
		BACKEND_URL="$${BACKEND_URL:-http://127.0.0.1:$${PORT:-5000}}" npm run dev --silent

test: setup client browser ## Install what the tests need, then run them; of random inputs and faults a fixed sample
	$(PYTEST) -n 2 --dist loadfile -m "not e2e and not browsers"
	cd frontend && npm test
	$(PYTEST) -n 2 --dist loadfile -m e2e

test-all: export CC_ALL := 1
test-all: test ## The same with every fault, many more random inputs, other browsers, and the times that are promised
	@scripts/browsers-env
	$(PYTEST) -m browsers

test-fast: setup ## The tests that need no service and no browser
	$(PYTEST) -q -m "not services and not e2e and not browsers"
	cd frontend && npm test

test-faults: export CC_TRIALS := $(or $(CC_TRIALS),3)
test-faults: setup ## Break every part of the running system, CC_TRIALS (3) times each; one table of what it did
	$(PYTEST) -q tests/faults

e2e: setup client browser ## The browser tests alone: the real program in a real Chromium
	$(PYTEST) -n 2 --dist loadfile -m e2e

eval: python ## Draw a suite of instructions, measure the drawings, write a gallery of them to .evaluation
	@cd backend && ../$(PYTHON) -m evaluation

bench: python-bench bench-peers client browser ## Measure ours beside its peers (PART=jobs, drawing, realtime or canvas)
	@PYTHONPATH=backend $(PYTHON) -m bench $(PART)

check: setup ## Formatting, lint, types, layers, and whether the lock files are current
	$(PYTHON) scripts/lock.py --check
	cd backend && ../$(PYTHON) -m ruff format --check --config pyproject.toml . ../bench ../contract ../scripts ../deploy
	cd backend && ../$(PYTHON) -m ruff check --config pyproject.toml . ../bench ../contract ../scripts ../deploy
	cd backend && ../$(PYTHON) -m mypy
	cd backend && ../.venv/bin/lint-imports
	cd frontend && npm run check
	$(PYTHON) scripts/api_types.py --check
	$(PYTHON) scripts/sync_vocabulary.py --check

lock: python-dev ## Write the Python lock files again after a change of backend/pyproject.toml
	$(PYTHON) scripts/lock.py

types: setup generator ## Write again what is made from the HTTP API's routes and from contract/sync.json
	@$(PYTHON) scripts/sync_vocabulary.py
	@npm --prefix frontend run types --silent

setup: python-dev packages ## Install everything needed to work on the project

clean: ## Remove what the other targets installed and built (never your data)
	rm -rf .venv .tools .bench .evaluation bench/peers/node_modules scripts/api-types/node_modules frontend/node_modules frontend/dist frontend/public/fonts
	find backend bench scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# Steps of the targets above. Each costs a fraction of a second when nothing changed.
python:
	@scripts/python-env backend/requirements.txt

python-dev:
	@scripts/python-env backend/requirements-dev.txt

python-bench:
	@scripts/python-env backend/requirements-bench.txt

node: python
	@scripts/node-env

packages: node
	@$(WHEN_CHANGED) "Installing the client's packages" frontend/node_modules/.installed \
		frontend/package.json frontend/package-lock.json -- \
		npm --prefix frontend ci --no-audit --no-fund --no-update-notifier --loglevel=error

generator: node
	@$(WHEN_CHANGED) "Installing the generator of the API's types" scripts/api-types/node_modules/.installed \
		scripts/api-types/package.json scripts/api-types/package-lock.json -- \
		npm --prefix scripts/api-types ci --no-audit --no-fund --no-update-notifier --loglevel=error

bench-peers: node
	@$(WHEN_CHANGED) "Installing the peers that run on Node" bench/peers/node_modules/.installed \
		bench/peers/package.json bench/peers/package-lock.json -- \
		npm --prefix bench/peers ci --no-audit --no-fund --no-update-notifier --loglevel=error

client: packages
	@$(WHEN_CHANGED) "Building the client" frontend/dist/.built $(CLIENT_SOURCES) -- \
		npm --prefix frontend run build --silent -- --logLevel=error

browser:
	@scripts/browser-env

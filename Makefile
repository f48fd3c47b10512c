# Python 3.11 and make are all that this needs; `setup` brings the rest into .tools and .venv.
.POSIX:
.PHONY: help setup run up down test lint bench faults fuzz pictures vendor clean
.DEFAULT_GOAL := help

BIN = .venv/bin
STAMP = .venv/.watchfloor-setup
PROJECTS = pyproject.toml uv.lock $(wildcard shared/pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml)
PACKAGES = $(wildcard shared/watchfloor services/*/watchfloor_* deploy/*/watchfloor_*)
TESTS = $(wildcard tests shared/tests services/*/tests deploy/*/tests)
ARGS =
FUZZ_SECONDS = 180
FACTOR = 1
SOURCES =

help: ## print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## make the environment in .venv: locked, quick when nothing changed

$(STAMP): $(PROJECTS) deploy/local/setup.sh
	@sh deploy/local/setup.sh
	@touch $(STAMP)

run: setup ## start everything here and print the address; Ctrl-C stops it (SOURCES=path reads your own sources.yaml)
	@$(if $(SOURCES),WATCHFLOOR_SOURCES="$(SOURCES)") exec $(BIN)/watchfloor run $(ARGS)

up: ## the same under docker-compose: build, start, return when all is healthy (SOURCES=path; .env.example)
	@$(if $(SOURCES),WATCHFLOOR_SOURCES="$(abspath $(SOURCES))") sh deploy/compose/up.sh $(ARGS)

down: ## stop what `make up` started; the data stays (ARGS=-v deletes it too)
	@docker compose --profile '*' down --remove-orphans $(ARGS)

test: setup ## run every test that this machine can run; the others are skipped with their reason (ARGS="-k word")
	@$(BIN)/pytest $(ARGS)

lint: setup ## style, format, types and walls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(PACKAGES)
	@set -e; for tests in $(TESTS); do echo "mypy $$tests"; MYPYPATH=tests $(BIN)/mypy $$tests; done
	$(BIN)/lint-imports

bench: setup ## measure each pure stage, the worker and the whole pipeline
	@set -e; for bench in tests/benchmarks/bench_*.py; do PYTHONPATH=tests $(BIN)/python $$bench $(ARGS); done

faults: setup ## kill, stop and poison everything, some seven minutes; writes docs/faults.md (FACTOR=1)
	@WATCHFLOOR_FAULTS_FACTOR=$(FACTOR) WATCHFLOOR_FAULTS_REPORT=docs/faults.md $(BIN)/pytest -s tests/faults/test_long_run.py $(ARGS)

fuzz: setup ## feed the readers of what the outside sends with input that nobody would write (FUZZ_SECONDS=180 each)
	@$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS) $(ARGS)

pictures: setup ## photograph every screen for docs/page.md (needs Chromium)
	@WATCHFLOOR_PICTURES=docs $(BIN)/pytest tests/browser/test_pictures.py $(ARGS)

vendor: setup ## fetch what of others the page is made with, by npm, checked (services/gateway/vendor)
	@$(BIN)/python services/gateway/vendor/fetch.py

clean: ## remove the environment and what tools have cached; the data in var/ stays
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

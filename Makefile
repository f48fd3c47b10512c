# Python 3.11 and make are all that this needs; `setup` brings the rest into .tools and .venv.
.POSIX:
.PHONY: help setup run test lint bench clean
.DEFAULT_GOAL := help

BIN = .venv/bin
STAMP = .venv/.watchfloor-setup
PROJECTS = pyproject.toml uv.lock $(wildcard shared/pyproject.toml services/*/pyproject.toml deploy/local/pyproject.toml)
PACKAGES = $(wildcard shared/watchfloor services/*/watchfloor_* deploy/local/watchfloor_local)
TESTS = $(wildcard tests shared/tests services/*/tests deploy/local/tests)
ARGS =

help: ## print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## make the environment in .venv: locked, quick when nothing changed

$(STAMP): $(PROJECTS) deploy/local/setup.sh
	@sh deploy/local/setup.sh
	@touch $(STAMP)

run: setup ## start everything on this machine and print the address; Ctrl-C stops it, WATCHFLOOR_* configure it
	@exec $(BIN)/watchfloor run $(ARGS)

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

clean: ## remove the environment and what tools have cached; the data in var/ stays
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

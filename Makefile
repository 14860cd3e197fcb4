# Two commands set everything up: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8050
HOST ?= 127.0.0.1
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test bench storm fuzz lint layers check clean

.venv/.installed: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the run-time packages (once; a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tools: .venv/.installed .ci/requirements.txt
	@echo "Installing the test tools (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .ci/requirements.txt
	@touch $@

run: .venv/.installed ## set up, load the opening figures, start web and scheduler (PORT=8050)
	@$(BIN)/python app.py run --host $(HOST) --port $(PORT)

test: .venv/.tools ## lint, layer check and all tests
	@sh .ci/system-packages
	@$(MAKE) --no-print-directory lint layers
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

lint: .venv/.tools ## ruff, code and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

layers: .venv/.tools ## who may import whom
	@$(BIN)/lint-imports --no-cache

check: .venv/.installed ## validate catalogue, agenda, locales, sources, boundaries
	@$(BIN)/python app.py check

bench: .venv/.tools ## measure the figures of the README and write them there
	@$(BIN)/python -m benchmarks

storm: .venv/.tools ## ten minutes: schedulers, then the whole product, killed, stalled and lied to (SEED=1)
	@$(BIN)/python -m tests.faults.storm --seconds 300 --seed $(or $(SEED),1)
	@$(BIN)/python -m tests.faults.whole_storm --seconds 300 --seed $(or $(SEED),1)

fuzz: .venv/.tools ## try the API of a running product against its description (PORT=8050)
	@$(BIN)/schemathesis run http://$(HOST):$(PORT)/api/v1/openapi.json --max-examples 100 --request-timeout 60 --checks \
		not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance

clean: ## remove the virtual environment and caches (never var/)
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

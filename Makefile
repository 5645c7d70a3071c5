# Mandat: everything a person types. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8080
DEMO ?= 1
ARGS ?=
# One process for each core, four at most; ARGS='-n 0' does it all in one.
SHARED := -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench install words lock audit clean

help: ## Show this list
	@echo "Mandat. Butuh Python 3.11 atau lebih baru, dan make."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT=9000 make run    another port (default 8080);  make test ARGS='-k serve'    some tests only"

run: $(VENV)/.runtime ## Start everything on this machine, with a demonstration institution (Ctrl-C stops it)
	@exec env PORT=$(PORT) DEMO=$(DEMO) $(BIN)/python -m flask --app wsgi serve --prepare

test: $(VENV)/.tools ## Run the tests (says at the end what was left out, and why)
	@exec $(BIN)/python -m pytest $(SHARED) $(ARGS)

check: $(VENV)/.tools ## Lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tools ## Measure; prints a table and writes instance/bench.json
	@exec $(BIN)/python -m tests.bench

install: $(VENV)/.tools ## Install everything, tools too, without starting anything

words: $(VENV)/.tools ## Bring new sentences into the English catalogue, and compile it
	$(BIN)/python -m babel.messages.frontend -q extract -F web/translations/babel.cfg -k marked --omit-header --no-location --sort-output -o web/translations/messages.pot .
	$(BIN)/python -m babel.messages.frontend -q update --no-fuzzy-matching --ignore-obsolete -w 120 -i web/translations/messages.pot -d web/translations
	$(BIN)/python -m babel.messages.frontend -q compile -d web/translations
	@rm web/translations/messages.pot

lock: ## Lock requirements again, with hashes (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group tools -c requirements.txt -o tests/requirements.txt
	echo uv | uv pip compile --quiet --universal --generate-hashes --python-version 3.11 - -o .ci/uv.txt
	echo pip-audit | uv pip compile --quiet --universal --generate-hashes --python-version 3.11 - -o .ci/audit.txt

audit: $(VENV)/.tools ## Known holes and withdrawn versions among the locked packages (ARGS=--strict: fail where nobody answers)
	@exec $(BIN)/python .ci/audit.py $(ARGS)

clean: ## Remove what can be made again (never instance/, where the data lies)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- how the environment is made: each stamp is touched last, so that a broken try is tried again

# $(call require,FILE): uv where it can be had, else pip; hashes are required either way.
require = \
	uv=$$(command -v uv || true); \
	if [ -z "$$uv" ] && $(BIN)/python -m pip install -q --require-hashes -r .ci/uv.txt >/dev/null 2>&1; then uv=$(BIN)/uv; fi; \
	echo "memasang $(1) ..." >&2; \
	{ [ -n "$$uv" ] && "$$uv" pip install -q --python $(BIN)/python --require-hashes -r $(1); } \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python tidak ditemukan. Pasang Python 3.11 atau lebih baru (Debian/Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) adalah $$($(PYTHON) --version); Mandat butuh Python 3.11 atau lebih baru. Contoh: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Modul venv tidak ada. Debian/Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	@$(call require,requirements.txt)
	@touch $@

$(VENV)/.tools: tests/requirements.txt $(VENV)/.runtime
	@$(call require,tests/requirements.txt)
	@touch $@

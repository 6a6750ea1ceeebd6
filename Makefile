# make run     set up if needed, then serve dashboard and API at http://localhost:8501
# make test    set up if needed, find a browser, then run every check and test
# make install set up only
# make data    draw the shipped data again from its facts

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
BUILT := $(VENV)/.built
PORT ?= 8501

.PHONY: run test install data

run: $(BUILT)
	@$(VENV)/bin/fourzones serve --port $(PORT)

test: $(BUILT)
	@echo "Checking style, types and layers ..."
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(PYTHON) tests/browser_path.py --install
	@$(PYTHON) tests/postgres.py --install
	@echo "Running the tests ..."
	@$(PYTHON) -m pytest -n auto --dist loadgroup

install: $(BUILT)

data: $(BUILT)
	@for script in draw_zones draw_layers build_places build_countries draw_version_maps; do \
		echo "data/build/$$script.py"; $(PYTHON) data/build/$$script.py || exit 1; done

# The lock names exact versions of everything; it is installed again only when it changes.
$(READY): requirements.lock pyproject.toml
	@set -e; \
	found=""; \
	for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
		if command -v $$candidate >/dev/null 2>&1 && $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
			found=$$candidate; break; fi; done; \
	if [ -z "$$found" ]; then echo "Fourzones needs Python 3.11 or newer, and found none on PATH." >&2; exit 1; fi; \
	if ! $$found -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "Fourzones needs Python's venv module; on Debian: apt install python3-venv" >&2; exit 1; fi; \
	echo "Creating $(VENV) with $$($$found --version) ..."; \
	$$found -m venv --clear $(VENV); \
	echo "Installing what requirements.lock names (a few minutes the first time) ..."; \
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.lock; \
	touch $(READY)

# The linker is compiled where there is a C compiler, and again when its source changes.
$(BUILT): $(READY) setup.py $(wildcard geo/remembered.py geo/linking/*.py geo/linking/c/*)
	@echo "Installing Fourzones, with its linker compiled (half a minute) ..."
	@rm -rf build geo/*.so geo/linking/*.so
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@ls geo/linking/*.so >/dev/null 2>&1 || \
		echo "No C compiler was found: the linker runs as plain Python, at a fifth of the speed."
	@touch $(BUILT)

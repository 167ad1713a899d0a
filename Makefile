# Small verbs for the makers. Every one sets up what it needs, which takes its time once.
VENV ?= .venv
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
BIN := $(VENV)/bin
USABLE := $(VENV)/.usable
READY := $(VENV)/.ready

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint types check docs pictures notices sbom dist bench constraints clean

demo: $(USABLE)  ## the dossier of the bundled case
	$(BIN)/counterclaim demo

test: $(READY)  ## every test, a process a core; those of one file share what they set up
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check src tests bench docs release

types: $(READY)
	$(BIN)/mypy

check: test lint types

docs: $(READY)  ## the pages that are generated, and the site in site/
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build -q --strict

pictures: $(READY)  ## the pictures of docs/, from the running workbench
	$(BIN)/python docs/pictures.py

notices: $(READY)  ## what others made, in THIRD_PARTY_NOTICES.txt
	$(BIN)/python release/notices.py

sbom: $(READY)  ## what a release is made of, in dist/ (CycloneDX)
	$(BIN)/python release/sbom.py

dist: sbom  ## the wheel in dist/, the same bytes whoever builds it
	$(BIN)/python release/wheels.py

bench: $(READY)  ## quality against ../shared/data, then speed
	$(BIN)/python bench/quality.py --check
	$(BIN)/python bench/speed.py

constraints:  ## the newest versions that fit, written down
	$(PYTHON) -m venv --clear build/constraints
	build/constraints/bin/pip install -q -e '.[dev]'
	{ sed -n '/^#/p' constraints.txt; build/constraints/bin/pip freeze --exclude-editable | LC_ALL=C sort -f; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean:
	rm -rf $(VENV) build dist site src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(USABLE): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up $(VENV); this takes a few minutes, once"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[serve,web]'
	touch $@

$(READY): $(USABLE)
	@echo "adding what the tests need; this takes a few minutes, once"
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@

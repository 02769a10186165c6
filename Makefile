# Each target is one command that also runs without make: `python scripts/NAME.py` (on Windows `py scripts\NAME.py`).
PYTHON ?= python3

.DEFAULT_GOAL := build
.PHONY: build test serve check clean lock
.NOTPARALLEL: # two set-ups at once would write into one .venv

build: ## check everything, then build pages, search, data and downloads into site/
	$(PYTHON) scripts/build.py

test: ## style, types and all tests, in a real browser where it matters
	$(PYTHON) scripts/test.py

serve: ## live preview
	$(PYTHON) scripts/serve.py

check: ## every problem in the content, with its line and its remedy
	$(PYTHON) scripts/check.py

clean: ## remove what the other targets made, but for .venv
	$(PYTHON) scripts/environment.py clean

lock: ## pin packages anew from pyproject.toml
	$(PYTHON) scripts/environment.py lock

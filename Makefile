# Targets take the tools from .venv if there is one, else from the path.
PYTHON := $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: test slow lint lock lowest docs exports pictures countries bench bench-real

test:
	$(PYTHON) -m pytest

slow: ## the tests that take minutes: large worlds, and Spark if it is installed
	$(PYTHON) -m pytest -m slow

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

lock: ## .ci/constraints.txt: the newest versions within the bounds of pyproject.toml
	python3 scripts/locked.py > .ci/constraints.new && mv .ci/constraints.new .ci/constraints.txt

lowest: ## the tests with the least versions of pyproject.toml
	python3 scripts/locked.py --lowest

docs: ## generated pages, and the output shown in README and docs
	$(PYTHON) scripts/docs.py
	CAGRAPH_FIX=1 $(PYTHON) -m pytest -q tests/test_docs.py tests/test_notebook.py

exports:
	$(PYTHON) -m cagraph export -o exports

pictures: ## docs/network.png, taken from the real page in Chromium
	$(PYTHON) scripts/pictures.py

countries: ## names of countries from CLDR and ISO 3166-1
	$(PYTHON) scripts/countries.py > data/countries.tsv

bench: ## benchmarks/RESULTS.md: builds, lookups and lists of synthetic worlds, against peers
	$(PYTHON) -m benchmarks

bench-real: ## queries, cold lookups and the network page, on the real data
	$(PYTHON) benchmarks/queries.py
	$(PYTHON) benchmarks/lookup.py
	$(PYTHON) benchmarks/network_view.py

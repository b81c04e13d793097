# make report   the plan edition and the sample reviews, Word and PDF, from a fresh checkout
# make samples  the workbooks of all samples, and the reports of the towns that do not exist
# make test     all tests
# make quick    those of domain, evaluation, editing, document and sources: in half a minute
# make docs     the handbook's pictures where they have gone stale, and the site
# make site     the site alone, in docs/site
# make offline  the folders to carry to a closed network, as zip files in dist; of one system alone:
#               make offline-windows-x64, make offline-linux-x64
# make lowest   the quick tests with the lowest versions of what is depended on
# make pythons  the quick tests and the samples with every other Python that is here
# make lint types contract bench clean   for developers
#
# Everything is installed into .venv; a second run installs nothing again.

VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= reports/plan reports/2019 reports/2020 reports/2021
TOWNS = $(sort $(dir $(wildcard reports/towns/*/*/report.toml)))

# the first Python of 3.11 or later that can make a virtual environment
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3.11 python3 python3.12 python3.13 python3.14,\
  $(shell $(name) -c "$(SUITABLE)" >/dev/null 2>&1 && echo $(name))))

# another Python by its version: in PATH, or pyenv's
python = $(firstword $(foreach name,python$(1) $(wildcard $(HOME)/.pyenv/versions/$(1).*/bin/python),\
  $(shell $(name) -c "import venv, ensurepip" >/dev/null 2>&1 && echo $(name))))

PIP := bin/python -m pip install --quiet --disable-pip-version-check
PIP_INSTALL := $(VENV)/$(PIP)
# as pip does with what it does not leave in its place: else some machines would do it each time
COMPILED := $(BIN)/python -m compileall -q src

.DEFAULT_GOAL := report
.PRECIOUS: $(VENV)-%/.installed
.PHONY: report samples test quick lowest pythons docs site offline lint types contract bench clean

report: $(VENV)/.installed
	@for report in $(REPORTS); do $(BIN)/kpireport build $$report || exit; done

samples: $(VENV)/.installed
	$(BIN)/python tools/make_samples.py
	@for report in $(TOWNS); do $(BIN)/kpireport build $$report || exit; done

# in the order of tests/conftest.py, not by the number of tests
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile \
  --no-loadscope-reorder

test: $(VENV)/.installed-dev
	$(PYTEST)

QUICK := $(addprefix tests/,domain evaluation editing document sources)
ELSEWHERE := --numprocesses auto --maxprocesses 4 --dist loadfile -p no:cacheprovider

quick: $(VENV)/.installed-dev
	$(PYTEST) $(QUICK)

# the quick tests once more: with the lowest versions of what is depended on, and with every
# other Python that is here, which must make the same bytes of the samples
lowest: $(VENV)-lowest/.installed
	$(VENV)-lowest/bin/python -m pytest $(ELSEWHERE) $(QUICK)

pythons: $(foreach version,3.12 3.13,$(if $(call python,$(version)),python-$(version),absent-$(version)))

python-%: $(VENV)-%/.installed $(VENV)/.installed-dev
	$(VENV)-$*/bin/python -m pytest $(ELSEWHERE) $(QUICK)
	$(BIN)/python -m tools.same_bytes $(VENV)-$*/bin/python

absent-%:
	@echo "Python $* is not here: not tested"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contract: $(VENV)/.installed-dev
	$(BIN)/lint-imports

docs: $(VENV)/.installed-dev
	$(BIN)/python -m tools.handbook.pictures
	$(MAKE) site

site: $(VENV)/.installed-dev
	rm -rf docs/site # no page of yesterday that is none any more
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --fresh-env docs docs/site

offline: site
	$(BIN)/python -m tools.offline

offline-%: site
	$(BIN)/python -m tools.offline $*

bench: $(VENV)/.installed-bench
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) $(VENV)-* build dist docs/site .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later, with venv, is needed in PATH" >&2; exit 1; }
	$(PYTHON) -m venv --upgrade-deps $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.created
	$(PIP_INSTALL) --editable .
	@$(COMPILED)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.created
	$(PIP_INSTALL) --editable '.[dev]'
	@$(COMPILED)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml $(VENV)/.installed-dev
	$(PIP_INSTALL) --editable '.[bench]'
	@touch $@

$(VENV)-lowest/.installed: pyproject.toml tests/lowest.txt
	$(PYTHON) -m venv --clear --upgrade-deps $(VENV)-lowest
	$(VENV)-lowest/$(PIP) --constraint tests/lowest.txt --editable '.[dev]'
	@touch $@

$(VENV)-%/.installed: pyproject.toml
	$(call python,$*) -m venv --clear --upgrade-deps $(VENV)-$*
	$(VENV)-$*/$(PIP) --editable '.[dev]'
	@touch $@

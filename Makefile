# Two commands do everything: `make demo` runs the main job, `make test` passes the tests.
# Both do their own set-up; the first time that takes a minute or two.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup setup-dev demo test test-fhir test-spark check fix bench-import bench-audit bench-plan bench-simulate bench-report bench-page lock

help:
	@echo "make demo          simulated practices imported and audited, then the site on this machine"
	@echo "make test          every test"
	@echo "make test-fhir     a plan as FHIR on a real FHIR server, in an environment of its own"
	@echo "make test-spark    the tests of a cluster on Apache Spark itself (Java 17; 480 MB the first time)"
	@echo "make check         style, types and contracts; changes nothing"
	@echo "make fix           mend what can be mended by a tool"
	@echo "make bench-import  rows a second and peak memory of the import; also bench-audit, -plan, -simulate, -report, -page"
	@echo "make lock          write the hashed lock files again (developers)"

setup:
	@bash scripts/setup requirements.lock

setup-dev:
	@bash scripts/setup requirements-dev.lock

demo: setup
	@$(BIN)/imp2art demo

test: setup-dev
	@bash scripts/test

test-fhir: setup-dev
	@bash scripts/test-fhir

test-spark:
	@bash scripts/test-spark

check: setup-dev
	@bash scripts/check

fix: setup-dev
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

bench-import: setup-dev
	$(BIN)/python bench/import.py

bench-audit: setup-dev
	@bash scripts/bench-env
	$(BIN)/python bench/audit.py

bench-plan: setup-dev
	$(BIN)/python bench/plan_pdf.py

bench-report: setup-dev
	@bash scripts/bench-env
	$(BIN)/python bench/report_pdf.py

bench-page: setup-dev
	$(BIN)/python bench/report_page.py

bench-simulate: setup-dev
	$(BIN)/python bench/simulate.py

lock: setup-dev
	@bash scripts/lock

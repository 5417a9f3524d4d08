# Every verb calls one script in .ci/, so what CI runs is what you run.
.DEFAULT_GOAL := help
.PHONY: help setup setup-training build demo test check accuracy bench format

help: ## list the verbs
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install everything a run needs (a second call does nothing)
	@.ci/setup.sh

setup-training: setup ## install what training needs (libtorch, 560 MB); make test does it too
	@.ci/setup.sh --training

build: setup ## build the release binary
	@.ci/build.sh

demo: setup ## digitize the example pages and say where the pictures lie
	@.ci/demo.sh

test: setup ## build and run all tests, layer and format checks
	@.ci/test.sh

check: test ## the slow ones too: fuzzing, documentation, README commands
	@.ci/check.sh

accuracy: setup ## measure accuracy and write Docs/Accuracy.md (real pages need EINTHOVEN_DATA)
	@.ci/accuracy.sh

bench: setup ## print time, CPU and memory of every stage
	@.ci/bench.sh

format: ## format the sources in place
	@.ci/format.sh --in-place

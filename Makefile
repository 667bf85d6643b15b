# Every target does its own set-up. Needed: JDK 25, Maven 3.8+, make; root on Debian or Ubuntu for the real routers.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build build-tests image test unit it lint demo selftest bench bench-metallb fuzz format crds clean tools

MAVEN = JAVA_HOME=$$(lab/find-jdk) mvn -B
PROGRAM = target/quarkus-app/quarkus-run.jar
SOURCES = pom.xml $(shell find src/main kubernetes calico-patches -type f 2>/dev/null)
SCRIPTS = .ci/run src/main/launcher/twinstack \
    $(shell grep -lsE '^\#!/usr/bin/env bash|^\# shellcheck shell=bash' lab/* lab/lib/* image/* image/lib/* addon/addons/twinstack/*)

help: ## lists the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | column -t -s @

build: $(PROGRAM) ## builds the program (target/quarkus-app/quarkus-run.jar) without tests

$(PROGRAM): $(SOURCES)
	@echo "building Twinstack ..."
	@$(MAVEN) -q package -DskipTests -DskipITs -Dspotless.check.skip
	@lab/train || { [[ $${CI:-} != true ]] && echo "no AOT cache: the program runs without it, and starts slower"; }
	@touch $@

test: lint unit it ## everything: formatting, static analysis, unit, architecture and integration tests (what CI runs)

unit: ## formatting, static analysis, unit and architecture tests; needs no root
	$(MAVEN) verify -DskipITs

it: ## integration tests against real Kubernetes and real routers; needs root
	@[[ -d target/test-classes && -e $(PROGRAM) ]] || $(MAKE) --no-print-directory build-tests
	@[[ $$(id -u) != 0 ]] || image/build
	lab/it

build-tests: ## builds program and tests, runs none
	$(MAVEN) -q verify -DskipTests -DskipITs

lint: ## checks the shell scripts
	@if command -v shellcheck >/dev/null; then shellcheck -x $(SCRIPTS) && echo "shellcheck: $(words $(SCRIPTS)) scripts are fine"; \
	elif [[ $$(id -u) == 0 ]]; then lab/get-routers && shellcheck -x $(SCRIPTS); \
	elif [[ $${CI:-} == true ]]; then echo "shellcheck is missing: lab/get-routers installs it" >&2; exit 1; \
	else echo "NOT RUN: shellcheck is missing (sudo lab/get-routers installs it)"; fi

image: build ## builds the image, an OCI archive in target/image, for amd64 and arm64; needs Go, and apt for glibc
	@mkdir -p target/image
	@$(MAVEN) -q org.cyclonedx:cyclonedx-maven-plugin:makeBom
	@image/build

demo: build ## the whole way of a Service on real parts, live until Ctrl-C; DEMO=check verifies it and ends
	@JAVA_HOME=$$(lab/find-jdk) lab/demo

selftest: ## proves that the lab's own parts work, without Twinstack; needs root
	lab/selftest

BENCH_SERVICES = 1000
BENCH_MANY = 10000

bench: build ## measures the program on real parts; needs root and Go; BENCH_SERVICES, BENCH_MANY: how many
	@echo "bench: the allocator (about a minute)"
	@$(MAVEN) -q surefire:test -Dtest=AllocatorFigures -Dfigures.file=$(CURDIR)/target/allocator.md
	@JAVA_HOME=$$(lab/find-jdk) lab/bench --services $(BENCH_SERVICES) --many $(BENCH_MANY)
	@lab/bench-bfd
	@lab/bench-bgp

bench-metallb: build ## the same bursts and restarts for MetalLB's controller and ours; needs root and Go
	@JAVA_HOME=$$(lab/find-jdk) lab/bench-metallb --services $(BENCH_SERVICES)

fuzz: ## fuzzes every decoder, FUZZ_MINUTES (1) each
	@[[ -d target/test-classes ]] || $(MAKE) --no-print-directory build-tests
	lab/fuzz

format: ## formats the Java sources
	$(MAVEN) -q spotless:apply

crds: ## writes kubernetes/crds anew from the Java models
	$(MAVEN) -q test -Dtest=CrdDriftTest -Dcrds.update=true

tools: ## gets kube-apiserver, etcd, kubectl, kube-proxy, controllers and, as root, the routers
	lab/get-tools kube-apiserver etcd kubectl kube-controller-manager kube-proxy
	@if [[ $$(id -u) == 0 ]]; then lab/get-routers; else echo "not root: the routers (sudo lab/get-routers) are left out"; fi

clean: ## deletes target/; the cache below ~/.cache/twinstack stays
	rm -rf target

# The portal's commands. "make help" lists them; README.md tells the story.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build test check bench generate setup setup-test

VERSION = $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

# Demonstration data belongs into the private database; never into a server that somebody named without asking for it.
DEMO = $(or $(PORTAL_DEMO),$(if $(PORTAL_DATABASE_URL),0,1))

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: setup build ## the portal with demonstration data on a private database below ./var
	@PORTAL_DEMO=$(DEMO) exec bin/portal serve

build: ## one static binary, bin/portal
	@CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)" -o bin/portal ./cmd/portal

test: setup-test check ## everything: check, then all tests with the race detector and a browser
	go test -race -shuffle=on -timeout 15m ./...

check: setup ## format, generated code, vet, staticcheck, house rules, migrations
	@.ci/check

bench: setup build ## one line per figure, each beside its floor; ONLY="uploads idle" for some
	@go run ./internal/bench $(ONLY)

generate: ## Go code from the templates
	@go tool templ fmt -log-level error web
	@go tool templ generate -log-level error -path web

setup: ## PostgreSQL's programs, from Debian where they are missing
	@.ci/need run

setup-test: ## the same, and what the browser tests need
	@.ci/need test

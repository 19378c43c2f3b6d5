# `just` is exactly what CI runs, in this order; each line can be run alone. Start it with `uv run just`.
set shell := ["bash", "-euo", "pipefail", "-c"]

default: tools lint types contracts deps lock test

# A system Chromium, a CJK font, git and strace: there, or installed, or a clear failure.
tools:
    .ci/tools

lint:
    ruff check .
    ruff format --check .

types:
    pyright

# The core is pure and nothing reaches back from it into the shell.
contracts:
    lint-imports

deps:
    deptry src

# requirements.lock says exactly what exclude-newer in pyproject.toml resolves to, and names no registry.
lock:
    .ci/lock --check

test *arguments:
    pytest {{arguments}}

# After a change of dependencies: write requirements.lock anew.
relock:
    .ci/lock --write

fmt:
    ruff check --fix .
    ruff format .

# Faults for long: 50 kills under 10,000 answers on SQLite and PostgreSQL, every call of the kernel failing or the last,
# hundreds of power cuts and changed bytes, a full file system (as root; half an hour).
chaos *arguments:
    MINGZE_CHAOS=full pytest tests/chaos -o timeout=3600 {{arguments}}

# Ratios measured in one run, into docs/benchmarks.md.
bench:
    python -m tests.bench

# The pictures in the documentation, made by the tests from fictional text.
screens:
    pytest tests/stories/screens.py

# Change what decides a date or a verdict in every small way and see that a test notices: an hour or two.
mutate *arguments:
    "${UV:-uv}" run --group mutate python -m tests.mutation {{arguments}}

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

# Each file of tests runs in one process, as many files side by side as there are cores.
test *arguments:
    pytest -n auto --dist loadfile {{arguments}}

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

# How well documents are read: per set, per genre and overall; with names of labelled documents, every disagreement in them.
score *names:
    python -m tests.documents.measure {{names}}

# The pictures in the documentation, made by the tests from fictional text.
screens:
    pytest tests/stories/screens.py

# Change what decides a date or a verdict in every small way and see that an ordinary test notices: about an hour of one
# core from nothing, seconds when nothing changed; `--again` only says what is remembered (docs/howto/mutate.md).
mutate *arguments:
    "${UV:-uv}" run --group mutate python -m tests.mutation {{arguments}}

# The bill of materials of what is installed with Mingze (CycloneDX 1.5), from the locked versions.
sbom:
    mkdir -p dist
    "${UV:-uv}" export --quiet --preview-features sbom-export --format cyclonedx1.5 --no-dev --output-file dist/mingze.cdx.json >/dev/null

# Known weaknesses in the locked versions. Needs a public index that answers, so it is no part of the default run.
audit:
    "${UV:-uv}" tool run pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

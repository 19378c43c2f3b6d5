"""What is shipped: the lock file, the wheel with everything inside, and what a person with Python and pip runs."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.outside import ROOT, clean_environment

UV = os.environ.get("UV", "uv")
"""`uv run` says where it is itself: it need not be on the path."""

PYTHON = os.path.realpath(sys.executable)


def run(*command: str, cwd: Path, timeout: int = 100) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in clean_environment().items() if name != "VIRTUAL_ENV"}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )


def test_the_lock_file_names_no_registry_and_has_every_hash() -> None:
    """requirements.lock holds versions and sha256 hashes, and no address, so it means the same anywhere."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index-url|--extra-index|--find-links", text)
    pins = re.findall(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==(\S+)", text, re.MULTILINE)
    assert len(pins) > 40
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if not block.startswith("#") and "--hash=sha256:" not in block] == []


def test_the_lock_file_agrees_with_the_project() -> None:
    """Resolving the project again under its exclude-newer date gives the committed lock file."""
    done = run("bash", ".ci/lock", "--check", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_licence_permits_our_own() -> None:
    """No installed package that we depend on at run time is under a licence that Apache-2.0 code cannot be shipped with."""
    from importlib.metadata import distribution, requires

    seen: set[str] = set()

    def walk(name: str) -> None:
        for line in requires(name) or []:
            found = re.match(r"[A-Za-z0-9._-]+", line)
            if found and "extra ==" not in line and found[0].lower() not in seen:
                try:
                    distribution(found[0])
                except ImportError:
                    continue  # a marker for another platform
                seen.add(found[0].lower())
                walk(found[0])

    walk("mingze")
    assert {"django", "cryptography", "granian"} <= seen
    wrong = {}
    for name in sorted(seen):
        metadata = distribution(name).metadata
        said = " ".join([metadata.get("License-Expression") or "", *(metadata.get_all("Classifier") or [])])
        if re.search(r"(?<!L)GPL|Affero", said.replace("LGPL", "").replace("Lesser General Public", "")):
            wrong[name] = said
    assert wrong == {}


def test_the_wheel_makes_a_demo_in_an_empty_environment(tmp_path: Path) -> None:
    """Built, installed alone and started outside the checkout, the wheel has its procedures, calendars, pages and words."""
    built = run(UV, "build", "--wheel", "--python", PYTHON, "--out-dir", "dist", str(ROOT), cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    [wheel] = (tmp_path / "dist").glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "mingze/data/procedures/suggestion/procedure.yaml",
        "mingze/data/calendars/cn/2026.yaml",
        "mingze/portal/templates/portal/base.html",
        "mingze/portal/static/portal/mingze.css",
        "mingze/words/zh-Hans/words.ftl",
        "mingze/accounts/authority.yaml",
        "mingze/accounts/migrations/0001_initial.py",
    ):
        assert wanted in inside, wanted
    assert not [name for name in inside if name.startswith(("tests/", "docs/")) or name.endswith(".pyc")]
    assert run(UV, "venv", "--python", PYTHON, "env", cwd=tmp_path).returncode == 0
    python = tmp_path / "env" / "bin" / "python"
    locked = ["-c", str(ROOT / "requirements.lock")]
    installed = run(UV, "pip", "install", "--python", str(python), *locked, str(wheel), cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    mingze = str(tmp_path / "env" / "bin" / "mingze")
    made = run(mingze, "init", "--demo", "--dir", "there", "--json", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["demo"] is True
    listed = run(mingze, "procedures", "list", cwd=tmp_path)
    assert listed.returncode == 0 and "suggestion" in listed.stdout, listed.stderr


def test_ci_runs_the_command_of_the_readme() -> None:
    """`.ci/run` is executable and runs the README's second command and nothing else."""
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "pip install uv && uv run just"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run just" in readme
    assert "pip install uv && uv run mingze demo" in readme

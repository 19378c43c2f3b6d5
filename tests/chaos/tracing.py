"""strace taking hold of a process: what it asks of the kernel, and what it is answered instead."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WRITING: Final = ("openat", "write", "pwrite64", "fdatasync", "fsync", "rename", "ftruncate", "mkdir", "unlink")
"""The calls by which a register, its vault and its published files change."""

_CALL: Final = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<arguments>.*?)\) += (?P<result>-?\d+)")


@dataclass(frozen=True)
class Call:
    """One call of the kernel: by which thread, how many of its kind that thread had made, with what, to what end."""

    thread: int
    name: str
    count: int
    arguments: str
    result: int

    @property
    def file(self) -> str:
        """The file it was about: the path behind its descriptor, or the one it names."""
        named = self.name in ("openat", "rename", "mkdir", "unlink")
        found = re.search(r'"(/[^"]*)"' if named else r"<(/[^>]*)>", self.arguments)
        return found[1] if found else ""


@contextmanager
def traced(pid: int, *options: str, into: Path) -> Iterator[None]:
    """strace on a process and all its threads, holding it from here on."""
    strace = shutil.which("strace")
    assert strace, "strace is missing: run `just tools`, or install it (Debian: apt-get install strace)"
    command = [strace, "-f", "-y", "-s", "256", "-o", str(into), *options, "-p", str(pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert "attached" in said, f"strace could not take hold of the process: {said}"
        yield
        process.wait(30)


def calls(trace: Path, within: Path) -> list[Call]:
    """The finished calls of a trace that were about files in a folder, in the order in which they ended."""
    made: Counter[tuple[int, str]] = Counter()
    begun: dict[int, str] = {}
    found = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        pid, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>"):
            begun[int(pid)] = line.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = re.match(r"(\d+) +<\.\.\. \w+ resumed>(.*)", line)
        if resumed and int(resumed[1]) in begun:
            line = begun.pop(int(resumed[1])) + resumed[2]
        match = _CALL.match(line)
        if match is None:
            continue
        made[int(match["pid"]), match["name"]] += 1
        call = Call(
            int(match["pid"]), match["name"], made[int(match["pid"]), match["name"]], match["arguments"],
            int(match["result"]),
        )  # fmt: skip
        if call.file.startswith(str(within)):
            found.append(call)
    return found

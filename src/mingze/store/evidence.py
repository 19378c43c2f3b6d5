"""Files that came with a matter: sealed, named by the digest of what is stored, and written whole or not at all.

    evidence/3f/3f9a…      ciphertext; its name is its SHA-256, so a flipped bit is found before anything is opened

A file is durable before the command that mentions it is given to the writer. If the command is refused, or we crash in
between, a sealed file is left that nobody mentions and nobody can open; it does no harm.
"""

from __future__ import annotations

import errno
from hashlib import sha256
from pathlib import Path

from mingze.durable import write_durably
from mingze.store.errors import Reason, Unavailable


def durable_write(path: Path, content: bytes) -> None:
    """Put a file in place so that a power cut leaves the old one or the new one: temp, fsync, rename, fsync the folder.

    Raises Unavailable `disk_full`, `read_only`, or `stopped` when a flush failed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, content)
    except OSError as error:
        raise file_trouble(error, path.name[:8]) from error


def file_trouble(error: OSError, name: str) -> Unavailable:
    """What a failed call about a file means for whoever asked."""
    return Unavailable(_REASONS.get(error.errno or 0, "stopped"), name)


_REASONS: dict[int, Reason] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
}


class Evidence:
    """The folder of sealed files of one instance."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, sealed: bytes) -> str:
        """Store a sealed file durably and return its digest (hexadecimal SHA-256 of the ciphertext)."""
        digest = sha256(sealed).hexdigest()
        path = self._path(digest)
        if not path.exists():
            durable_write(path, sealed)
        return digest

    def read(self, digest: str) -> bytes:
        """The sealed file of a digest. Raises Unavailable `gone` when it is missing or is not what it was."""
        try:
            sealed = self._path(digest).read_bytes()
        except OSError as error:
            raise Unavailable("gone", digest[:8]) from error
        if sha256(sealed).hexdigest() != digest:
            raise Unavailable("gone", f"{digest[:8]} has changed on the disk")
        return sealed

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

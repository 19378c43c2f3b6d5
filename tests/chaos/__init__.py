"""What fails in the world, done to real processes and real files; `just chaos` does the same for longer."""

from __future__ import annotations

import os
from typing import Final

FULL: Final = os.environ.get("MINGZE_CHAOS") == "full"
"""Whether this is `just chaos` (minutes) and not the part every change runs (seconds)."""

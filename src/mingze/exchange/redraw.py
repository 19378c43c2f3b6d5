"""The process that redraws one picture: `python -m mingze.exchange.redraw JPEG` reads standard input, writes the copy.

It can be given a picture made to break it: so it has its own memory, its own time, and can open no file and no socket of
weight. What goes wrong here ends here.
"""

from __future__ import annotations

import io
import resource
import sys

_MEMORY = 1_500_000_000  # bytes of address space: 64 million pixels, twice, and the interpreter
_SECONDS = 20
_OPTIONS = {"JPEG": {"quality": 92}, "PNG": {}, "WEBP": {"quality": 90}}


def redraw(data: bytes, form: str) -> bytes:
    """The first frame of a picture, turned as its camera said, without anything that is not a pixel."""
    from PIL import Image, ImageFile, ImageOps

    from mingze.exchange.uploads import PIXEL_LIMIT

    ImageFile.LOAD_TRUNCATED_IMAGES = True  # half a picture is still evidence
    with Image.open(io.BytesIO(data), formats=[form]) as opened:
        if opened.width * opened.height > PIXEL_LIMIT:
            raise ValueError("too many pixels")
        opened.load()
        turned = ImageOps.exif_transpose(opened)
    if form == "JPEG":
        turned = turned.convert("L" if turned.mode in ("L", "1") else "RGB")
    elif turned.mode not in ("L", "RGB", "RGBA"):
        turned = turned.convert("RGBA")
    bare = Image.frombytes(turned.mode, turned.size, turned.tobytes())
    out = io.BytesIO()
    bare.save(out, form, **_OPTIONS[form])
    return out.getvalue()


def main() -> int:
    """Redraw standard input under limits; 1 when it cannot be."""
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    try:
        made = redraw(sys.stdin.buffer.read(), sys.argv[1])
    except Exception:  # noqa: BLE001 (whatever a hostile picture makes the decoder raise)
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

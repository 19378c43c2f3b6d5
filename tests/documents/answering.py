"""A small address that speaks the OpenAI chat format, as a process of its own: `python -m tests.documents.answering MANNER`.

It prints its port and answers each question in its manner: good, lying, mixed, slow, dripping, huge, broken, moved, failing. What it was
asked is printed a line a question, so that a test can see what left the machine.
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PROMISE = "垃圾分类收集点由物业日常巡护"
LIE = "区财政局将在年底前拨付一千万元"
FLAGGED = "对经常上访的住户建立画像"


def _chat(content: str) -> bytes:
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}}]}, ensure_ascii=False
    ).encode()


def _spans(*spans: Any) -> bytes:
    return _chat(json.dumps({"spans": list(spans)}, ensure_ascii=False))


ANSWERS = {
    "good": _spans(PROMISE),
    "lying": _spans(LIE),
    "mixed": _spans(PROMISE, LIE, PROMISE[2:], FLAGGED, 7, "", None),
    "huge": _spans("长" * 400_000),
    "broken": b"<html>not JSON at all",
    "shapeless": _chat('{"spans": "all of it"}'),
    "many": _spans(*[LIE] * 500),
}


class _Answering(BaseHTTPRequestHandler):
    manner = "good"

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        said = {"path": self.path, "key": self.headers.get("Authorization", ""), "asked": json.loads(asked)}
        print(json.dumps(said, ensure_ascii=False), flush=True)
        if self.manner == "slow":
            time.sleep(30)
        if self.manner == "moved":
            self.send_response(307)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.send_response(500 if self.manner == "failing" else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        if self.manner == "dripping":
            for _ in range(300):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
            return
        self.wfile.write(ANSWERS.get(self.manner, b"{}"))

    def log_message(self, format: str, *args: Any) -> None:
        """Standard output carries what was asked; nothing else."""


if __name__ == "__main__":
    _Answering.manner = sys.argv[1]
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        server.daemon_threads = True
        print(server.server_address[1], flush=True)
        server.serve_forever()

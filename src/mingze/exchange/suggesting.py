"""Suggestions: passages of a public document that another program thinks promise something, each verified word by word.

Off unless `[suggestions]` in mingze.toml names an address that speaks the OpenAI chat format. Only a document that a person marked as
public is sent. What comes back is a list of quotations: one that does not stand in the document exactly, crosses a sentence, covers a
row or speaks of an excluded topic is dropped and counted. The fields of the rest are read by our own rules; nothing is accepted.
Time, bytes and redirects are bounded, and a hash of the question and of the answer is kept.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from mingze.documents import Commitment, Decomposition, EditError, read_span
from mingze.instance import Endpoint

MOST_SENT = 20_000
"""Characters of open passages that are sent at most."""
MOST_BYTES = 262_144
MOST_SUGGESTED = 50
_SHORTEST = 4
CODES = ("off", "not-public", "unreachable", "slow", "too-large", "refused", "broken")
_ASK = (
    "You are given numbered passages of a published Chinese government document. Quote, verbatim, each stretch that promises a future "
    "act, target or prohibition by an office. Do not change, join or translate anything. Answer with JSON only: "
    '{"spans": ["…", "…"]}. If there is none, answer {"spans": []}.'
)


class SuggestingError(Exception):
    """No suggestions: `code` is one of `CODES` (words: `documents-suggest-<code>`)."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Suggestions:
    """What was suggested and verified, what was dropped, and the hashes of question and answer."""

    rows: tuple[Commitment, ...]
    dropped: int
    question_sha256: str
    answer_sha256: str

    def to_json(self) -> dict[str, Any]:
        """The object `mingze decompose --suggest --json` adds."""
        return {
            "rows": [row.to_json() for row in self.rows],
            "dropped": self.dropped,
            "question_sha256": self.question_sha256,
            "answer_sha256": self.answer_sha256,
        }


def suggest(text: str, found: Decomposition, endpoint: Endpoint, *, public: bool) -> Suggestions:
    """Verified suggestions for what the rules left open in a document.

    Raises `SuggestingError`: `off` without an address, `not-public` unless a person marked the document so, else what kept the
    answer from being used. The reading itself is untouched in every case.
    """
    if not endpoint.url:
        raise SuggestingError("off")
    if not public:
        raise SuggestingError("not-public")
    passages = [(s.start, s.end) for s in found.sentences if s.state in ("background", "rejected")]
    sent = _question(text, passages)
    if not sent:
        return Suggestions((), 0, "", "")
    body = json.dumps(
        {
            "model": endpoint.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": _ASK}, {"role": "user", "content": sent}],
        },
        ensure_ascii=False,
    ).encode()
    answer = _posted(endpoint, body)
    rows, dropped = _verified(text, passages, _spans(answer), found.year)
    return Suggestions(rows, dropped, sha256(body).hexdigest(), sha256(answer).hexdigest())


def _question(text: str, passages: list[tuple[int, int]]) -> str:
    lines: list[str] = []
    room = MOST_SENT
    for number, (start, end) in enumerate(passages, 1):
        room -= end - start
        if room < 0:
            break
        lines.append(f"{number}. {text[start:end]}")
    return "\n".join(lines)


def _verified(
    text: str, passages: list[tuple[int, int]], spans: list[Any], year: int | None
) -> tuple[tuple[Commitment, ...], int]:
    rows: list[Commitment] = []
    taken: list[tuple[int, int]] = []
    dropped = max(0, len(spans) - MOST_SUGGESTED)
    for span in spans[:MOST_SUGGESTED]:
        row = _row(text, passages, span, year)
        if row is None or any(a < row.end and row.start < b for a, b in taken):
            dropped += 1
            continue
        taken.append((row.start, row.end))
        rows.append(row)
    return tuple(sorted(rows, key=lambda row: row.start)), dropped


def _row(text: str, passages: list[tuple[int, int]], span: Any, year: int | None) -> Commitment | None:
    """The span read by our own rules, if it stands in one open passage as it was quoted."""
    if not isinstance(span, str) or len(span.strip()) < _SHORTEST:
        return None
    for start, end in passages:
        at = text.find(span, start, end)
        if at >= 0:
            try:
                row = read_span(text, at, at + len(span), year=year)
            except EditError:
                return None
            return None if row.excluded_topic else row
    return None


def _spans(answer: bytes) -> list[Any]:
    try:
        told = json.loads(answer)
        content = told["choices"][0]["message"]["content"]
        inner = content.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
        spans = json.loads(inner)["spans"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise SuggestingError("broken") from None
    if not isinstance(spans, list):
        raise SuggestingError("broken")
    return spans


def _posted(endpoint: Endpoint, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    try:
        if endpoint.key_file is not None:
            headers["Authorization"] = f"Bearer {endpoint.key_file.read_text(encoding='ascii').strip()}"
    except (OSError, UnicodeDecodeError):
        raise SuggestingError("off") from None
    parts = urlsplit(endpoint.url)
    host, port = parts.hostname or "", parts.port
    connection = (
        http.client.HTTPSConnection(host, port, timeout=endpoint.seconds, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=endpoint.seconds)
    )
    held: list[socket.socket] = []
    path = f"{parts.path.rstrip('/')}/chat/completions" + (f"?{parts.query}" if parts.query else "")
    try:
        with _within(held, endpoint.seconds) as late:
            try:
                connection.connect()
                held.append(connection.sock)  # the connection itself forgets it while the answer is read
                connection.request("POST", path, body, headers)
                response = connection.getresponse()
                if response.status != 200:  # a redirect is an answer from somewhere nobody allowed
                    raise SuggestingError("refused", status=response.status)
                answer = response.read(MOST_BYTES + 1)
            except (OSError, http.client.HTTPException) as error:
                slow = late.is_set() or isinstance(error, TimeoutError)
                raise SuggestingError("slow" if slow else "unreachable", seconds=endpoint.seconds) from None
            if late.is_set():
                raise SuggestingError("slow", seconds=endpoint.seconds)
    finally:
        connection.close()
    if len(answer) > MOST_BYTES:
        raise SuggestingError("too-large", limit=MOST_BYTES // 1024)
    return answer


@contextlib.contextmanager
def _within(held: Sequence[socket.socket], seconds: int) -> Iterator[threading.Event]:
    """Hangs up after so many seconds in all, however slowly an answer drips in; the event says that it did."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        for one in held:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()

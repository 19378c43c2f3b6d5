"""The code on a receipt and the number of a case: what a person keeps, and what everybody may say aloud.

A receipt code is 24 characters of Crockford's base32 (120 bits), shown in six groups of four. It is computed from the
form's random key with a key only the server has, so a form sent twice gets the same code without anything about it
being stored but its hash. Reading forgives: case, spaces and hyphens do not matter, O is 0, I and L are 1.

>>> read_code("0123-4567 89ab-cdef ghjk-mnpo")
'0123456789ABCDEFGHJKMNP0'
>>> show_code("0123456789ABCDEFGHJKMNP0")
'0123-4567-89AB-CDEF-GHJK-MNP0'
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 24

_FORGIVEN: Final = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\u3000": None, "\u2013": None})


def receipt_code(receipt_key: bytes, form_key: str) -> str:
    """The code for the form with this key: the first 120 bits of HMAC-SHA-256, 24 characters."""
    return _code(receipt_key, b"mingze/receipt/v1\x00" + form_key.encode())


def party_code(receipt_key: bytes, case_id: str, party: str) -> str:
    """The code of a party who was invited into a case. Its domain is its own: nobody can choose a form key that gives
    it.
    """
    return _code(receipt_key, b"mingze/receipt/party/v1\x00" + f"{case_id}/{party}".encode())


def linked_code(receipt_key: bytes, action_key: str) -> str:
    """The code of a case opened by an action with this idempotency key, the same each time it is repeated."""
    return _code(receipt_key, b"mingze/receipt/linked/v1\x00" + action_key.encode())


def voice_code(receipt_key: bytes, place: str) -> str:
    """A code given to somebody a promise affects, by its place in the batch it was printed with."""
    return _code(receipt_key, b"mingze/voice/v1\x00" + place.encode())


def _code(receipt_key: bytes, words: bytes) -> str:
    digest = hmac.digest(receipt_key, words, "sha256")
    bits = int.from_bytes(digest[:15], "big")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(115, -1, -5))


def read_code(text: str) -> str:
    """What somebody typed, as it was printed; "" when it cannot be a code, which is answered like any unknown one."""
    code = "".join(text.split()).upper().translate(_FORGIVEN)
    return code if len(code) == CODE_LENGTH and all(letter in ALPHABET for letter in code) else ""


def show_code(code: str) -> str:
    """The code in six groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def code_digest(code: str) -> bytes:
    """What is stored of a code. 120 bits cannot be searched, so a plain hash is enough."""
    return sha256(b"mingze/code/v1\x00" + code.encode()).digest()


def case_number(mark: str, procedure_mark: str, year: int, count: int) -> str:
    """The public number of a case; it counts per authority, year and kind of matter.

    >>> case_number("明源", "建", 2026, 7)
    '明源建〔2026〕0007号'
    """
    return f"{mark}{procedure_mark}〔{year}〕{count:04d}号"

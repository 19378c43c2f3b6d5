"""Reading files: bytes to text with structure, within limits, without touching the disk or the network.

`read(data, name)` recognises .txt, .md, .docx, .html, .xlsx and .pdf by their content and their name, refuses what is too large, empty,
encrypted, macro-carrying, image-only or not what its name says, and returns the text every later offset refers to, with its blocks.
"""

from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.limits import LIMITS, Limits
from mingze.exchange.reading.reader import TextAsRead, read

__all__ = ["LIMITS", "Limits", "ReadingError", "TextAsRead", "read"]

"""JSON Schema of a procedure's files, made from the same rows the reader uses, so that an editor helps while writing.

Law of the file: what the schema allows is what the reader reads; whether names point somewhere and whether the
procedure may run is the checker's to say.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import TypeAdapter

from mingze.procedure.model import DatedNumber, ProcedureTable

File = Literal["procedure", "parameters"]

_ADAPTERS: dict[File, TypeAdapter[Any]] = {
    "procedure": TypeAdapter(ProcedureTable),
    "parameters": TypeAdapter(dict[str, tuple[DatedNumber, ...]]),
}

_TITLES: dict[File, str] = {
    "procedure": "Mingze procedure.yaml / 程序文件",
    "parameters": "Mingze parameters.yaml / 参数文件",
}


def schema(file: File = "procedure") -> dict[str, Any]:
    """The schema (2020-12) of `procedure.yaml` or `parameters.yaml`."""
    made = _ADAPTERS[file].json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": _TITLES[file]}

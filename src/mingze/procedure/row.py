"""What every row of a procedure file is made of: names, lists of names, texts in both languages, and no unknown key."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
Parameter = Annotated[str, Field(pattern=r"^\$[a-z][a-z0-9_]*$")]


def _as_tuple(value: Any) -> Any:
    """Lets a jurist write `from: received` where one name is meant and `from: [received, handling]` for several."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_tuple),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}, mode="validation"),
]


class Table(BaseModel):
    """A row of a procedure file: immutable, and a key nobody defined is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Bilingual(Table):
    """A text in both languages every person reads it in."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    @property
    def text(self) -> dict[str, str]:
        """The two texts as the mapping the faces choose from."""
        return {"zh": self.zh, "en": self.en}

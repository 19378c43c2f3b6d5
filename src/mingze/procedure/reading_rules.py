"""Who may open what is sealed in a case, and on whose word: the `reading` part of a procedure file.

```yaml
reading:
  identity: {approved_by: supervision, otherwise: legal, lasts: $identity_days, cite: reg 30(3)}
  needed:
    answer: {zh: 答复要送达本人, en: The answer is served on the person, at: [handling], cite: reg 29(2)}
  circle: {office: protection_office, handler: handler, approver: head, lasts: $circle_days, cite: …,
           at_once: [received], at_once_cite: minors 11(2)}
  deferrals:
    inquiry: {zh: 告知会妨碍侦查, en: Telling would hinder the inquiry, by: protection_office.head, longest: $deferral_days, cite: pipl 35}
```

Law: 信访工作条例 art 30 (nothing of a petition to whom it is about), 个人信息保护法 arts 6, 18, 35, 51. What the rows do is `casework`.
"""

from __future__ import annotations

from collections.abc import Mapping

from mingze.procedure.row import Bilingual, Name, Names, Parameter, Table


class Unsealing(Table):
    """Who it is stays closed until a post of another office has approved opening it: of an office with the function
    `approved_by`, or with `otherwise` where that is the asking office or an excluded one. It `lasts` so long.
    """

    approved_by: Name
    otherwise: str = ""
    lasts: Parameter
    cite: str


class Need(Bilingual):
    """A step that cannot be done without knowing who it is (both texts say why): the office that bears one of the
    stages `at` reads the identity with an access record alone.
    """

    at: Names
    cite: str


class Circle(Bilingual):
    """The smallest circle: of all posts only two of `office`, named when the case is opened, know of the case: one with
    the function `handler`, one with `approver`. Each opening of whatever is sealed is approved by the second first,
    but for what a duty to act at once needs (`at_once`: the stages; never the identity).
    """

    office: Name
    handler: Name = "handler"
    approver: Name = "head"
    lasts: Parameter
    at_once: Names = ()
    at_once_cite: str = ""
    cite: str


class Deferral(Bilingual):
    """A lawful reason to show the person later who has read their case: decided `by` a post, for at most `longest`,
    once in a case.
    """

    by: Names
    longest: Parameter
    cite: str


class Reading(Table):
    """The whole part; where it is left out, opening an identity needs two people all the same."""

    identity: Unsealing | None = None
    needed: Mapping[Name, Need] = {}
    circle: Circle | None = None
    deferrals: Mapping[Name, Deferral] = {}

    @property
    def parameters(self) -> tuple[str, ...]:
        """The dated numbers these rows name, with their `$`."""
        rows = (self.identity, self.circle)
        return (*(row.lasts for row in rows if row), *(row.longest for row in self.deferrals.values()))

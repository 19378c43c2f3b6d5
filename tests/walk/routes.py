"""Ways through a procedure that its own tables give: to the furthest place and on to an end; to an adverse act and its remedy.

Nothing here knows any procedure. A way is a list of acts; conditions are met by choosing what the forms' choices allow.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from mingze.procedure import Procedure
from mingze.procedure.walking import State, Walk, only_clocks

Way = tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """A way, and what to choose in the forms on it so that its conditions hold."""

    way: Way
    choose: Mapping[str, str] = field(default_factory=dict)


class Routes:
    """The ways of one procedure."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.walk = Walk(procedure)
        self.first = next(iter(self.walk.paths))
        conditions = " ".join(action.when.cel for action in procedure.actions.values() if action.when)
        self._counted = tuple(dict.fromkeys(re.findall(r"counts\.([a-z_0-9]+)", conditions)))

    def to_an_end(self) -> Route:
        """Through the furthest place that can be reached without an adverse act or a hand-back, and on to an end."""
        kinds = [(self._nobodys, self._plain), (self._any,)]
        if len(self._depths(self._plain)) < 0.6 * len(self.procedure.stages):
            kinds.reverse()  # what this procedure is about is itself an adverse act
        for allowed in kinds:
            depths = self._depths(allowed[-1])
            for stage in sorted(depths, key=lambda each: -depths[each]):
                if route := self._through(stage, allowed):
                    return route
        raise AssertionError(f"{self.procedure.name}: no way to an end")

    def _depths(self, allowed: Callable[[str], bool]) -> dict[str, int]:
        """How many acts each place is away at least."""
        depths: dict[str, int] = {}
        for state, way in self._from(self.first, (self.procedure.opening_name,), allowed):
            for stage in state.stages:
                depths.setdefault(stage, len(way))
            if len(depths) == len(self.procedure.stages):
                break
        return depths

    def _through(self, stage: str, kinds: Sequence[Callable[[str], bool]]) -> Route | None:
        for allowed in kinds:
            for state, way in self._from(self.first, (self.procedure.opening_name,), allowed):
                if stage not in state.stages:
                    continue
                if self.walk.over(state):
                    ends: Iterator[tuple[State, Way]] = iter([(state, way)])
                else:
                    ends = ((to, on) for to, on in self._from(state, way, allowed) if self.walk.over(to))
                for _, whole in islice(ends, 12):
                    if route := self._chosen(whole):
                        return route
        return None

    def adverse(self) -> tuple[Route, str] | None:
        """To an adverse act that has a remedy, and on to the act by which the remedy's case is opened where there is one;
        with the adverse act's name. None where no act is adverse or none leaves a remedy."""
        actions = self.procedure.actions
        wanted = [name for name, action in actions.items() if action.adverse and action.remedies]
        opening = {name for name, action in actions.items() if action.opens}
        found: tuple[Route, str] | None = None
        for name in sorted(
            wanted, key=lambda each: not any(self.procedure.remedies[r].opens for r in actions[each].remedies)
        ):
            for state, way in islice(self._steps_to(name), 8):
                for _, on in islice(self._ways_to(state, way, opening), 4) if opening else ():
                    if route := self._chosen(on):
                        return route, name
                if found is None and (route := self._chosen(way)):
                    found = route, name
        return found

    def _steps_to(self, name: str) -> Iterator[tuple[State, Way]]:
        if name == self.procedure.opening_name:
            yield self.first, (name,)
            return
        for allowed in (self._plain, self._any, lambda _: True):
            found = False
            for state, way in self._from(self.first, (self.procedure.opening_name,), allowed):
                for each, to in self.walk.steps.get(state, ()):
                    if each == name and self._by_counts(name, way):
                        found = True
                        yield to, (*way, name)
            if found:
                return

    def _ways_to(self, start: State, before: Way, names: set[str]) -> Iterator[tuple[State, Way]]:
        for state, way in self._from(start, before, self._plain):
            for each, to in self.walk.steps.get(state, ()):
                if each in names:
                    yield to, (*way, each)

    def _from(self, start: State, before: Way, allowed: Callable[[str], bool]) -> Iterator[tuple[State, Way]]:
        """Every state from one on, breadth first, with the shortest way to it; conditions on counts are kept to."""
        queue, seen = deque([(start, before)]), {(start, self._counts(before))}
        while queue:
            state, way = queue.popleft()
            yield state, way
            for name, to in self.walk.steps.get(state, ()):
                if not allowed(name) or not self._by_counts(name, way):
                    continue
                key = (to, self._counts((*way, name)))
                if key not in seen and len(seen) < 30_000:
                    seen.add(key)
                    queue.append((to, (*way, name)))

    def _counts(self, way: Way) -> tuple[int, ...]:
        """How often each act that a condition counts was taken, up to four times."""
        return tuple(min(way.count(name), 4) for name in self._counted)

    def _by_counts(self, name: str, way: Way) -> bool:
        """Whether a condition on nothing but counts holds after a way."""
        action = self.procedure.actions[name]
        if action.when is None or "facts" in action.when.cel:
            return True
        return self.procedure.guard_holds(name, {}, {each: way.count(each) for each in self._counted})

    def _plain(self, name: str) -> bool:
        action = self.procedure.actions[name]
        breaks_off = len(action.from_) > 2 and bool(action.into) and self.procedure.stages[action.into or ""].end
        return not (action.adverse or action.hand_back or action.recuses or action.opens or breaks_off)

    def _any(self, name: str) -> bool:
        action = self.procedure.actions[name]
        return not action.hand_back and not action.recuses

    def _nobodys(self, name: str) -> bool:
        """The plain acts that people take: no waiting until a period has run out."""
        return self._plain(name) and not only_clocks(self.procedure.actions[name])

    def _chosen(self, way: Way) -> Route | None:
        """The way with choices under which every condition on it holds; None if there are none."""
        procedure = self.procedure
        guards = " ".join(procedure.actions[name].when.cel for name in way if procedure.actions[name].when)  # type: ignore[union-attr]
        asked = [
            name
            for act in way
            for name in procedure.actions[act].takes
            if procedure.fields[name].choices and f"facts.{name}" in guards
        ]
        asked = list(dict.fromkeys(asked))
        for values in islice(product(*(procedure.fields[name].choices for name in asked)), 200):
            choose = dict(zip(asked, values, strict=True))
            if self._holds(way, choose):
                return Route(way, choose)
        return None

    def _holds(self, way: Sequence[str], choose: Mapping[str, str]) -> bool:
        facts: dict[str, str] = {}
        counts: dict[str, int] = {}
        for name in way:
            if not self.procedure.guard_holds(name, facts, counts):
                return False
            counts[name] = counts.get(name, 0) + 1
            facts |= {field: choose[field] for field in self.procedure.actions[name].takes if field in choose}
        return True

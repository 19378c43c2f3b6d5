"""Every state a case can get into under a procedure, and the way to each.

A state is where the case rests, which periods run or are suspended, how often each counted action was taken, which
steps are ready because the one they come after was taken, and which offices are known. Guards and public facts are
free: a condition may hold or not. Counters stop at `MOST`, so that the walk ends for every procedure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from mingze.procedure.model import Action, Procedure

MOST = 4
"""Up to how many times an action is told apart; a rule of `at_most: 9` is walked as one of four."""

LARGEST_WALK = 20_000
"""States after which a procedure is refused as too large to be proved: it should be two procedures."""

NOTHING: frozenset[str] = frozenset()


class State(NamedTuple):
    """What can be told apart of a case."""

    stages: tuple[str, ...]
    running: frozenset[str]
    suspended: frozenset[str]
    met: frozenset[str]
    counts: tuple[int, ...]
    ready: frozenset[tuple[str, str]]
    bound: frozenset[str]


Step = tuple[str, State]


def only_clocks(action: Action) -> bool:
    """Whether nobody takes the action: it happens when a period runs out."""
    return all(by.startswith("clock ") for by in action.by)


class Walk:
    """The walk through a procedure: `paths` (each state with the shortest way to it) and `steps` (what may follow it).

    `once` names actions counted as possible once only, beside those the procedure counts itself.
    """

    def __init__(self, procedure: Procedure, once: frozenset[str] = NOTHING) -> None:
        self.procedure = procedure
        self.most = {
            name: min(action.at_most or 1, MOST)
            for name, action in procedure.actions.items()
            if action.at_most is not None or name in once
        }
        self._places = {name: place for place, name in enumerate(self.most)}
        self._pairs = [(name, before) for name, action in procedure.actions.items() for before in action.after]
        self._reopened = frozenset(name for name, clock in procedure.clocks.items() if clock.reopened_by)
        self._found = frozenset(name for name, role in procedure.offices.items() if role.found_by)
        self._from = {name: frozenset(action.from_) for name, action in procedure.actions.items()}
        self._ends = frozenset(name for name, stage in procedure.stages.items() if stage.end)
        self._gates = frozenset(name for name, clock in procedure.clocks.items() if clock.backward and clock.holds)
        self._minimums = frozenset(name for name, clock in procedure.clocks.items() if clock.minimum)
        self._clocks_by = {
            name: tuple(by[6:] for by in action.by) if only_clocks(action) else ()
            for name, action in procedure.actions.items()
        }
        self._pairs_of = {
            name: frozenset((name, before) for before in action.after) for name, action in procedure.actions.items()
        }
        self._gates_of = {name: self._gates.intersection(procedure.clocks_holding(name)) for name in procedure.actions}
        self._waits: dict[tuple[str, frozenset[str], frozenset[str]], tuple[str, ...]] = {}
        # Most states share their parts with others: what an action makes of each part is computed once.
        self._from_here: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._stages: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
        self._clocks: dict[tuple[frozenset[str], frozenset[str], frozenset[str], str], tuple[frozenset[str], ...]] = {}
        self._ready: dict[tuple[frozenset[tuple[str, str]], str], frozenset[tuple[str, str]]] = {}
        self._bound: dict[tuple[frozenset[str], str], frozenset[str]] = {}
        self.paths: dict[State, tuple[str, ...]] = {}
        self.steps: dict[State, list[Step]] = {}
        self.too_large = False
        self._explore()

    def _explore(self) -> None:
        opening = self.procedure.opening_name
        first = self.after(None, opening)
        self.paths[first] = (opening,)
        queue = deque([first])
        while queue:
            state = queue.popleft()
            path = self.paths[state]
            self.steps[state] = following = []
            for name in self._leading_from(state.stages):
                if not self._allowed(state, name):
                    continue
                to = self.after(state, name)
                if to not in self.paths:
                    if len(self.paths) >= LARGEST_WALK:
                        self.too_large = True
                        continue
                    self.paths[to] = (*path, name)
                    queue.append(to)
                following.append((name, to))

    def place(self, name: str) -> int:
        """Where a counted action stands in `State.counts`."""
        return self._places[name]

    def over(self, state: State) -> bool:
        """Whether the case has ended."""
        return self._ends.issuperset(state.stages)

    def _leading_from(self, stages: tuple[str, ...]) -> tuple[str, ...]:
        """The actions that come from where the case rests, in table order."""
        found = self._from_here.get(stages)
        if found is None:
            found = self._from_here[stages] = tuple(
                name
                for name, action in self.procedure.actions.items()
                if not self._ends.issuperset(stages)
                and not self._from[name].isdisjoint(stages)
                and (not action.all_of or self._from[name].issubset(stages))
            )
        return found

    def _allowed(self, state: State, name: str) -> bool:
        """Whether what has happened allows an action that comes from here."""
        place = self._places.get(name)
        if place is not None and state.counts[place] >= self.most[name]:
            return False
        if not self._pairs_of[name] <= state.ready or not self._gates_of[name] <= state.met:
            return False
        clocks = self._clocks_by[name]
        return not clocks or any(clock in state.running and clock not in state.suspended for clock in clocks)

    def after(self, state: State | None, name: str) -> State:
        """The state an action leads to."""
        stages = self._stages_after(state.stages if state else (), name)
        if self._ends.issuperset(stages):
            return State(stages, NOTHING, NOTHING, NOTHING, (), frozenset(), NOTHING)
        before = (state.running, state.suspended, state.met, name) if state else (NOTHING, NOTHING, NOTHING, name)
        clocks = self._clocks.get(before)
        if clocks is None:
            clocks = self._clocks[before] = self._clocks_after(*before)
        running, suspended, met = clocks
        counts = state.counts if state else (0,) * len(self.most)
        place = self._places.get(name)
        if place is not None:
            counts = (*counts[:place], counts[place] + 1, *counts[place + 1 :])
        ready: frozenset[tuple[str, str]] = state.ready if state else frozenset()
        if self._pairs:
            key = (ready, name)
            if key not in self._ready:
                self._ready[key] = frozenset(
                    pair for pair in self._pairs if pair[1] == name or (pair in ready and pair[0] != name)
                )
            ready = self._ready[key]
        bound = state.bound if state else self._found
        if self.procedure.actions[name].binds:
            bound = self._bound.setdefault((bound, name), bound | frozenset(self.procedure.actions[name].binds))
        return State(stages, running, suspended, met, counts, ready, bound)

    def _stages_after(self, stages: tuple[str, ...], name: str) -> tuple[str, ...]:
        key = (stages, name)
        found = self._stages.get(key)
        if found is None:
            found = self._stages[key] = tuple(sorted(self.procedure.stages_after(stages, name)))
        return found

    def _clocks_after(
        self, was_running: frozenset[str], was_suspended: frozenset[str], was_met: frozenset[str], name: str
    ) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The periods that run, stand still, and were met, after an action."""
        running, suspended, met = set(was_running), set(was_suspended), set(was_met)
        for clock_name in self.procedure.clocks_touched_by(name):
            clock = self.procedure.clocks[clock_name]
            if clock_name in running and name in clock.met_by:
                if clock_name not in self._minimums:
                    running.discard(clock_name)
                suspended.discard(clock_name)
                if clock_name in self._reopened or clock_name in self._gates:
                    met.add(clock_name)
            elif clock_name in running and name in clock.suspended_by:
                suspended.add(clock_name)
            elif clock_name in running and name in clock.resumed_by:
                suspended.discard(clock_name)
            elif clock_name not in running and clock_name in met and name in clock.reopened_by:
                running.add(clock_name)
                met.discard(clock_name)
            if name in clock.starts or (clock.backward and name in clock.restarted_by):
                running.add(clock_name)
                if clock_name in self._gates:
                    met.discard(clock_name)
        return frozenset(running), frozenset(suspended), frozenset(met)

    def waits(self, state: State, stage: str) -> tuple[str, ...]:
        """The periods that end the wait at a stage: one that runs, and that an action there meets or its end triggers.

        A suspended period ends nothing, and a minimum only holds back.
        """
        key = (stage, state.running, state.suspended)
        if key not in self._waits:
            self._waits[key] = tuple(
                clock
                for clock in self.procedure.clocks
                if clock in state.running and clock not in state.suspended and self.can_end(clock, stage)
            )
        return self._waits[key]

    def can_end(self, clock: str, stage: str) -> bool:
        """Whether a period, if it runs, ends the wait at a stage."""
        return clock in self._ending[stage]

    @cached_property
    def _ending(self) -> Mapping[str, frozenset[str]]:
        out = {}
        for stage in self.procedure.stages:
            here = {name for name in self.procedure.actions if stage in self._from[name]}
            out[stage] = frozenset(
                name
                for name, clock in self.procedure.clocks.items()
                if not clock.minimum
                and (not here.isdisjoint(clock.met_by) or self.procedure.clock_actions.get(name) in here)
            )
        return out

    def meeting(self, clock: str, stage: str) -> tuple[str, ...]:
        """The actions at a stage that meet a period."""
        return tuple(name for name in self.procedure.clocks[clock].met_by if stage in self._from[name])

    def certain(self, gives: Mapping[str, int]) -> Mapping[State, int]:
        """For each state what every way to it has given: `gives` says as bits what each action gives."""
        first = next(iter(self.paths))
        found = {first: gives[self.procedure.opening_name]}
        queue = deque([first])
        while queue:
            state = queue.popleft()
            for name, to in self.steps[state]:
                given = found[state] | gives[name]
                known = found.get(to)
                if known is None or known & given != known:
                    found[to] = given if known is None else known & given
                    queue.append(to)
        return found

    @cached_property
    def before(self) -> Mapping[State, tuple[State, ...]]:
        """Each state with those it can follow."""
        out: dict[State, list[State]] = {state: [] for state in self.paths}
        for state, steps in self.steps.items():
            for _, to in steps:
                out[to].append(state)
        return {state: tuple(states) for state, states in out.items()}

    @cached_property
    def ending(self) -> frozenset[State]:
        """The states from which some course of actions reaches an end."""
        return self.ending_without(NOTHING)

    def ending_without(self, actions: frozenset[str]) -> frozenset[State]:
        """The states from which an end can be reached without taking any of some actions."""
        good = {state for state in self.paths if self.over(state)}
        queue = deque(good)
        while queue:
            to = queue.popleft()
            for earlier in self.before[to]:
                if earlier not in good and (not actions or self._leads(earlier, to, actions)):
                    good.add(earlier)
                    queue.append(earlier)
        return frozenset(good)

    def _leads(self, state: State, to: State, actions: frozenset[str]) -> bool:
        return any(then == to and name not in actions for name, then in self.steps[state])

    @cached_property
    def order(self) -> tuple[State, ...]:
        """The states in an order in which each stands after those that lead to it; those in circles are left out."""
        left = {
            state: sum(1 for earlier in earlier_ones if earlier != state) for state, earlier_ones in self.before.items()
        }
        queue = deque(state for state, count in left.items() if not count)
        out = []
        while queue:
            state = queue.popleft()
            out.append(state)
            for _, to in self.steps[state]:
                if to != state:
                    left[to] -= 1
                    if not left[to]:
                        queue.append(to)
        return tuple(out)

    @cached_property
    def circles(self) -> tuple[frozenset[State], ...]:
        """The groups of states that a case can go round in without a counter that ends it (Tarjan's components)."""
        if len(self.order) == len(self.paths):
            return ()
        ordered = set(self.order)
        return _components([state for state in self.paths if state not in ordered], self.steps)

    def circles_without(self, actions: frozenset[str]) -> tuple[frozenset[State], ...]:
        """The circles that are left when some actions are never taken."""
        inside = {state for circle in self.circles for state in circle}
        among = [state for state in self.paths if state in inside]
        steps = {state: [step for step in self.steps[state] if step[0] not in actions] for state in among}
        return _components(among, steps)


def _components(order: list[State], steps: Mapping[State, list[Step]]) -> tuple[frozenset[State], ...]:
    """Tarjan's strongly connected components of more than one state, without recursion; the order of the states decides
    the order of the components, so that two runs name the same circle first.
    """
    among = set(order)
    number: dict[State, int] = {}
    low: dict[State, int] = {}
    stack: list[State] = []
    on_stack: set[State] = set()
    out: list[frozenset[State]] = []
    for root in order:
        if root in number:
            continue
        work = [(root, iter([to for _, to in steps[root] if to in among]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            state, following = work[-1]
            for to in following:
                if to not in number:
                    number[to] = low[to] = len(number)
                    stack.append(to)
                    on_stack.add(to)
                    work.append((to, iter([next_ for _, next_ in steps[to] if next_ in among])))
                    break
                if to in on_stack:
                    low[state] = min(low[state], number[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[state])
                if low[state] == number[state]:
                    group = set()
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        group.add(member)
                        if member == state:
                            break
                    if len(group) > 1:
                        out.append(frozenset(group))
    return tuple(out)

"""Casework: a command is decided against the case's procedure; what then has happened is an event and never changes."""

from mingze.casework.case import Case, ClockState, evolve, replay
from mingze.casework.clocks import counted_from_on, explanation, is_late, is_local, rule_of, silence_of
from mingze.casework.command import Actor, Command, Refused, Sealed
from mingze.casework.correcting import note_correction
from mingze.casework.deciding import (
    Offer,
    decide,
    mark_lapsed,
    next_lapse,
    offers,
    settle,
)
from mingze.casework.deferring import defer, may_defer, shown, withheld_until
from mingze.casework.duty import Duty, duties, duty
from mingze.casework.erasing import Keeping, erase, keeping
from mingze.casework.event import SCHEMA, EnvelopeError, Event, decode, encode
from mingze.casework.linking import Following, decide_linked, opener, passed_on
from mingze.casework.moving import Move, Obstacle, migrate, plan_move
from mingze.casework.publication import published
from mingze.casework.reading import closed_kinds, lets_open, record_read
from mingze.casework.standing import circle_of, excluded_offices, is_barred
from mingze.casework.unsealing import answer, ask, is_asked, waiting_requests

__all__ = [
    "SCHEMA",
    "Actor",
    "Case",
    "ClockState",
    "Command",
    "Duty",
    "EnvelopeError",
    "Event",
    "Following",
    "Keeping",
    "Move",
    "Obstacle",
    "Offer",
    "Refused",
    "Sealed",
    "answer",
    "ask",
    "circle_of",
    "closed_kinds",
    "counted_from_on",
    "decide",
    "decide_linked",
    "decode",
    "defer",
    "duties",
    "duty",
    "encode",
    "erase",
    "evolve",
    "excluded_offices",
    "explanation",
    "is_asked",
    "is_barred",
    "is_late",
    "is_local",
    "keeping",
    "lets_open",
    "mark_lapsed",
    "may_defer",
    "migrate",
    "next_lapse",
    "note_correction",
    "offers",
    "opener",
    "passed_on",
    "plan_move",
    "published",
    "record_read",
    "replay",
    "rule_of",
    "settle",
    "shown",
    "silence_of",
    "waiting_requests",
    "withheld_until",
]

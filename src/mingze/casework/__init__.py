"""Casework: a command is decided against the case's procedure; what then has happened is an event and never changes."""

from mingze.casework.case import Case, ClockState, evolve, replay
from mingze.casework.clocks import explanation, is_late, is_local, rule_of
from mingze.casework.command import Actor, Command, Refused, Sealed
from mingze.casework.deciding import (
    Duty,
    Offer,
    decide,
    duties,
    duty,
    mark_lapsed,
    next_lapse,
    offers,
    record_read,
    settle,
)
from mingze.casework.event import SCHEMA, EnvelopeError, Event, decode, encode

__all__ = [
    "SCHEMA",
    "Actor",
    "Case",
    "ClockState",
    "Command",
    "Duty",
    "EnvelopeError",
    "Event",
    "Offer",
    "Refused",
    "Sealed",
    "decide",
    "decode",
    "duties",
    "duty",
    "encode",
    "evolve",
    "explanation",
    "is_late",
    "is_local",
    "mark_lapsed",
    "next_lapse",
    "offers",
    "record_read",
    "replay",
    "rule_of",
    "settle",
]

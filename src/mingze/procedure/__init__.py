"""Procedures: what one is, reading one from its files, and checking that it leaves no case without a clock and a
bearer.
"""

from mingze.procedure.checking import Survey, check, survey
from mingze.procedure.durations import Durations, Leg, durations
from mingze.procedure.finding import Finding
from mingze.procedure.model import (
    Action,
    Bilingual,
    Clock,
    DatedNumber,
    Exclusion,
    FormField,
    OfficeRole,
    Party,
    Procedure,
    ProcedureTable,
    Publication,
    Remedy,
    Silence,
    Source,
    Stage,
)
from mingze.procedure.reader import Problem, ProcedureErrors, read_procedure
from mingze.procedure.reading_rules import Circle, Deferral, Need, Reading, Unsealing
from mingze.procedure.schema import schema
from mingze.procedure.skeleton import skeleton

__all__ = [
    "Action",
    "Bilingual",
    "Circle",
    "Clock",
    "DatedNumber",
    "Deferral",
    "Durations",
    "Exclusion",
    "Finding",
    "FormField",
    "Leg",
    "Need",
    "OfficeRole",
    "Party",
    "Problem",
    "Procedure",
    "ProcedureErrors",
    "ProcedureTable",
    "Publication",
    "Reading",
    "Remedy",
    "Silence",
    "Source",
    "Stage",
    "Survey",
    "Unsealing",
    "check",
    "durations",
    "read_procedure",
    "schema",
    "skeleton",
    "survey",
]

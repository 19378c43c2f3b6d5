"""Procedures: what one is, reading one from its files, and checking that it leaves no case without a clock and a
bearer.
"""

from mingze.procedure.checking import Finding, check
from mingze.procedure.model import (
    Action,
    Bilingual,
    Clock,
    DatedNumber,
    FormField,
    OfficeRole,
    Party,
    Procedure,
    ProcedureTable,
    Remedy,
    Source,
    Stage,
)
from mingze.procedure.reader import Problem, ProcedureErrors, read_procedure

__all__ = [
    "Action",
    "Bilingual",
    "Clock",
    "DatedNumber",
    "Finding",
    "FormField",
    "OfficeRole",
    "Party",
    "Problem",
    "Procedure",
    "ProcedureErrors",
    "ProcedureTable",
    "Remedy",
    "Source",
    "Stage",
    "check",
    "read_procedure",
]

"""Measures: what can honestly be counted about the office's work, never about a person.

No figure without its number of cases, its period, its uncertainty, and the cases still open.
"""

from mingze.measures.disclosure import SMALLEST_CELL, Cell, suppressed
from mingze.measures.durations import Duration, Quantile, quantile, survival
from mingze.measures.statistics import CaseFact, CaseStatistics, case_statistics
from mingze.measures.uncertainty import Share, wilson

__all__ = [
    "SMALLEST_CELL",
    "CaseFact",
    "CaseStatistics",
    "Cell",
    "Duration",
    "Quantile",
    "Share",
    "case_statistics",
    "quantile",
    "suppressed",
    "survival",
    "wilson",
]

"""Mingze 明责: who answers for what, by when, and how anyone can check it."""

"""Tests of what residents and businesses see."""

"""Registers to break: the store's own `town` and `sqlite_town`."""

from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.conftest import town as town

"""Registers to test the vault with: the store's own `town` and `sqlite_town`."""

from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.conftest import town as town

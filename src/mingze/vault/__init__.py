"""Sealed personal data: keys of one party in one case, what is sealed under them, and their destruction."""

from mingze.vault.keys import DataKey, KeyDestroyed, Vault
from mingze.vault.sealing import SealBroken, open_sealed, seal

__all__ = ["DataKey", "KeyDestroyed", "SealBroken", "Vault", "open_sealed", "seal"]

"""The fictional district 明源区: a year of cases in every state, made by a seeded generator through the real register.

`fill(instance)` plays a year that ends now; doing it again adds nothing. `demo_codes(instance)` gives the receipt
codes of a few cases worth looking at, for the start page of a demo and for nothing else: no other instance has them.
"""

from mingze.demo.filling import SEED, DemoCode, NotDemo, demo_codes, fill

__all__ = ["SEED", "DemoCode", "NotDemo", "demo_codes", "fill"]

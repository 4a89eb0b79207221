"""Expected lifetime value: BG/NBD for how often persons buy, Gamma-Gamma for what that brings.

Nothing in here knows the warehouse: it takes and returns arrays (docs/definitions.md, Customers;
docs/decisions/0033).
"""

from facet.lifetime.fitting import Fitted, Floats, History, NotConvergedError, fit
from facet.lifetime.holding_out import Held, HoldOut, Persons, Texts, hold_out

__all__ = [
    "Fitted",
    "Floats",
    "Held",
    "History",
    "HoldOut",
    "NotConvergedError",
    "Persons",
    "Texts",
    "fit",
    "hold_out",
]

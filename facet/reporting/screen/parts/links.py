"""What tracked links and affiliates are called, by the columns that marts have of them."""

from collections.abc import Mapping
from typing import Final

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell

_PARAMETERS: Final = ("utm_source", "utm_medium", "utm_campaign")


def link_name(row: Mapping[str, Cell]) -> str:
    """A link by its parameters."""
    return " / ".join(str(row[name]) for name in _PARAMETERS if row[name]) or DASH


def affiliate_name(row: Mapping[str, Cell]) -> str:
    """An affiliate by name, or by code for those who may not see names."""
    return str(row["affiliate_name"] or row["affiliate_code"] or DASH)

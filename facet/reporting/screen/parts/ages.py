"""Bands of how long things have been open, as a column each."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from facet.reporting.query.table import Cell
from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.session.view import View

#: As the column ``open_age`` of marts has them, the youngest first.
AGES: Final = ("days_0_6", "days_7_29", "days_30_89", "days_90_on")


def age_columns(view: View, count: Callable[[str, Any], Cell]) -> list[Column]:
    """A column for each band; `count` tells of a band how many a row has."""
    return [
        Column(label=view.text(f"open_age.{age}"), value=partial(count, age), kind="count")
        for age in AGES
    ]

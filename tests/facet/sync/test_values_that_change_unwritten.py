"""Values that change though no row is written: of generated columns, and the labels of enums."""

from collections.abc import Callable

import pytest

from facet.config import Settings
from facet.sync import sync

_TOTAL = "alter table order_lines drop column quantity; alter table order_lines add column quantity"


@pytest.mark.parametrize(
    ("before", "change", "table"),
    [
        pytest.param(
            f"{_TOTAL} integer generated always as (order_id * 10) virtual",
            "alter table order_lines alter column quantity set expression as (order_id * 11)",
            "order_lines",
            id="the expression of a virtual column",
        ),
        pytest.param(
            f"{_TOTAL} integer generated always as (order_id * 10) stored",
            "alter table order_lines alter column quantity set expression as (order_id * 11)",
            "order_lines",
            id="the expression of a stored column",
        ),
        pytest.param(
            "create type word as enum ('paid', 'new'); alter table logs alter column message"
            " type word using 'paid'",
            "alter type word rename value 'paid' to 'settled'",
            "logs",
            id="the label of an enum",
        ),
    ],
)
def test_are_copied_anew(
    before: str,
    change: str,
    table: str,
    settings: Settings,
    url: str,
    execute: Callable[[str], None],
    source_rows: Callable[[], dict[str, list[tuple[object, ...]]]],
    copied_rows: Callable[[], dict[str, list[tuple[object, ...]]]],
) -> None:
    execute(before.replace("order_id *", "cast(order_id as integer) *"))
    sync(settings, url)
    assert copied_rows() == source_rows()
    first = copied_rows()

    execute(change.replace("order_id *", "cast(order_id as integer) *"))
    report = sync(settings, url)
    assert copied_rows() == source_rows() != first
    assert {done.name: done.way for done in report.tables if done.way != "unchanged"} == {
        table: "whole"
    }

    assert {done.way for done in sync(settings, url).tables} == {"unchanged"}

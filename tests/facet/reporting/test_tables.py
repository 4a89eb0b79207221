"""Lists as they are sent to a browser."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from streamlit.elements.arrow import marshall
from streamlit.proto.ArrowData_pb2 import ArrowData

from facet.reporting.screen.parts import styler_cache
from facet.reporting.screen.parts.cells import Column, share_of
from facet.reporting.screen.parts.keys import key_for
from facet.reporting.screen.parts.styler_cache import worked_out


def _sent(style: object) -> bytes:
    proto = ArrowData()
    marshall(proto, style, "list")
    sent: bytes = proto.SerializeToString(deterministic=True)
    return sent


def test_a_list_that_was_worked_out_once_is_sent_as_it_would_be_each_time() -> None:
    def style() -> Any:
        frame = pd.DataFrame(
            [
                ["Áo dài 💍", Decimal("1234.50"), 0.25, [1.0, 2.0]],
                ["Open", None, None, []],
                ["", Decimal("0.01"), 1.5, [0.0]],
            ],
            columns=["Name", "Net sales", "Share", "Weeks"],
        )
        written = frame.style.format({"Net sales": lambda v: "–" if pd.isna(v) else f"{v} ₫"})
        written = written.map(lambda v: "color: red" if v == "Open" else "", subset=["Name"])
        return written.set_uuid("list")

    kept = worked_out(style())

    assert _sent(kept) == _sent(style())
    assert _sent(kept) == _sent(style())  # the second time, too
    assert "1234.50 ₫".encode() in _sent(kept)


def test_days_sort_by_the_calendar_and_words_among_them_come_last() -> None:
    column = Column(label="Lasts until", value=0, kind="day")
    cells = ["its end", date(2026, 11, 29), date(2026, 12, 2), date(2027, 1, 7)]
    in_order = sorted(cells, key=lambda cell: column.order(cell))

    assert in_order == [date(2026, 11, 29), date(2026, 12, 2), date(2027, 1, 7), "its end"]
    assert column.order(None) is None
    nobody: Any = None
    assert column.text(nobody, "its end") == "its end"


def test_a_column_shows_a_field_a_place_or_what_is_made_of_the_row() -> None:
    row = {"net_sales": Decimal(5)}

    assert Column(label="Net sales", value="net_sales", kind="money").cell(row) == Decimal(5)
    assert Column(label="Name", value=1).cell(("key", "Ring")) == "Ring"
    assert Column(label="Twice", value=lambda row: row["net_sales"] * 2).cell(row) == Decimal(10)


def test_a_share_is_exported_like_a_rate_and_there_is_none_of_nothing() -> None:
    column = Column(label="Share", value=0, kind="share")

    assert column.heading.kind == "rate"
    assert column.exported(share_of(Decimal(1), Decimal(3))) == Decimal("0.33333333")
    assert column.exported(share_of(Decimal(1), Decimal(0))) is None
    assert share_of(None, Decimal(3)) is None


def test_a_widgets_key_depends_on_what_is_looked_at_and_on_no_process() -> None:
    assert key_for("list-goals", ("running", 28)) == key_for("list-goals", ("running", 28))
    assert key_for("list-goals", ("running", 28)) == "list-goals-00b7be83209008f8"
    assert key_for("list-goals", ("running", 7)) != key_for("list-goals", ("running", 28))


def test_a_list_becomes_arrow_once_however_often_it_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turned: list[int] = []
    to_arrow = styler_cache._to_arrow

    def counted(df: Any, **named: Any) -> bytes:
        turned.append(len(df))
        return to_arrow(df, **named)

    monkeypatch.setattr(styler_cache, "_to_arrow", counted)
    kept = worked_out(pd.DataFrame([["Ring", 1], ["Chain", 2]], columns=["Name", "Pieces"]).style)
    assert turned == [2, 2]  # what is sorted by, and what is read

    first, second = _sent(kept), _sent(kept)
    assert first == second
    assert turned == [2, 2]

    _sent(pd.DataFrame([["Ring", 1]], columns=["Name", "Pieces"]).style)  # of another list
    assert turned == [2, 2, 1, 1]

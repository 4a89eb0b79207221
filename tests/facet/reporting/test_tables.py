"""Lists as they are sent to a browser."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from streamlit.elements.arrow import marshall
from streamlit.proto.ArrowData_pb2 import ArrowData

from facet.reporting.screen.parts.cells import Column
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

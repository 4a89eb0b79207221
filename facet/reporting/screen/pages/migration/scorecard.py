"""The operational schema's quality: each measure with its share, and what exactly is wrong."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.present.texts import texts
from facet.reporting.query.table import Cell
from facet.reporting.screen.parts.tables import show_list, show_table
from facet.reporting.screen.session.view import View

#: The measures in the order in which they build on one another.
MEASURES: Final = (
    "existence",
    "foreign_keys",
    "types",
    "tenancy",
    "normalisation",
    "indexes",
    "constraints",
    "documentation",
)

#: What there is to say of a problem.
_DETAILS: Final = ("target_table", "found_value", "due_value")

Record = Mapping[str, Cell]


def scorecard(view: View) -> None:
    """A line per measure, with its change since the day it was measured before."""
    records = view.marts.rows(
        "rpt_schema_quality", ["measured_date", "measure", "whole_count", "total_count"]
    ).records()
    days = sorted({day for record in records if isinstance(day := record["measured_date"], date)})
    by_day = {(record["measured_date"], str(record["measure"])): record for record in records}
    columns = [view.text(f"quality.{name}") for name in ("measure", "share", "whole")]
    if before := days[-2:-1]:
        columns.append(view.text("quality.before", day=view.formats.day(before[0])))
    rows = []
    for name in MEASURES:
        if (now := by_day.get((days[-1], name))) is None:
            continue
        part, total = now["whole_count"], now["total_count"]
        row = [
            view.word("measure", name),
            view.formats.share(part, total),
            view.text("migration.of", part=view.count(part), whole=view.count(total)),
        ]
        if before:
            row.append(_against(view, now, by_day.get((before[0], name))))
        rows.append(row)
    with st.container(key="table-scorecard"):
        st.subheader(view.text("quality.title"), anchor=False)
        measured = view.text("quality.measured", day=view.formats.day(days[-1]))
        st.caption(measured)
        show_table(columns, rows)


def offenders(view: View) -> None:
    """Exactly what is not as it should be, on demand, by measure."""
    records = view.marts.rows(
        "rpt_schema_offenders",
        ["measure", "table_name", "item", "problem", "row_count"],
        newer=dict.fromkeys(_DETAILS),
        order_by=["measure", "table_name", "item", "problem"],
    ).records()
    if not records:
        st.markdown(f":material/check_circle: {view.text('quality.nothing_wrong')}")
        return
    counts = Counter(str(record["measure"]) for record in records)
    names = [name for name in MEASURES if name in counts]
    title = view.text("quality.wrong", count=view.count(len(records)))
    with st.expander(title, icon=":material/error:"), st.container(key="offenders"):
        chosen = st.pills(
            view.text("quality.measure"),
            names,
            default=names[0],
            required=True,
            format_func=lambda name: f"{view.word('measure', name)} · {view.count(counts[name])}",
            key="choice-offenders",
        )
        headings = [view.text(f"quality.{name}") for name in ("table", "item", "problem", "rows")]
        rows = [
            [
                str(record["table_name"]),
                str(record["item"]),
                problem_in_words(view, record),
                view.count(record["row_count"]),
            ]
            for record in records
            if record["measure"] == chosen
        ]
        show_list(headings, rows)


def problem_in_words(view: View, record: Record) -> str:
    """A problem in the reader's language; one that is new, as it stands."""
    key = f"problem.{record['problem']}"
    if key not in texts():
        return str(record["problem"])
    table, now, due = (str(record[name]) for name in _DETAILS)
    return view.text(key, table=table, now=now, due=due)


def _against(view: View, now: Record, was: Record | None) -> str:
    """Whether a measure has become better or worse, and what it was."""
    if was is None:
        return DASH
    part, whole = was["whole_count"], was["total_count"]
    if _broken(now) == _broken(was):
        return view.text("quality.same")
    said = view.text("migration.of", part=view.count(part), whole=view.count(whole))
    is_better = _broken(now) < _broken(was)
    return view.text("quality.better" if is_better else "quality.worse", was=said)


def _broken(record: Record) -> int:
    return int(str(record["total_count"])) - int(str(record["whole_count"]))

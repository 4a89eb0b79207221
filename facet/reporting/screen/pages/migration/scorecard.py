"""The operational schema's quality: each measure with its share, and what exactly is wrong."""

from collections import Counter
from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.present.texts import texts
from facet.reporting.query.table import Record
from facet.reporting.screen.parts.cells import Column, column, share_of
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import written_table
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


def scorecard(view: View) -> None:
    """A line per measure, with its change since the day it was measured before."""
    records = view.marts.rows(
        "rpt_schema_quality", ["measured_date", "measure", "whole_count", "total_count"]
    ).records()
    days = sorted({day for record in records if isinstance(day := record["measured_date"], date)})
    by_day = {(record["measured_date"], str(record["measure"])): record for record in records}
    rows = [now for name in MEASURES if (now := by_day.get((days[-1], name))) is not None]
    columns = [
        column(view, "quality.measure", lambda now: view.word("measure", now["measure"])),
        column(
            view,
            "quality.share",
            lambda now: share_of(now["whole_count"], now["total_count"]),
            kind="share",
        ),
        column(view, "quality.whole", partial(_of_all, view)),
    ]
    if before := days[-2:-1]:
        columns.append(
            Column(
                label=view.text("quality.before", day=view.formats.day(before[0])),
                value=lambda now: _against(view, now, by_day.get((before[0], str(now["measure"])))),
            )
        )
    with st.container(key="table-scorecard"):
        subheading(view.text("quality.title"))
        measured = view.text("quality.measured", day=view.formats.day(days[-1]))
        st.caption(measured)
        written_table(view, rows, columns)


def offenders(view: View) -> None:
    """Exactly what is not as it should be, on demand, by measure."""
    records = view.marts.rows(
        "rpt_schema_offenders",
        ["measure", "table_name", "item", "problem", "row_count"],
        newer=dict.fromkeys(_DETAILS),
        order_by=["measure", "table_name", "item", "problem"],
    ).records()
    if not records:
        nothing_wrong(view.text("quality.nothing_wrong"))
        return
    counts = Counter(str(record["measure"]) for record in records)
    names = [name for name in MEASURES if name in counts]
    title = view.text("quality.wrong", count=view.count(len(records)))
    with st.expander(title, icon=":material/error:"), st.container(key="offenders"):
        chosen = one_of(
            view.text("quality.measure"),
            names,
            lambda name: f"{view.word('measure', name)} · {view.count(counts[name])}",
            key="offenders",
        )
        columns = [
            column(view, "quality.table", "table_name"),
            column(view, "quality.item", "item"),
            column(view, "quality.problem", partial(describe_problem, view)),
            column(view, "quality.rows", "row_count", kind="count"),
        ]
        shown = [record for record in records if record["measure"] == chosen]
        written_table(view, shown, columns, has_search=True)


def describe_problem(view: View, record: Record) -> str:
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
    if _broken(now) == _broken(was):
        return view.text("quality.same")
    is_better = _broken(now) < _broken(was)
    return view.text("quality.better" if is_better else "quality.worse", was=_of_all(view, was))


def _of_all(view: View, record: Record) -> str:
    part, whole = view.count(record["whole_count"]), view.count(record["total_count"])
    return view.text("migration.of", part=part, whole=whole)


def _broken(record: Record) -> int:
    return int(str(record["total_count"])) - int(str(record["whole_count"]))

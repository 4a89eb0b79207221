"""How much each person has to do, and who has not answered."""

from functools import partial

import streamlit as st

from facet.reporting.query.table import Record
from facet.reporting.screen.pages.projects.data import (
    unanswered_comments,
    unanswered_mentions,
    workload,
)
from facet.reporting.screen.pages.projects.tasks import whose
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View


def work_of_people(view: View) -> None:
    """Open tasks of each person, with the work that is left by their estimates."""
    subheading(view.text("workload.title"))
    rows = workload(view)
    if not rows:
        nothing_wrong(view.text("task_none.open"))
        return
    st.caption(view.text("workload.means"))
    columns = [
        column(view, "workload.person", partial(whose, view)),
        summed(view, "task.tasks", "row_count", kind="count"),
        summed(view, "task_now.in_progress", "is_in_progress", kind="count"),
        summed(view, "task_list.overdue", "is_overdue", kind="count"),
        summed(view, "task_list.blocked", "is_blocked", kind="count"),
        summed(view, "task.holds_up", "holds_up_count", kind="count"),
        summed(view, "workload.left", _left, kind="minutes"),
        summed(view, "workload.no_estimate", "lacks_estimate", kind="count"),
        summed(view, "workload.comments", "has_unanswered_comment", kind="count"),
    ]
    listing(view, "workload", rows, columns, has_total=True)


def unanswered(view: View) -> None:
    """Mentions and comments that wait for an answer, the longest first."""
    subheading(view.text("mention.title"))
    mentions = unanswered_mentions(view)
    if mentions:
        columns = [
            column(view, "mention.person", lambda row: row["user_name"] or _somebody(view)),
            column(view, "task.task", "title", width=260),
            column(view, "mention.wait_days", "wait_days", kind="days"),
            column(view, "mention.author", lambda row: row["author_name"] or _somebody(view)),
            column(view, "mention.read", partial(_read, view)),
            column(view, "mention.day", "mentioned_date", kind="day"),
        ]
        listing(view, "mentions", mentions, columns)
    elif view.marts.count("rpt_task_mentions"):
        nothing_wrong(view.text("mention.none"))
    else:
        nothing_yet(view.text("mention.never"), view.text("mention.never_why"), key="no-mentions")
    comments = unanswered_comments(view)
    if comments:
        minor_heading(view.text("mention.comments"))
        columns = [
            column(view, "task.task", "title", width=260),
            column(view, "task.assignee", partial(whose, view)),
            column(view, "mention.wait_days", "comment_wait_days", kind="days"),
            column(view, "mention.count", "comment_count", kind="count"),
        ]
        listing(view, "comments", comments, columns)


def _left(row: Record) -> object:
    """The minutes that are left; unknown where no task has an estimate."""
    return None if row["lacks_estimate"] == row["row_count"] else row["left_minutes"]


def _read(view: View, row: Record) -> str:
    return view.text("table.yes" if row["was_read"] else "table.no")


def _somebody(view: View) -> str:
    return view.text("task.somebody")

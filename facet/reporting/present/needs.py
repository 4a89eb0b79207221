"""What needs somebody now: kinds of things that wait, are late or are missing, and how many.

Each is rows of a mart of which something holds, counted as whoever asks may see them. The sentences
of pages stand in their own texts.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Cell

#: For so many days what was missed is among what needs somebody.
RECENT_DAYS: Final = 30
#: Shifts ahead on which their person cannot work.
AGAINST_WISHES: Final[Where] = {"shift_state": ["ahead"], "wish": ["unavailable"]}
#: Links that lead nowhere without more ado; one of a campaign that is over may be of no harm.
BROKEN: Final = ("no_address", "no_campaign", "campaign_deleted")


@dataclass(frozen=True, kw_only=True)
class Need:
    """A kind of thing that needs somebody.

    Args:
        name: the key of its sentence, with {count} in it, and {days} for what is of late.
        icon: a name among Material Symbols.
        mart: whose rows are counted.
        where: what holds of them.
        sums: the column that is summed, where it is not the rows that count.
        day: the column of the day, where only what is of the last days counts.
        days_back: so many before today is the first of them.
    """

    name: str
    icon: str
    mart: str
    where: Where = field(default_factory=dict)
    sums: str | None = None
    day: str | None = None
    days_back: int = RECENT_DAYS - 1


PEOPLE: Final = (
    Need(name="people_needs.overdue", icon="event_busy", mart="fct_time_off_requests",
         where={"is_overdue": [True]}),
    Need(name="people_needs.time_off", icon="beach_access", mart="fct_time_off_requests",
         where={"is_waiting": [True]}),
    Need(name="people_needs.changes", icon="swap_horiz", mart="fct_schedule_changes",
         where={"is_waiting": [True]}),
    Need(name="people_needs.wishes", icon="event_note", mart="fct_shifts", where=AGAINST_WISHES),
    Need(name="people_needs.reports", icon="assignment_late", mart="fct_shifts",
         where={"lacks_report": [True]}, day="shift_date"),
    Need(name="people_needs.absent", icon="person_off", mart="fct_shifts",
         where={"shift_state": ["absent"]}, day="shift_date"),
    Need(name="people_needs.late", icon="schedule", mart="fct_shifts", where={"is_late": [True]},
         day="shift_date"),
    Need(name="people_needs.warnings", icon="warning", mart="rpt_staff_warnings",
         where={"is_open": [True]}),
    Need(name="people_needs.disputed", icon="gavel", mart="fct_evaluations",
         where={"is_disputed": [True]}),
    Need(name="people_needs.unfinished", icon="rate_review", mart="fct_evaluations",
         where={"is_unfinished": [True]}),
    Need(name="people_needs.unread", icon="mark_email_unread", mart="fct_evaluations",
         where={"is_unread": [True]}),
)  # fmt: skip
TASKS: Final = (
    Need(name="task_needs.overdue", icon="event_busy", mart="fct_tasks",
         where={"is_overdue": [True]}),
    Need(name="task_needs.blocked", icon="block", mart="fct_tasks", where={"is_blocked": [True]}),
    Need(name="task_needs.unassigned", icon="person_off", mart="fct_tasks",
         where={"lacks_assignee": [True], "is_open": [True]}),
    Need(name="task_needs.projects", icon="work_alert", mart="rpt_projects",
         where={"is_overdue": [True]}),
    Need(name="task_needs.milestones", icon="flag", mart="rpt_milestones",
         where={"outcome": ["overdue"]}),
    Need(name="task_needs.missed", icon="event_repeat", mart="rpt_recurring_turns",
         where={"is_missed": [True]}, day="due_date", days_back=RECENT_DAYS),
    Need(name="task_needs.mentions", icon="alternate_email", mart="rpt_task_mentions",
         where={"is_unanswered": [True]}),
    Need(name="task_needs.comments", icon="forum", mart="fct_tasks",
         where={"has_unanswered_comment": [True]}),
)  # fmt: skip
MARKETING: Final = (
    Need(name="marketing_needs.expired", icon="copyright", mart="rpt_marketing_assets",
         where={"needs_rights": [True], "rights_state": ["expired"]}),
    Need(name="marketing_needs.end_soon", icon="event_upcoming", mart="rpt_marketing_assets",
         where={"needs_rights": [True], "rights_state": ["end_soon", "end_early"]}),
    Need(name="marketing_needs.late", icon="event_busy", mart="rpt_activity_schedule",
         where={"activity_state": ["late"]}),
    Need(name="marketing_needs.nowhere", icon="link_off", mart="rpt_utm_links",
         where={"link_fault": [*BROKEN]}),
    Need(name="marketing_needs.still_used", icon="history", mart="rpt_utm_links",
         where={"is_still_used": [True]}),
    Need(name="marketing_needs.no_rate", icon="percent", mart="rpt_affiliates",
         where={"lacks_rate": [True]}),
    Need(name="marketing_needs.documents", icon="contract", mart="rpt_reference_documents",
         where={"needs_renewal": [True]}),
    Need(name="marketing_needs.brand", icon="palette", mart="rpt_brand_items",
         where={"is_missing": [True]}),
)  # fmt: skip


def number_of_need(view: TenantView, need: Need) -> Cell:
    """How many there are that the reader may see; 0 where a release was made before the mart."""
    if not view.marts.shows(need.mart):
        return 0
    today = view.tenant.today
    recent = {need.day: (today - timedelta(days=need.days_back), today)} if need.day else None
    sums = [need.sums] if need.sums else []
    found = view.marts.totals(need.mart, sums, where=need.where, between=recent)
    return found.number(need.sums or "row_count")


def sentence_of_need(view: TenantView, need: Need, number: Cell) -> str:
    """Its sentence."""
    return view.text(need.name, count=view.count(number), days=view.count(RECENT_DAYS))

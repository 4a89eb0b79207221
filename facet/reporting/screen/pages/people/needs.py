"""What of people needs somebody now."""

from collections.abc import Iterator

from facet.reporting.screen.pages.people.data import RECENT_DAYS, lately
from facet.reporting.screen.pages.people.request_data import AGAINST_WISHES
from facet.reporting.screen.parts.attention import needs_attention
from facet.reporting.screen.session.view import View


def what_needs_somebody(view: View) -> None:
    """A line for each thing that waits or is missing; nothing where no shift is recorded."""
    lines = list(_lines(view))
    if lines or view.marts.count("fct_shifts"):
        needs_attention(view, lines, nothing=view.text("people.needs_nobody"))


def _lines(view: View) -> Iterator[tuple[str, str]]:
    recent = lately(view, ["lacks_report", "is_late"])
    rated = view.marts.totals("fct_evaluations", ["is_disputed", "is_unfinished", "is_unread"])
    absent = lately(view, [], {"shift_state": ["absent"]})
    requests = view.marts.totals("fct_time_off_requests", ["is_waiting", "is_overdue"])
    changes = view.marts.count("fct_schedule_changes", {"is_waiting": [True]})
    for icon, name, number in (
        ("event_busy", "overdue", requests.number("is_overdue")),
        ("beach_access", "time_off", requests.number("is_waiting")),
        ("swap_horiz", "changes", changes),
        ("event_note", "wishes", view.marts.count("fct_shifts", AGAINST_WISHES)),
        ("assignment_late", "reports", recent["lacks_report"]),
        ("person_off", "absent", absent["row_count"]),
        ("schedule", "late", recent["is_late"]),
        ("warning", "warnings", view.marts.count("rpt_staff_warnings", {"is_open": [True]})),
        ("gavel", "disputed", rated.number("is_disputed")),
        ("rate_review", "unfinished", rated.number("is_unfinished")),
        ("mark_email_unread", "unread", rated.number("is_unread")),
    ):
        if number:
            count, days = view.count(number), view.count(RECENT_DAYS)
            yield icon, view.text(f"people_needs.{name}", count=count, days=days)

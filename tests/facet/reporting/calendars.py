"""Two calendars and a period, for tests of what is compared."""

from datetime import date, datetime, time

from facet.reporting.query.periods import Calendar, Period

MONDAYS = Calendar(timezone="Asia/Ho_Chi_Minh")


SUNDAYS = Calendar(timezone="America/New_York", week_start=7, fiscal_year_start_month=2)


LATER = datetime(2030, 1, 1)


def days(start: str, end: str, until: time | None = None) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end), until)

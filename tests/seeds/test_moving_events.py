"""The calendar of moving events: what is in the seeds, held to other sources than its script's."""

import csv
from calendar import SUNDAY, monthcalendar
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

import pytest
from holidays import country_holidays
from holidays.calendars.chinese import (
    CHINESE_CALENDAR,
    KOREAN_CALENDAR,
    VIETNAMESE_CALENDAR,
    _ChineseLunisolar,
)
from holidays.calendars.islamic import _IslamicLunar

from facet.config import PROJECT_DIR
from seeds.moving_events import YEARS, country_rows, event_rows

#: Years of which every event of the countries below is held to published or independent dates.
_PUBLISHED = range(2000, 2061)


@cache
def _seed(name: str) -> list[list[str]]:
    with (PROJECT_DIR / "seeds" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def _days(event: str, calendar: str) -> dict[int, list[date]]:
    found = defaultdict(list)
    for code, told_by, start, _ in _seed("moving_events"):
        if (code, told_by) == (event, calendar):
            found[int(start[:4])].append(date.fromisoformat(start))
    return found


def test_the_seeds_are_what_their_script_writes() -> None:
    assert _seed("moving_events") == [[str(value) for value in row] for row in event_rows()]
    assert _seed("event_countries") == [[str(value) for value in row] for row in country_rows()]


def test_every_country_goes_by_a_calendar_that_tells_every_year() -> None:
    for _, event, calendar, _ in _seed("event_countries"):
        assert list(_days(event, calendar)) == list(YEARS), (event, calendar)


@pytest.mark.parametrize(
    ("event", "calendar", "day"),
    [
        ("lunar_new_year", "vietnamese", "2007-02-17"),
        ("lunar_new_year", "chinese", "2007-02-18"),
        ("lunar_new_year", "vietnamese", "2025-01-29"),
        ("lunar_new_year", "vietnamese", "2026-02-17"),
        ("lunar_new_year", "vietnamese", "2027-02-06"),
        ("lunar_new_year", "vietnamese", "2030-02-02"),
        ("lunar_new_year", "chinese", "2030-02-03"),
        ("lunar_new_year", "vietnamese", "2053-02-18"),
        ("lunar_new_year", "chinese", "2053-02-19"),
        ("lunar_new_year", "korean", "1997-02-08"),
        ("lunar_new_year", "chinese", "1997-02-07"),
        ("god_of_wealth", "vietnamese", "2025-02-07"),
        ("god_of_wealth", "vietnamese", "2026-02-26"),
        ("mid_autumn", "vietnamese", "2025-10-06"),
        ("mid_autumn", "vietnamese", "2026-09-25"),
        ("easter", "western", "2025-04-20"),
        ("easter", "orthodox", "2024-05-05"),
        ("mothers_day", "second_sunday_of_may", "2026-05-10"),
        ("mothers_day", "fourth_sunday_of_lent", "2026-03-15"),
        ("mothers_day", "french", "2026-05-31"),
        ("mothers_day", "french", "2020-06-07"),
        ("mothers_day", "last_sunday_of_may", "2026-05-31"),
        ("mothers_day", "last_sunday_of_may", "2025-05-25"),
        ("black_friday", "gregorian", "2026-11-27"),
        ("black_friday", "gregorian", "2024-11-29"),
        ("ramadan", "umm_al_qura", "2026-02-18"),
        ("eid_al_fitr", "umm_al_qura", "2026-03-20"),
        ("eid_al_adha", "umm_al_qura", "2026-05-27"),
    ],
)
def test_days_are_those_that_people_kept(event: str, calendar: str, day: str) -> None:
    assert date.fromisoformat(day) in _days(event, calendar)[int(day[:4])]


@pytest.mark.parametrize(
    ("calendar", "theirs"),
    [
        ("vietnamese", VIETNAMESE_CALENDAR),
        ("chinese", CHINESE_CALENDAR),
        ("korean", KOREAN_CALENDAR),
    ],
)
def test_lunar_new_years_are_those_of_the_published_tables(calendar: str, theirs: str) -> None:
    tables, ours = _ChineseLunisolar(), _days("lunar_new_year", calendar)
    for year in YEARS:
        assert ours[year] == [tables.lunar_new_year_date(year, theirs)[0]], year


def test_mid_autumns_are_those_of_the_published_tables_but_two() -> None:
    """The tables have no Vietnamese ones; a new moon falls between the midnights in two years."""
    tables = _ChineseLunisolar()
    for calendar in ("chinese", "korean", "vietnamese"):
        theirs = KOREAN_CALENDAR if calendar == "korean" else CHINESE_CALENDAR
        ours = _days("mid_autumn", calendar)
        differing = {
            year
            for year in YEARS
            if ours[year] != [tables._get_holiday("MID_AUTUMN", year, theirs)[0]]
        }
        assert differing == ({2034, 2041} if calendar == "vietnamese" else set())


def test_ramadan_and_the_eids_are_those_of_the_published_tables() -> None:
    tables = _IslamicLunar()
    for event, source in (
        ("ramadan", tables.ramadan_beginning_dates),
        ("eid_al_fitr", tables.eid_al_fitr_dates),
        ("eid_al_adha", tables.eid_al_adha_dates),
    ):
        ours = _days(event, "umm_al_qura")
        for year in YEARS:
            assert ours[year] == [day for day, _ in source(year) if day.year == year], (event, year)


@pytest.mark.parametrize("calendar", ["umm_al_qura", "mabims"])
def test_ramadan_ends_on_the_day_before_eid(calendar: str) -> None:
    ends = {
        date.fromisoformat(end) + timedelta(days=1)
        for event, told_by, _, end in _seed("moving_events")
        if (event, told_by) == ("ramadan", calendar)
    }
    eids = {day for days in _days("eid_al_fitr", calendar).values() for day in days}
    assert len(ends ^ eids) <= 1  # the last Ramadan may end after the last year


@pytest.mark.parametrize(
    ("event", "calendar", "country", "holiday", "later"),
    [
        ("easter", "western", "DE-BB", "Easter Sunday", 0),
        ("easter", "orthodox", "GR", "Easter Monday", -1),
        ("mothers_day", "first_sunday_of_may", "LT", "Mother's Day", 0),
        ("black_friday", "gregorian", "US", "Thanksgiving Day", 1),
        ("easter", "western", "FR", "Easter Monday", -1),
        ("easter", "western", "AU", "Easter Monday", -1),
        ("easter", "western", "GB-ENG", "Good Friday", 2),
        ("lunar_new_year", "vietnamese", "VN", "Lunar New Year", 0),
        ("lunar_new_year", "chinese", "MY", "Chinese New Year", 0),
        ("eid_al_fitr", "umm_al_qura", "AE", "Eid al-Fitr", 0),
        ("eid_al_adha", "umm_al_qura", "AE", "Eid al-Adha", 0),
    ],
)
def test_rules_give_the_days_that_a_country_kept(
    event: str, calendar: str, country: str, holiday: str, later: int
) -> None:
    code, _, subdivision = country.partition("-")
    years = _PUBLISHED
    ours = {day for year in years for day in _days(event, calendar)[year]}
    theirs = {day + timedelta(days=later) for day in _holidays(code, subdivision, holiday)}
    assert theirs ^ ours == _DIFFERING.get((country, event), set())


#: The table moves one Emirati feast to a day after the calendar's.
_DIFFERING = {("AE", "eid_al_adha"): {date(2018, 8, 21), date(2018, 8, 22)}}


def _holidays(code: str, subdivision: str, name: str) -> set[date]:
    """The days of a name in a country's table; several names of one day stand side by side."""
    kept = country_holidays(
        code, subdiv=subdivision or None, years=_PUBLISHED, language="en_US"
    ).items()
    return {day for day, names in kept if name in names.replace(" (estimated)", "").split("; ")}


#: What Malaysia's gazetted days, as the table has them, differ by: those that were seen otherwise.
_GAZETTED = {
    "Eid al-Fitr": {2001: 1, 2003: 1, 2011: 1, 2022: -1},
    "Eid al-Adha": {2004: 1, 2008: 1, 2009: 1, 2011: 1},
    "Diwali": {2002: -1, 2003: -1},
}


@pytest.mark.parametrize(
    ("event", "calendar", "holiday"),
    [
        ("eid_al_fitr", "mabims", "Eid al-Fitr"),
        ("eid_al_adha", "mabims", "Eid al-Adha"),
        ("deepavali", "tamil", "Diwali"),
    ],
)
def test_malaysian_feasts_are_those_gazetted_but_a_few(
    event: str, calendar: str, holiday: str
) -> None:
    """As far as they are gazetted; in most years Umm al-Qura would be a day early."""
    theirs = sorted(day for day in _holidays("MY", "JHR", holiday) if 2001 <= day.year <= 2027)
    ours = [day for year in range(2001, 2028) for day in _days(event, calendar)[year]]
    pairs = [*zip(ours, theirs, strict=True)]
    found = {kept.year: (kept - told).days for told, kept in pairs if told != kept}
    assert found == _GAZETTED[holiday]


def test_eids_of_singapore_are_those_gazetted_in_every_year() -> None:
    for event, name in (("eid_al_fitr", "Hari Raya Puasa"), ("eid_al_adha", "Hari Raya Haji")):
        kept = country_holidays("SG", years=range(2001, 2028), language="en_SG").items()
        theirs = {day for day, names in kept if name in names.split("; ")}
        assert theirs == {d for y in range(2001, 2028) for d in _days(event, "mabims")[y]}, event


#: Days as governments announced or gazetted them, each with who did.
_ANNOUNCED = [
    ("MY", "ramadan", "2011-08-01", "Keeper of the Rulers' Seal (Bernama, 31 July 2011)"),
    ("MY", "ramadan", "2015-06-18", "Keeper of the Rulers' Seal (mStar, 16 June 2015)"),
    ("MY", "ramadan", "2018-05-17", "Keeper of the Rulers' Seal (Bernama, 16 May 2018)"),
    ("MY", "ramadan", "2024-03-12", "Keeper of the Rulers' Seal (Bernama, 10 March 2024)"),
    ("MY", "eid_al_fitr", "2020-05-24", "public holidays of Pahang 2020"),
    ("MY", "eid_al_adha", "2020-07-31", "public holidays of Pahang 2020"),
    ("MY", "deepavali", "2020-11-14", "public holidays of Pahang 2020"),
    ("MY", "lunar_new_year", "2021-02-12", "Cabinet Division, federal public holidays 2021"),
    ("MY", "eid_al_fitr", "2021-05-13", "Cabinet Division, federal public holidays 2021"),
    ("MY", "eid_al_adha", "2021-07-20", "Cabinet Division, federal public holidays 2021"),
    ("MY", "deepavali", "2021-11-04", "Cabinet Division, federal public holidays 2021"),
    ("MY", "lunar_new_year", "2024-02-10", "public holidays of Melaka 2024"),
    ("MY", "eid_al_fitr", "2024-04-10", "public holidays of Melaka 2024"),
    ("MY", "eid_al_adha", "2024-06-17", "public holidays of Melaka 2024"),
    ("MY", "deepavali", "2024-10-31", "public holidays of Melaka 2024"),
    ("SG", "eid_al_fitr", "2013-08-08", "Ministry of Manpower, public holidays 2013"),
    ("SG", "eid_al_adha", "2013-10-15", "Ministry of Manpower, public holidays 2013"),
    ("SG", "eid_al_fitr", "2025-03-31", "Ministry of Manpower, public holidays 2025"),
    ("SG", "eid_al_adha", "2025-06-07", "Ministry of Manpower, public holidays 2025"),
    ("AE", "eid_al_fitr", "2017-06-25", "moon-sighting committee (Emirates 24/7, 24 June 2017)"),
    ("AE", "eid_al_fitr", "2018-06-15", "moon-sighting committee (The National, 14 June 2018)"),
    ("AE", "eid_al_fitr", "2020-05-24", "moon-sighting committee (WAM, 22 May 2020)"),
    ("AE", "eid_al_fitr", "2022-05-02", "moon-sighting committee (30 April 2022)"),
    ("AE", "eid_al_fitr", "2024-04-10", "moon-sighting committee (8 April 2024)"),
]


@pytest.mark.parametrize(("country", "event", "day", "source"), _ANNOUNCED)
def test_days_are_those_that_governments_announced(
    country: str, event: str, day: str, source: str
) -> None:
    (calendar,) = [row[2] for row in _seed("event_countries") if row[:2] == [country, event]]
    assert date.fromisoformat(day) in _days(event, calendar)[int(day[:4])], source


def test_mothers_days_are_those_that_a_calendar_on_the_wall_shows() -> None:
    """By the weeks of the month as the standard library lays them out, and Easter as published."""
    for year in _PUBLISHED:
        may = [week[SUNDAY] for week in monthcalendar(year, 5) if week[SUNDAY]]
        june = [week[SUNDAY] for week in monthcalendar(year, 6) if week[SUNDAY]]
        [easter_monday] = country_holidays("FR", years=year, language="en_US").get_named(
            "Easter Monday"
        )
        pentecost = easter_monday + timedelta(days=48)
        last = date(year, 5, may[-1])
        french = date(year, 6, june[0]) if last == pentecost else last
        assert _days("mothers_day", "second_sunday_of_may")[year] == [date(year, 5, may[1])]
        assert _days("mothers_day", "french")[year] == [french]
        assert _days("mothers_day", "fourth_sunday_of_lent")[year] == [
            easter_monday - timedelta(days=22)
        ]


@pytest.mark.parametrize(
    ("country", "event", "calendar"),
    [
        ("VN", "lunar_new_year", "vietnamese"),
        ("VN", "god_of_wealth", "vietnamese"),
        ("VN", "mid_autumn", "vietnamese"),
        ("VN", "black_friday", "gregorian"),
        ("VN", "mothers_day", "second_sunday_of_may"),
        ("US", "black_friday", "gregorian"),
        ("US", "easter", "western"),
        ("US", "mothers_day", "second_sunday_of_may"),
        ("FR", "black_friday", "gregorian"),
        ("FR", "mothers_day", "french"),
        ("FR", "easter", "western"),
        ("AU", "black_friday", "gregorian"),
        ("AU", "mothers_day", "second_sunday_of_may"),
        ("AU", "easter", "western"),
        ("GB", "black_friday", "gregorian"),
        ("GB", "mothers_day", "fourth_sunday_of_lent"),
        ("GB", "easter", "western"),
        ("MY", "lunar_new_year", "chinese"),
        ("MY", "mid_autumn", "chinese"),
        ("MY", "mothers_day", "second_sunday_of_may"),
        ("MY", "ramadan", "mabims"),
        ("MY", "eid_al_fitr", "mabims"),
        ("MY", "eid_al_adha", "mabims"),
        ("MY", "deepavali", "tamil"),
        ("AE", "ramadan", "umm_al_qura"),
        ("AE", "eid_al_fitr", "umm_al_qura"),
        ("AE", "eid_al_adha", "umm_al_qura"),
    ],
)
def test_a_country_has_its_events_by_its_calendar(country: str, event: str, calendar: str) -> None:
    assert [country, event, calendar] in [row[:3] for row in _seed("event_countries")]

"""Days of events that move from year to year: writes `moving_events.csv` and `event_countries.csv`.

`python -m seeds.moving_events` (docs/decisions/0017). Lunar months are reckoned from the sky, as
they are in Vietnam, China and Korea, each by its own clock; Ramadan and the Eids by the Umm al-Qura
calendar, in Malaysia and Singapore by when the crescent is expected; Deepavali by moon and sun; the
others by the rules of their countries.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from math import degrees
from pathlib import Path
from typing import Final

import ephem
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Hijri

YEARS: Final = range(1989, 2061)

#: Hours that clocks are ahead of UTC, by which a new moon's day is told.
_LUNAR_CLOCKS: Final = {"vietnamese": 7, "chinese": 8, "korean": 9}

#: Where Malaysia looks for the crescent and sees the sun rise: latitude, longitude, clock.
_KUALA_LUMPUR: Final = ("3.139", "101.687", 8)

_CATHOLIC: Final = (
    "AT AU BE BR CA CH CL CO CZ DE DK EE ES FI FR GB HR HU IE IS IT LT LU LV MT NL NO NZ PL PT"
    " SE SI SK US ZA"
)
_ORTHODOX: Final = "BG BY CY GE GR MD ME MK RO RS RU UA"
_MUSLIM: Final = (
    "AE AF AZ BD BH BN DZ EG ID IQ IR JO KG KW KZ LB LY MA MV OM PK PS QA SA SN SY TJ TM TN TR"
    " UZ YE"
)
#: Event → calendar → countries, the event that moves a jeweller's sales most first.
COUNTRIES: Final[dict[str, dict[str, str]]] = {
    "lunar_new_year": {"vietnamese": "VN", "chinese": "CN HK MO MY SG TW", "korean": "KR"},
    "god_of_wealth": {"vietnamese": "VN"},
    "ramadan": {"umm_al_qura": _MUSLIM, "mabims": "MY SG"},
    "eid_al_fitr": {"umm_al_qura": _MUSLIM, "mabims": "MY SG"},
    "eid_al_adha": {"umm_al_qura": _MUSLIM, "mabims": "MY SG"},
    "deepavali": {"tamil": "MY"},
    "black_friday": {"gregorian": f"{_CATHOLIC} AR BG CY GR MX RO UA VN"},
    "mothers_day": {
        "second_sunday_of_may": (
            "AT AU BE BR CA CH CL CN CO CY CZ DE DK EE FI GR HK HR IN IS IT JP LV MO MT MY NL NZ"
            " PE PH SG SK TR TW UA US VN ZA"
        ),
        "first_sunday_of_may": "ES HU LT PT RO",
        "last_sunday_of_may": "DO DZ MA SE TN",
        "french": "FR",
        "fourth_sunday_of_lent": "GB IE",
        "second_sunday_of_february": "NO",
        "second_sunday_of_june": "LU",
        "third_sunday_of_october": "AR",
    },
    "mid_autumn": {"vietnamese": "VN", "chinese": "CN HK MO MY SG TW", "korean": "KR"},
    "easter": {"western": f"{_CATHOLIC} AR MX PE PH", "orthodox": _ORTHODOX},
}

Row = tuple[str, str, date, date]


def event_rows() -> list[Row]:
    """Event, calendar, first and last day of every event of `YEARS`."""
    return sorted(
        row
        for year in YEARS
        for row in (*_lunar(year), *_islamic(year), *_mothers_days(year), *_others(year))
    )


def country_rows() -> list[tuple[str, str, str, int]]:
    """Country, event, calendar, and the event's rank in every country."""
    return sorted(
        (country, event, calendar, rank)
        for rank, (event, calendars) in enumerate(COUNTRIES.items(), start=1)
        for calendar, countries in calendars.items()
        for country in countries.split()
    )


def _day(event: str, calendar: str, day: date) -> Row:
    return event, calendar, day, day


def _lunar(year: int) -> Iterator[Row]:
    for calendar in COUNTRIES["lunar_new_year"]:
        clock = _LUNAR_CLOCKS[calendar]
        new_year = _lunar_month(year, 1, clock)
        yield _day("lunar_new_year", calendar, new_year)
        yield _day("mid_autumn", calendar, _lunar_month(year, 8, clock) + timedelta(days=14))
        if calendar == "vietnamese":
            yield _day("god_of_wealth", calendar, new_year + timedelta(days=9))


def _lunar_month(year: int, number: int, clock: int) -> date:
    """The first day of a lunar month, 1 to 10, of the lunar year that begins in `year`.

    The eleventh month holds the winter solstice. Where thirteen new moons lie from one to the next,
    the first month without a major term (the sun passing a multiple of 30°) is a leap month.
    """
    first, last = _eleventh_month(year - 1, clock), _eleventh_month(year, clock)
    months = [first]
    while months[-1] < last:
        months.append(_new_moon(months[-1] + timedelta(days=20), clock))
    if len(months) == 14:
        leap = next(
            at
            for at in range(1, 13)
            if _zodiac(months[at], clock) == _zodiac(months[at + 1], clock)
        )
        del months[leap]
    return months[number + 1]


@cache
def _eleventh_month(year: int, clock: int) -> date:
    solstice = _local(ephem.next_winter_solstice(f"{year}/12/1"), clock)
    month = _new_moon(solstice - timedelta(days=32), clock)
    while (following := _new_moon(month + timedelta(days=20), clock)) <= solstice:
        month = following
    return month


@cache
def _new_moon(day: date, clock: int) -> date:
    """The local day of the first new moon after a day's noon."""
    return _local(ephem.next_new_moon(f"{day:%Y/%m/%d} 12:00"), clock)


def _zodiac(day: date, clock: int) -> int:
    """Which twelfth of its way the sun has reached as a local day begins."""
    moment = ephem.Date(ephem.Date(f"{day:%Y/%m/%d}") - clock * ephem.hour)
    return int(_longitude(ephem.Sun, moment) // 30)


def _local(moment: ephem.Date, clock: int) -> date:
    local: date = ephem.Date(moment + clock * ephem.hour).datetime().date()
    return local


def _islamic(year: int) -> Iterator[Row]:
    for hijri_year in range(year - 580, year - 576):
        for calendar, month in (("umm_al_qura", _umm_al_qura), ("mabims", _mabims)):
            ramadan, shawwal = month(hijri_year, 9), month(hijri_year, 10)
            feast = month(hijri_year, 12) + timedelta(days=9)
            for row in (
                ("ramadan", calendar, ramadan, shawwal - timedelta(days=1)),
                _day("eid_al_fitr", calendar, shawwal),
                _day("eid_al_adha", calendar, feast),
            ):
                if row[2].year == year:
                    yield row


def _umm_al_qura(year: int, month: int) -> date:
    start = Hijri(year, month, 1).to_gregorian()
    return date(start.year, start.month, start.day)


@cache
def _mabims(year: int, month: int) -> date:
    """The day after the first evening on which the crescent is expected to be seen."""
    day = _umm_al_qura(year, month) - timedelta(days=4)
    while not _is_crescent_expected(day, is_since_1443=year >= 1443):
        day += timedelta(days=1)
    return day + timedelta(days=1)


def _is_crescent_expected(day: date, *, is_since_1443: bool) -> bool:
    """At sunset; until 1442 also by the moon's age when it sets."""
    place = _kuala_lumpur(day, hour=16)
    place.date = sunset = place.next_setting(ephem.Sun())
    sun, moon, new_moon = ephem.Sun(place), ephem.Moon(place), ephem.previous_new_moon(sunset)
    height, distance = degrees(moon.alt), degrees(ephem.separation(moon, sun))
    if sunset - new_moon > 20:  # it is the old moon
        return False
    if is_since_1443:
        return height >= 3 and distance >= 6.4
    is_eight_hours_old = place.next_setting(moon) - new_moon >= 8 * ephem.hour
    return (height >= 2 and distance >= 3) or (height > 0 and is_eight_hours_old)


def _deepavali(year: int) -> date:
    """The first day whose sunrise finds the waning moon in its 14th part or past it.

    It wanes to the new moon in Libra as India has it: 180° from a star, which the equinox leaves.
    """
    moon = ephem.next_new_moon(f"{year}/10/10")
    while _longitude(ephem.Sun, moon) - 23.86 - (year - 2000) * 0.01397 < 180:
        moon = ephem.next_new_moon(moon + 20)
    day = _local(moon, _KUALA_LUMPUR[2]) - timedelta(days=3)
    while _part_of_month(day) < 28:
        day += timedelta(days=1)
    return day


def _part_of_month(day: date) -> int:
    """How many thirtieths of its way from the sun the moon has gone at sunrise."""
    sunrise = _kuala_lumpur(day, hour=0).next_rising(ephem.Sun())
    ahead = _longitude(ephem.Moon, sunrise) - _longitude(ephem.Sun, sunrise)
    return int(ahead % 360 // 12)


def _kuala_lumpur(day: date, *, hour: int) -> ephem.Observer:
    latitude, longitude, clock = _KUALA_LUMPUR
    place = ephem.Observer()
    place.lat, place.lon = latitude, longitude
    place.date = ephem.Date(datetime(day.year, day.month, day.day, hour)) - clock * ephem.hour
    return place


def _longitude(of: type[ephem.Body], moment: ephem.Date) -> float:
    """Along the moment's ecliptic from its equinox, in degrees."""
    return degrees(ephem.Ecliptic(of(moment), epoch=moment).lon)


def _mothers_days(year: int) -> Iterator[Row]:
    pentecost = easter(year, EASTER_WESTERN) + timedelta(days=49)
    last_of_may = _sunday(year, 5, 4) + timedelta(days=7)
    if last_of_may.month > 5:
        last_of_may -= timedelta(days=7)
    french = last_of_may + timedelta(days=7) if last_of_may == pentecost else last_of_may
    for calendar, day in {
        "second_sunday_of_may": _sunday(year, 5, 2),
        "first_sunday_of_may": _sunday(year, 5, 1),
        "last_sunday_of_may": last_of_may,
        "french": french,
        "fourth_sunday_of_lent": easter(year, EASTER_WESTERN) - timedelta(days=21),
        "second_sunday_of_february": _sunday(year, 2, 2),
        "second_sunday_of_june": _sunday(year, 6, 2),
        "third_sunday_of_october": _sunday(year, 10, 3),
    }.items():
        yield _day("mothers_day", calendar, day)


def _others(year: int) -> Iterator[Row]:
    fourth_thursday = _weekday(year, 11, 4, isoweekday=4)
    yield _day("black_friday", "gregorian", fourth_thursday + timedelta(days=1))
    yield _day("deepavali", "tamil", _deepavali(year))
    yield _day("easter", "western", easter(year, EASTER_WESTERN))
    yield _day("easter", "orthodox", easter(year, EASTER_ORTHODOX))


def _sunday(year: int, month: int, number: int) -> date:
    return _weekday(year, month, number, isoweekday=7)


def _weekday(year: int, month: int, number: int, *, isoweekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(isoweekday - first.isoweekday()) % 7 + 7 * (number - 1))


def _write(name: str, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with Path(__file__).with_name(name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


if __name__ == "__main__":
    _write("moving_events.csv", "event_code calendar_code start_date end_date", event_rows())
    _write(
        "event_countries.csv", "country_code event_code calendar_code event_rank", country_rows()
    )

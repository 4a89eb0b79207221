"""Forecasts of days made as the model says, and of days that are not; and their back-tests."""

from datetime import date, timedelta

import numpy as np
import pytest

from facet.forecast import LEVEL, Event, Floats, Forecast, History, forecast

FIRST = date(2023, 1, 2)
#: Three years and a month.
DAYS = 1_126
#: A fair that moves: felt for three days before it.
FAIRS = [Event(code="fair", start=day, end=day + timedelta(days=1)) for day in (
    date(2023, 3, 5), date(2024, 3, 25), date(2025, 3, 10), date(2026, 2, 8),
)]  # fmt: skip


def _level(days: int) -> Floats:
    """What a shop sells on average: a week, a year, growth, and twice as much around a fair."""
    at = np.arange(days)
    week = np.array([0.8, 0.8, 0.9, 1.0, 1.2, 1.6, 0.7])[at % 7]
    felt = np.zeros(days)
    for fair in FAIRS:
        begin = (fair.start - FIRST).days
        felt[max(begin - 3, 0) : begin + 2] = 1
    year = 1 + 0.2 * np.sin(2 * np.pi * at / 365.25)
    level: Floats = 1_000 * week * year * np.exp(0.1 * at / 365) * (1 + felt)
    return level


def _history(seed: int, days: int = DAYS, spread: float = 0.2) -> History:
    luck = np.random.default_rng(seed).lognormal(0, spread, days)
    return History(first=FIRST, values=_level(days) * luck)


@pytest.fixture(scope="module")
def told() -> Forecast:
    return forecast(_history(1), FAIRS, [7, 30, 91])


def test_the_sum_of_days_to_come_is_near_what_made_them(told: Forecast) -> None:
    ahead = np.cumsum(_level(DAYS + 91)[DAYS:])
    for length in (7, 30, 91):
        assert told.expected[length - 1] == pytest.approx(ahead[length - 1], rel=0.08)
        assert told.lower[length - 1] < ahead[length - 1] < told.upper[length - 1]


def test_an_event_that_moved_is_expected_on_its_new_days() -> None:
    """The fair of 2026 is on other days of the year than any before it."""
    history = _history(2, days=(date(2026, 2, 1) - FIRST).days)
    with_fairs = forecast(history, FAIRS, [14]).expected
    without = forecast(history, FAIRS[:-1], [14]).expected
    daily, plain = np.diff(with_fairs), np.diff(without)
    fair = (date(2026, 2, 8) - date(2026, 2, 1)).days
    assert daily[fair - 1] / plain[fair - 1] > 1.5
    assert daily[0] / plain[0] == pytest.approx(1, abs=0.15)


def test_nine_in_ten_sums_to_come_are_inside() -> None:
    """Thirty shops, each a fortnight further back: its days after the history nothing has seen."""
    inside = []
    for shop in range(30):
        whole, known = _history(shop + 10).values, DAYS - 30 - 14 * shop
        found = forecast(History(first=FIRST, values=whole[:known]), FAIRS, [30])
        came = np.cumsum(whole[known:])
        inside += [found.lower[n - 1] <= came[n - 1] <= found.upper[n - 1] for n in (1, 10, 30)]
    assert np.mean(inside) == pytest.approx(LEVEL, abs=0.07)


def test_windows_that_are_judged_come_inside_as_often_as_told() -> None:
    judged, covered = 0, 0
    for seed in range(8):
        for test in forecast(_history(seed + 60), FAIRS, [1, 7, 30]).tests.values():
            judged, covered = judged + test.judged, covered + test.covered
    assert judged > 500
    assert covered / judged == pytest.approx(LEVEL, abs=0.05)


def test_misses_of_the_naive_ones_are_those_of_sums_of_days() -> None:
    """Days that alternate by the fortnight, 10 and 30: the days before are wrong by 20 a day.

    Windows of seven days begin every fourteen days, so that each begins with a fortnight; 364 days
    are 26 of these, so that the year before is always right.
    """
    known = 700 + 14 * 10
    values = np.where((np.arange(known) - known) // 14 % 2 == 0, 10.0, 30.0)
    test = forecast(History(first=FIRST, values=values), [], [7]).tests[7]
    assert (test.windows, test.naive_missed, test.seasonal_missed) == (26, 140.0, 0.0)
    assert test.beats_naive
    assert not test.beats_seasonal


def test_what_comes_later_changes_nothing_that_was_told_before(told: Forecast) -> None:
    """A window is told from what was before it: a last day a thousand times as large is no help."""
    values = _history(1).values.copy()
    values[-1] *= 1_000
    other = forecast(History(first=FIRST, values=values), FAIRS, [7]).tests[7]
    before = told.tests[7]
    # Of all windows but the last one, which has that day, each is as it was.
    assert other.judged == before.judged
    assert before.covered - other.covered in (0, 1)


def test_the_same_history_is_told_the_same(told: Forecast) -> None:
    again = forecast(_history(1), FAIRS, [7, 30, 91])
    assert (again.expected == told.expected).all()
    assert (again.upper == told.upper).all()
    assert again.tests == told.tests


def test_no_interval_is_told_by_fewer_than_ten_windows() -> None:
    """540 days have eleven windows of a day, and none of them is over after 141."""
    found = forecast(_history(3, days=540), [], [1, 141])
    assert list(found.tests) == [1]
    assert np.isfinite(found.upper[0])
    assert np.isnan(found.upper[140])


def test_days_that_give_back_more_than_they_sell_lower_what_is_expected() -> None:
    values = np.tile([100.0, 100.0, 100.0, 100.0, 100.0, 100.0, -300.0], 100)
    found = forecast(History(first=FIRST, values=values), [], [28])
    assert found.expected[27] == pytest.approx(1_200, rel=0.02)


def test_a_shop_that_sells_nothing_is_forecast_nothing() -> None:
    found = forecast(History(first=FIRST, values=np.zeros(600)), [], [7])
    assert (found.lower[6], found.expected[6], found.upper[6]) == (0, 0, 0)
    assert not found.tests[7].beats_naive

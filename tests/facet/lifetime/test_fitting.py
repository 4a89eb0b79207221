"""Both models of lifetime value: published parameters, what cannot be fitted, and the range."""

import numpy as np
import pytest
from lifetimes.datasets import load_cdnow_summary_data_with_monetary_value

from facet.lifetime import Fitted, History, NotConvergedError, fit
from tests.facet.lifetime.simulated import simulated

_YEAR = 365


def _history(
    repeats: object, last: object, age: object, margin_days: object, margin: object
) -> History:
    columns = (repeats, last, age, margin_days, margin)
    arrays = [np.asarray(column, dtype=np.float64) for column in columns]
    return History(
        repeats=arrays[0], last=arrays[1], age=arrays[2], margin_days=arrays[3], margin=arrays[4]
    )


@pytest.fixture(scope="module")
def cdnow() -> Fitted:
    """CDNOW's 2,357 persons of the literature, in weeks, with what they spent on repeats."""
    rows = load_cdnow_summary_data_with_monetary_value()
    return fit(
        _history(
            rows["frequency"], rows["recency"], rows["T"], rows["frequency"], rows["monetary_value"]
        )
    )


def test_the_parameters_are_the_published_ones(cdnow: Fitted) -> None:
    # Fader, Hardie and Lee (2005), table 2; Fader and Hardie (2013), "The Gamma-Gamma Model", p. 8.
    assert [round(one, 3) for one in cdnow.orders] == [0.243, 4.414, 0.793, 2.426]
    assert [round(one, 2) for one in cdnow.margins] == [6.25, 3.74, 15.45]


def test_a_person_of_the_literature_is_expected_to_buy_as_published(cdnow: Fitted) -> None:
    # Hardie, "Implementing the BG/NBD Model in Excel": x = 2, t_x = 30.43, T = 38.86 is expected
    # to buy 1.226 times in 39 weeks.
    h = cdnow.history
    found = np.flatnonzero(
        (h.repeats == 2) & (h.last.round(2) == 30.43) & (h.age.round(2) == 38.86)
    )
    assert {round(float(cdnow.expected_days(39)[one]), 3) for one in found} == {1.226}


def test_who_has_bought_once_has_no_probability_to_be_alive(cdnow: Fitted) -> None:
    alive = cdnow.alive()
    once = cdnow.history.repeats == 0
    assert np.isnan(alive[once]).all()
    assert ((alive[~once] > 0) & (alive[~once] < 1)).all()


def test_who_brought_nothing_on_repeats_is_expected_to_bring_the_mean(cdnow: Fitted) -> None:
    p, q, v = cdnow.margins
    expected = cdnow.expected_margin()[cdnow.history.margin_days == 0]
    assert np.allclose(expected, p * v / (q - 1))


def test_the_currency_changes_amounts_alone(cdnow: Fitted) -> None:
    h = cdnow.history
    dong = fit(_history(h.repeats, h.last, h.age, h.margin_days, h.margin * 26_000))
    assert np.allclose(dong.orders, cdnow.orders)
    assert np.allclose(dong.expected_margin(), cdnow.expected_margin() * 26_000, rtol=1e-4)


def test_futures_bring_on_average_what_is_expected(cdnow: Fitted) -> None:
    lower, upper, (least, most) = cdnow.interval(_YEAR, seed=1)
    expected = cdnow.expected_days(_YEAR) * cdnow.expected_margin()
    assert least < expected.sum() < most
    assert ((lower >= 0) & (lower <= upper)).all()
    again = cdnow.interval(_YEAR, seed=1)
    assert (again[1] == upper).all()
    assert again[2] == (least, most)


def test_nine_in_ten_futures_are_within_the_range() -> None:
    """Persons made as the models say, followed for longer than they are fitted to."""
    day, horizon = 400.0, 200
    persons = [
        person
        for person in simulated(6_000, until=day + horizon, seed=7)
        if person.orders[0] <= day
    ]
    before = [[at for at in person.orders if at <= day] for person in persons]
    repeats = np.array([len(orders) - 1 for orders in before])
    margin = [np.mean(one.between(one.orders[0], day) or [0.0]) for one in persons]
    later = np.array([sum(one.between(day, day + horizon)) for one in persons])
    fitted = fit(
        _history(
            repeats,
            [orders[-1] - orders[0] for orders in before],
            [day - orders[0] for orders in before],
            repeats,
            margin,
        )
    )
    lower, upper, (least, most) = fitted.interval(horizon, seed=2)
    # A person brings nothing in many futures, so that a range holds nine in ten of them or more.
    assert ((later >= lower) & (later <= upper)).mean() > 0.89
    assert least < later.sum() < most


@pytest.mark.parametrize(
    ("history", "why"),
    [
        (_history([0, 0], [0, 0], [100, 9], [0, 0], [0, 0]), "nobody has a repeat order"),
        (_history([3] * 50, [90] * 50, [90] * 50, [3] * 50, [100] * 50), "no maximum"),
    ],
    ids=["nobody came back", "all alike"],
)
def test_what_cannot_be_fitted_is_said(
    history: History, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotConvergedError, match=why):
        fit(history)
    assert not capsys.readouterr().out

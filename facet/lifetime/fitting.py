"""Fit of both models to the persons of one tenant, and what they expect of each person."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Draws of the future for an interval, and the part of them that is within.
_DRAWS: Final = 400
_WITHIN: Final = 0.9
#: Persons that are drawn at once: keeps the draws of a million persons under 200 MB.
_AT_ONCE: Final = 10_000


class NotConvergedError(Exception):
    """A model has no parameters for these persons."""


@dataclass(frozen=True, kw_only=True)
class History:
    """What persons bought up to a day; one element per person, in the same order everywhere.

    Attributes:
        repeats: days with an order after the first.
        last: days from the first order to the last.
        age: days from the first order to the end of what is looked at.
        margin_days: repeat days with a gross margin above 0.
        margin: mean gross margin of these days; 0 where there is none.
    """

    repeats: Floats
    last: Floats
    age: Floats
    margin_days: Floats
    margin: Floats


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Both models with their parameters.

    Attributes:
        orders: r, alpha, a and b of BG/NBD, in days.
        margins: p, q and v of Gamma-Gamma, in the tenant's currency.
        history: of whom.
    """

    orders: tuple[float, float, float, float]
    margins: tuple[float, float, float]
    history: History
    _bg_nbd: Any
    _gamma_gamma: Any
    _unit: float

    def expected_days(self, days: int) -> Floats:
        """Expected number of days with an order in so many days to come, by person."""
        h = self.history
        found = self._bg_nbd.conditional_expected_number_of_purchases_up_to_time(
            days, h.repeats, h.last, h.age
        )
        return np.asarray(found, dtype=np.float64)

    def expected_margin(self) -> Floats:
        """Expected gross margin of a day with an order, by person.

        Persons without a repeat day that brought something get the mean of all.
        """
        h = self.history
        found = self._gamma_gamma.conditional_expected_average_profit(
            h.margin_days, h.margin / self._unit
        )
        return np.asarray(found, dtype=np.float64) * self._unit

    def alive(self) -> Floats:
        """Probability that a person still buys; nan without a repeat, of whom BG/NBD says 1."""
        h = self.history
        found = self._bg_nbd.conditional_probability_alive(h.repeats, h.last, h.age)
        return np.where(h.repeats > 0, found, np.nan)

    def interval(self, days: int, *, seed: int) -> tuple[Floats, Floats, tuple[float, float]]:
        """What a person brings in so many days to come, in nine of ten futures; and all together.

        Each future draws a rate, a chance to leave and a mean margin for every person from what the
        models know of them, then orders and margins; that the parameters are estimates is left out.

        Returns:
            lower and upper end by person, and those of the sum of all persons.
        """
        random = np.random.default_rng(seed)
        lower, upper, total = [], [], np.zeros(_DRAWS)
        for part in self._parts():
            brought = self._futures(part, days, random)
            low, high = np.quantile(brought, _ends(), axis=0)
            lower.append(low)
            upper.append(high)
            total += brought.sum(axis=1)
        low, high = np.quantile(total, _ends())
        return np.concatenate(lower), np.concatenate(upper), (float(low), float(high))

    def _parts(self) -> Iterator[slice]:
        count = len(self.history.repeats)
        for start in range(0, count, _AT_ONCE):
            yield slice(start, min(start + _AT_ONCE, count))

    def _futures(self, part: slice, days: int, random: np.random.Generator) -> Floats:
        """Draws of what persons bring: one row per future, one column per person.

        Given that somebody is alive after x repeats in T days, their rate is Gamma(r + x, alpha +
        T) and their chance to leave with an order Beta(a, b + x); given mean m of x margins, the
        rate of these is Gamma(q + p x, v + x m) (Fader, Hardie and Lee 2005; Fader and Hardie
        2013).
        """
        r, alpha, a, b = self.orders
        p, q, v = self.margins
        h = self.history
        x, age, known = h.repeats[part], h.age[part], h.margin_days[part]
        alive = np.nan_to_num(self.alive()[part], nan=1.0)
        size = (_DRAWS, len(x))
        rate = random.gamma(r + x, 1 / (alpha + age), size)
        leaves = np.maximum(random.beta(a, b + x, size), 1e-12)
        orders = np.minimum(random.poisson(rate * days), random.geometric(leaves))
        orders = np.where(random.random(size) < alive, orders, 0)
        scale = 1 / random.gamma(q + p * known, 1 / (v + known * h.margin[part]), size)
        return np.where(orders > 0, random.gamma(np.maximum(p * orders, 1e-12)) * scale, 0.0)


def fit(history: History) -> Fitted:
    """Fit both models by maximum likelihood.

    Amounts are fitted in units of their mean: what is found does not depend on the currency.

    Raises:
        NotConvergedError: no maximum was found, or one at which a margin has no mean.
    """
    known = history.margin_days > 0
    if not known.any():
        raise NotConvergedError("nobody has a repeat order with a margin above 0")
    unit = float(history.margin[known].mean())
    with _quiet():
        from lifetimes import BetaGeoFitter, GammaGammaFitter  # warns of pandas as it is loaded

        bg_nbd, gamma_gamma = BetaGeoFitter(), GammaGammaFitter()
        bg_nbd.fit(history.repeats, history.last, history.age)
        gamma_gamma.fit(history.margin_days[known], history.margin[known] / unit)
    r, alpha, a, b = (float(bg_nbd.params_[name]) for name in ("r", "alpha", "a", "b"))
    p, q, v = (float(gamma_gamma.params_[name]) for name in ("p", "q", "v"))
    if q <= 1:
        raise NotConvergedError("the margins of Gamma-Gamma have no mean: q is not above 1")
    fitted = Fitted(
        orders=(r, alpha, a, b),
        margins=(p, q, v * unit),
        history=history,
        _bg_nbd=bg_nbd,
        _gamma_gamma=gamma_gamma,
        _unit=unit,
    )
    if not np.isfinite(fitted.expected_days(365)).all():
        raise NotConvergedError("BG/NBD expects no finite number of orders")
    return fitted


@contextmanager
def _quiet() -> Iterator[None]:
    """lifetimes prints what did not converge, and changes which warnings the process shows."""
    with warnings.catch_warnings(), redirect_stdout(StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        from lifetimes.utils import ConvergenceError

        try:
            yield
        except (ConvergenceError, np.linalg.LinAlgError) as error:
            raise NotConvergedError("no maximum of the likelihood was found") from error


def _ends() -> tuple[float, float]:
    return (1 - _WITHIN) / 2, (1 + _WITHIN) / 2

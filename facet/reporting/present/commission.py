"""Commission: marginal tiers on credited net sales, exact to the cent.

A tier begins at an amount and holds until the next one begins; its rate is paid on what lies within
it, and on nothing else. So a sale more never earns less. Nothing here is stored anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final, Literal

from facet.reporting.present.rounding import rounded

#: What can be wrong with tiers; the screen has a text for each.
Fault = Literal["none", "incomplete", "twice", "negative", "rate"]

#: Wide enough for any amount times any rate without rounding on the way.
_DIGITS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Tier:
    """From `start` on, `rate` (0–1) of each unit of money.

    `start` is an amount of money, or a share of the target where tiers are of attainment.
    """

    start: Decimal
    rate: Decimal


class TierError(ValueError):
    """Tiers that are not definite: what is wrong, and with which number."""

    def __init__(self, fault: Fault, value: Decimal | None = None) -> None:
        super().__init__(fault if value is None else f"{fault}: {value}")
        self.fault: Fault = fault
        self.value = value


def tiers_of(rows: Iterable[tuple[Decimal | None, Decimal | None]]) -> tuple[Tier, ...]:
    """The tiers that somebody has entered, by where they begin.

    Args:
        rows: start and rate of each, in any order; a row of two gaps is no tier.

    Raises:
        TierError: no tier, half a tier, two that begin at one place (they would overlap from there
            on), one that begins below zero, or a rate outside 0–1.
    """
    tiers: dict[Decimal, Tier] = {}
    for start, rate in rows:
        if start is None and rate is None:
            continue
        if start is None or rate is None:
            raise TierError("incomplete", start)
        if start < 0:
            raise TierError("negative", start)
        if not 0 <= rate <= 1:
            raise TierError("rate", rate)
        if start in tiers:
            raise TierError("twice", start)
        tiers[start] = Tier(start=start, rate=rate)
    if not tiers:
        raise TierError("none")
    return tuple(tiers[start] for start in sorted(tiers))


def in_money(tiers: Sequence[Tier], target: Decimal | None) -> tuple[Tier, ...]:
    """Tiers by attainment as tiers by amount, for one person's target.

    Who has no target attains nothing of it: only a tier that begins at zero is theirs.
    """
    if not target or target < 0:
        return tuple(tier for tier in tiers if tier.start == 0)
    with localcontext(prec=_DIGITS):
        return tuple(replace(tier, start=tier.start * target) for tier in tiers)


def commission(net_sales: Decimal, tiers: Sequence[Tier]) -> Decimal:
    """Commission on net sales, rounded half away from zero to the cent.

    Args:
        net_sales: of one person in one period; what is zero or below earns nothing.
        tiers: as `tiers_of` returns them, in any order.
    """
    earned = Decimal()
    with localcontext(prec=_DIGITS):
        ordered = sorted(tiers, key=lambda tier: tier.start)
        ends = [*(tier.start for tier in ordered[1:]), None]
        for tier, end in zip(ordered, ends, strict=False):
            top = net_sales if end is None else min(net_sales, end)
            earned += max(Decimal(), top - tier.start) * tier.rate
        return rounded(earned, 2)

"""What a change of sales is made of: parts that add up to it, to the smallest unit of the currency.

Of each product the change of gross sales is split: what the change of its units comes to at the
average price of before, and what the change of that price comes to over the units of now. Both are
exact fractions, of which the first is rounded and the second is what is left of the change
(docs/decisions/0038).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from facet.reporting.present.rounding import rounded_fraction
from facet.reporting.query.table import Cell

#: So many parts go with a change in a sentence, and so many against it.
_MOST_WITH: Final = 3
_MOST_AGAINST: Final = 2


@dataclass(frozen=True, kw_only=True)
class Sold:
    """What one product, or whatever else, sold in some days; costs are what is recorded of them."""

    gross: Decimal = Decimal()
    units: Decimal = Decimal()
    discounts: Decimal = Decimal()
    returns: Decimal = Decimal()
    cost: Decimal = Decimal()

    def __add__(self, other: "Sold") -> "Sold":
        return Sold(
            gross=self.gross + other.gross,
            units=self.units + other.units,
            discounts=self.discounts + other.discounts,
            returns=self.returns + other.returns,
            cost=self.cost + other.cost,
        )

    @property
    def net(self) -> Decimal:
        """Net sales."""
        return self.gross - self.discounts - self.returns


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What a product's change of net sales and of cost is made of; more is better in each."""

    quantity: Decimal = Decimal()
    price: Decimal = Decimal()
    discounts: Decimal = Decimal()
    returns: Decimal = Decimal()
    cost_of_quantity: Decimal = Decimal()
    unit_cost: Decimal = Decimal()

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(**{name: getattr(self, name) + getattr(other, name) for name in ALL})

    def of(self, names: Iterable[str]) -> Decimal:
        """The sum of some of them."""
        return sum((getattr(self, name) for name in names), Decimal())


#: The effects that add up to the change of net sales, and with those of costs of the gross margin.
OF_NET_SALES: Final = ("quantity", "price", "discounts", "returns")
ALL: Final = (*OF_NET_SALES, "cost_of_quantity", "unit_cost")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A channel, category or whatever else: what it has now, and what it had."""

    key: Cell
    name: Cell
    now: Decimal
    before: Decimal

    @property
    def change(self) -> Decimal:
        """Its contribution to the change of all."""
        return self.now - self.before


@dataclass(frozen=True, kw_only=True)
class Told:
    """The parts of a change that are worth a word, and what all others come to together."""

    with_it: tuple[Part, ...]
    against_it: tuple[Part, ...]
    other_count: int
    others: Decimal


def split(
    now: Decimal, before: Decimal, units: Decimal, units_before: Decimal, *, places: int
) -> tuple[Decimal, Decimal]:
    """The change of an amount by its units, and by what a unit is worth.

    All is by units where either had none: there is no price to compare with.
    """
    change = now - before
    if not units or not units_before:
        return change, Decimal()
    exact = Fraction(units - units_before) * Fraction(before) / Fraction(units_before)
    by_units = rounded_fraction(exact, places)
    return by_units, change - by_units


def effects_of(now: Sold, before: Sold, *, places: int) -> Effects:
    """The effects of one product."""
    quantity, price = split(now.gross, before.gross, now.units, before.units, places=places)
    of_units, unit_cost = split(now.cost, before.cost, now.units, before.units, places=places)
    return Effects(
        quantity=quantity,
        price=price,
        discounts=before.discounts - now.discounts,
        returns=before.returns - now.returns,
        cost_of_quantity=-of_units,
        unit_cost=-unit_cost,
    )


def effects_by_product(
    now: Mapping[Cell, Sold], before: Mapping[Cell, Sold], *, places: int
) -> dict[Cell, Effects]:
    """The effects of each product; those without one are a product of their own, None."""
    nothing = Sold()
    return {
        key: effects_of(now.get(key, nothing), before.get(key, nothing), places=places)
        for key in dict.fromkeys((*now, *before))
    }


def parts_of(
    now: Mapping[Cell, Decimal],
    before: Mapping[Cell, Decimal],
    name_of: Callable[[Cell], Cell] = lambda key: key,
) -> tuple[Part, ...]:
    """Each part with what it has now and had before, the largest change first.

    Their changes add up to the change of all; what changed nothing is left out.
    """
    found = (
        Part(
            key=key,
            name=name_of(key),
            now=now.get(key, Decimal()),
            before=before.get(key, Decimal()),
        )
        for key in dict.fromkeys((*now, *before))
    )
    changed = [part for part in found if part.change]
    return tuple(sorted(changed, key=lambda part: (-abs(part.change), str(part.name))))


def worth_telling(parts: Sequence[Part]) -> Told:
    """The largest parts that go with the change of all, the largest against it, and the rest."""
    rise = sum((part.change for part in parts), Decimal()) >= 0
    along = [part for part in parts if (part.change > 0) == rise]
    against = [part for part in parts if (part.change > 0) != rise]
    others = [*along[_MOST_WITH:], *against[_MOST_AGAINST:]]
    return Told(
        with_it=tuple(along[:_MOST_WITH]),
        against_it=tuple(against[:_MOST_AGAINST]),
        other_count=len(others),
        others=sum((part.change for part in others), Decimal()),
    )


def concentration(parts: Sequence[Part]) -> Fraction:
    """How much of all that moved is in the two parts that moved most."""
    moved = [Fraction(abs(part.change)) for part in parts]
    return sum(moved[:2], Fraction()) / sum(moved) if moved else Fraction()

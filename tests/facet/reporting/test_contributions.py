"""What a change of sales is made of adds up to it, to the smallest unit of the currency."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facet.reporting.present.contributions import (
    ALL,
    OF_NET_SALES,
    Effects,
    Part,
    Sold,
    concentration,
    effects_by_product,
    parts_of,
    split,
    worth_telling,
)
from facet.reporting.query.table import Cell


def _sold(
    gross: str, units: int, discounts: str = "0", returns: str = "0", cost: str = "0"
) -> Sold:
    return Sold(
        gross=Decimal(gross),
        units=Decimal(units),
        discounts=Decimal(discounts),
        returns=Decimal(returns),
        cost=Decimal(cost),
    )


def _effects(*amounts: str) -> Effects:
    return Effects(**dict(zip(ALL, map(Decimal, amounts), strict=True)))


def test_quantity_price_discounts_returns_and_costs_as_worked_out_on_paper() -> None:
    """Rings at 250, then at 225; studs are new; what has no product had no units."""
    before: Mapping[Cell, Sold] = {
        1: _sold("1000.00", 4, discounts="50.00", cost="400.00"),
        None: _sold("30.00", 0),
    }
    now: Mapping[Cell, Sold] = {
        1: _sold("1350.00", 6, discounts="80.00", returns="40.00", cost="660.00"),
        2: _sold("80.00", 2, cost="30.00"),
    }

    found = effects_by_product(now, before, places=2)

    assert found == {
        1: _effects("500.00", "-150.00", "-30.00", "-40.00", "-200.00", "-60.00"),
        2: _effects("80.00", "0", "0", "0", "-30.00", "0"),
        None: _effects("-30.00", "0", "0", "0", "0", "0"),
    }
    total = sum(found.values(), Effects())
    assert total.of(OF_NET_SALES) == Decimal("330.00")  # 1,310 of now less 980 of before
    assert total.of(ALL) == Decimal("40.00")  # less 690 of costs, which were 400


@pytest.mark.parametrize(
    ("amounts", "units", "places", "parts"),
    [
        (("100.00", "140.00"), (3, 4), 2, ("33.33", "6.67")),  # New York
        (("100", "140"), (3, 4), 0, ("33", "7")),  # Saigon
        (("0.01", "0.01"), (2, 3), 2, ("0.01", "-0.01")),  # half a cent is one
        (("0.01", "0.01"), (2, 1), 2, ("-0.01", "0.01")),
        (("0.00", "5.00"), (2, 3), 2, ("0.00", "5.00")),  # given away before, sold now
        (("7.00", "0.00"), (1, 0), 2, ("-7.00", "0")),
    ],
)
def test_the_two_parts_of_a_product_are_rounded_and_add_up(
    amounts: tuple[str, str], units: tuple[int, int], places: int, parts: tuple[str, str]
) -> None:
    before, now = map(Decimal, amounts)

    found = split(now, before, Decimal(units[1]), Decimal(units[0]), places=places)

    assert found == tuple(map(Decimal, parts))
    assert sum(found) == now - before


def _amounts(places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, 10**11).map(lambda number: Decimal(number).scaleb(-places))


@st.composite
def _shops(draw: st.DrawFn) -> tuple[int, dict[Cell, Sold], dict[Cell, Sold]]:
    places = draw(st.sampled_from((0, 2)))
    sold = st.builds(
        Sold,
        gross=_amounts(places),
        units=st.integers(0, 5000).map(Decimal),
        discounts=_amounts(places),
        returns=_amounts(places),
        cost=_amounts(places),
    )
    keys: st.SearchStrategy[Cell] = st.one_of(st.none(), st.integers(1, 9))
    days = st.dictionaries(keys, sold, max_size=8)
    return places, draw(days), draw(days)


@given(_shops())
def test_effects_add_up_to_the_change_to_the_smallest_unit(
    shop: tuple[int, dict[Cell, Sold], dict[Cell, Sold]],
) -> None:
    places, now, before = shop

    found = effects_by_product(now, before, places=places)

    for key, effects in found.items():
        new, old = now.get(key, Sold()), before.get(key, Sold())
        assert effects.quantity + effects.price == new.gross - old.gross
        assert effects.of(OF_NET_SALES) == new.net - old.net
        assert effects.of(ALL) == (new.net - new.cost) - (old.net - old.cost)
        assert effects.quantity == effects.quantity.quantize(Decimal(1).scaleb(-places))
    net = sum((s.net for s in now.values()), Decimal()) - sum(
        (s.net for s in before.values()), Decimal()
    )
    assert sum(found.values(), Effects()).of(OF_NET_SALES) == net


def test_parts_are_told_with_the_change_and_against_it_and_the_rest_together() -> None:
    names: Mapping[Cell, Cell] = {
        1: "Boutique",
        2: "Website",
        3: "Zalo",
        4: "Fair",
        5: "Phone",
        6: "Mail",
        None: None,
    }
    now: Mapping[Cell, Decimal] = {
        1: Decimal(500), 2: Decimal(90), 3: Decimal(40), 4: Decimal(5), 6: Decimal(7),
        None: Decimal(1),
    }  # fmt: skip
    before: Mapping[Cell, Decimal] = {
        1: Decimal(100),
        2: Decimal(10),
        3: Decimal(60),
        5: Decimal(2),
        6: Decimal(7),
    }

    parts = parts_of(now, before, names.__getitem__)

    assert [(str(part.name), int(part.change)) for part in parts] == [
        ("Boutique", 400), ("Website", 80), ("Zalo", -20), ("Fair", 5), ("Phone", -2), ("None", 1),
    ]  # fmt: skip
    told = worth_telling(parts)
    assert [part.name for part in told.with_it] == ["Boutique", "Website", "Fair"]
    assert [part.name for part in told.against_it] == ["Zalo", "Phone"]
    assert (told.other_count, told.others) == (1, Decimal(1))
    assert concentration(parts).limit_denominator(1000).as_integer_ratio() == (120, 127)


def test_of_a_fall_what_fell_is_told_first() -> None:
    parts = [
        Part(key=1, name="a", now=Decimal(0), before=Decimal(9)),
        Part(key=2, name="b", now=Decimal(8), before=Decimal(0)),
    ]

    told = worth_telling(parts)

    assert ([p.name for p in told.with_it], [p.name for p in told.against_it]) == (["a"], ["b"])
    assert (told.other_count, told.others) == (0, Decimal())
    assert concentration([]) == 0

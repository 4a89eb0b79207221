"""Filters from an address that anybody could have written."""

from datetime import date, time
from typing import Final

import pytest

from facet.reporting.present.filters import (
    DIMENSIONS,
    Address,
    Choices,
    Filters,
    Ignored,
    from_address,
    to_address,
)
from facet.reporting.query.periods import Calendar, Period

CHOICES: Final = Choices(
    channel={
        "1": "Boutique",
        "2": "Rock & Roll “50%”",
        "3": "Website",
        "5": "2",
        "none": "No channel",
    },
    category={"11": "Earrings", "12": "Rings", "13": "Twin", "14": "Twin"},
    buyer={"guest": "guest", "new": "new", "repeat": "repeat"},
)
EVERYTHING: Final = Filters(
    preset="custom",
    custom=Period(date(2026, 1, 5), date(2026, 2, 6)),
    comparison="before",
    grain="week",
    measure="returns",
    channel=("2", "none"),
    category=("12",),
    buyer=("new",),
)


@pytest.mark.parametrize("filters", [Filters(), EVERYTHING], ids=["defaults", "everything"])
def test_an_address_says_what_was_chosen(filters: Filters) -> None:
    assert from_address(to_address(filters), CHOICES) == (filters, ())


def test_the_address_of_the_defaults_is_empty() -> None:
    assert to_address(Filters()) == {}


@pytest.mark.parametrize(
    ("address", "ignored"),
    [
        ({"period": ["tomorrow"]}, ("period",)),
        ({"period": ["today", "yesterday"]}, ("period",)),
        ({"period": []}, ("period",)),
        ({"period": ["custom"]}, ("period",)),
        ({"period": ["custom"], "from": ["2026-02-30"], "to": ["2026-03-01"]}, ("period",)),
        ({"period": ["custom"], "from": ["2026-03-02"], "to": ["2026-03-01"]}, ("period",)),
        ({"period": ["custom"], "from": ["0001-01-01"], "to": ["9999-12-31"]}, ("period",)),
        ({"period": ["custom"], "from": ["2026-03-01"]}, ("period",)),
        ({"compare": ["'; drop table dim_tenants; --"]}, ("compare",)),
        ({"grain": ["hour"]}, ("grain",)),
        ({"measure": ["net_sales) union select 1"]}, ("measure",)),
        ({"channel": ["' or 1=1 --"]}, ("channel",)),
        ({"category": ["{{ Dimension('x') }}"]}, ("category",)),
        ({"buyer": ["NEW"]}, ("buyer",)),
        ({"channel": ["boutique\x00", "💍" * 10_000]}, ("channel",)),
    ],
)
def test_garbage_is_left_out_and_reported(address: Address, ignored: tuple[str, ...]) -> None:
    filters, left_out = from_address(address, CHOICES)

    assert filters == Filters()
    assert tuple(part.name for part in left_out) == ignored


def test_of_several_values_the_known_ones_stay() -> None:
    filters, ignored = from_address({"channel": ["Website", "Moon", "Website"]}, CHOICES)

    assert filters.channel == ("3",)
    assert ignored == (Ignored(name="channel", values=("Moon",)),)


def test_an_address_of_before_names_things_by_name() -> None:
    filters, ignored = from_address(
        {"channel": ["Website"], "category": ["Rings", "Twin"]}, CHOICES
    )

    assert (filters.channel, filters.category) == (("3",), ("12",))
    assert ignored == (Ignored(name="category", values=("Twin",)),)  # which of the two is not known


def test_what_an_address_says_is_an_id_before_it_is_a_name() -> None:
    assert from_address({"channel": ["2"]}, CHOICES)[0].channel == ("2",)


def test_unknown_parameters_are_nobodys_business() -> None:
    assert from_address({"utm_source": ["mail"], "lang": ["vi"]}, CHOICES) == (Filters(), ())


def test_chosen_values_restrict_their_dimensions() -> None:
    assert EVERYTHING.where(DIMENSIONS) == {
        "ledger_entry__page_id": (2, None),
        "ledger_entry__category_id": (12,),
        "ledger_entry__buyer_type": ("new",),
    }
    assert EVERYTHING.everything().where(DIMENSIONS) == {}
    assert not Filters().is_narrowed


def test_the_period_is_seen_from_the_tenants_day() -> None:
    own = Calendar(timezone="UTC")
    filters = Filters(preset="month_to_date")

    assert filters.period(date(2026, 3, 1), own) == Period(date(2026, 3, 1), date(2026, 3, 1))
    assert EVERYTHING.period(date(2030, 1, 1), own) == EVERYTHING.custom


def test_a_release_of_before_tells_things_apart_by_name() -> None:
    channel = DIMENSIONS["channel"]
    before = channel.resolve(lambda name: name == channel.name)

    assert channel.resolve(lambda name: True) == channel
    assert (before.columns, before.key("Shop"), before.value("Shop")) == (
        (channel.name,), "Shop", "Shop",
    )  # fmt: skip
    assert [channel.key(value) for value in (12, None)] == ["12", "none"]
    assert [channel.value(key) for key in ("12", "none")] == [12, None]


def test_filters_are_narrowed_to_what_was_picked_where_they_can_say_it() -> None:
    day = Period(date(2026, 3, 2), date(2026, 3, 2), time(11, 30))
    filters = Filters(preset="month_to_date", channel=("1", "2"), buyer=("new",))

    found = filters.narrowed(DIMENSIONS, {"ledger_entry__page_id": [None]}, day)
    assert found == Filters(
        preset="custom",
        custom=Period(date(2026, 3, 2), date(2026, 3, 2)),
        channel=("none",),
        buyer=("new",),
    )
    assert filters.narrowed(DIMENSIONS, {}, None) == filters
    assert filters.narrowed(DIMENSIONS, {"product": [7]}, None) is None
    assert filters.without("channel", "1").channel == ("2",)
    assert filters.without("category", "1") == filters

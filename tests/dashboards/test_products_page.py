"""The page Products: what it says for two shops, and where something is missing."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.present.formats import DASH
from tests.dashboards.reading import (
    MARCH,
    App,
    HouseWith,
    listed,
    opener,
    page_text,
    plain,
    table,
    tiles,
    total,
)
from tests.facet.reporting import house_products
from tests.facet.reporting.house import EMPTY, SAIGON, publish_house

PAGE = "app_pages/products.py"


@pytest.fixture(scope="module")
def product_house(house_with: HouseWith) -> Release:
    """The house with its products."""
    return house_with(house_products.make)


@pytest.fixture
def opened(app: App, product_house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, product_house, PAGE, **MARCH)


def test_the_first_screen_says_what_is_there_and_what_needs_somebody(opened: App) -> None:
    """14 on hand at 400.00 + 120.00; 75 a year are 68.13 days of it; 3 of the 17 there were sold.

    3,150.50 of margin by 11,960.00 at 13 month ends is 3.42.
    """
    script = opened()
    found = {plain(name): tile for name, tile in tiles(script).items()}
    said = page_text(script)

    assert found["Stock at cost"] == ("$520.00", "Units on hand: 14")
    assert found["Dead stock at cost"][0] == "$120.00"
    assert found["Stock cover in days"][0] == "68.13"
    assert found["Return on inventory"][0] == "3.42"
    assert found["Net units"][0] == "3"
    assert found["Stock-out days"][0] == "2"
    assert found["Sales lost to stock-outs (modelled)"][0] == "$66.66"
    assert found["Sell-through"][0] == "17.6%"
    assert "Class A or B products that have run out: 1." in said
    assert "Products to mark down: 1. They tie up $120.00 at cost." in said
    assert "Locations where stock differs from its movements: 1." in said
    assert "Products priced below their current cost: 1." in said
    assert "Products without a photograph: 1." in said


def test_each_product_that_needs_it_is_listed_with_its_reason(opened: App) -> None:
    script = opened()
    found = [cells for cells in listed(script, "Product") if cells[2] in ("Ran out",)]

    assert [row[:5] + row[7:] for row in found] == [
        ["Solitaire", "19", "Ran out", "A", "-1", "3", "$100.00"]
    ]


def test_a_product_opens_with_its_costs_and_variants(opened: App) -> None:
    script = opened(product="1")

    assert "Solitaire · S-1" in page_text(script)
    assert "Cost gap $50.00" in page_text(script)
    assert table(script, "Variant") == [["Size 52", "S-1-52", "0", "0", "70", DASH]]


def test_classes_add_up_and_categories_in_a_circle_are_listed_once(opened: App) -> None:
    script = opened()

    written = [[plain(cell) for cell in row] for row in table(script, "Class")]
    assert [row[:3] + row[5:] for row in written] == [
        ["A", "1", "$7,300.00", "0", "0", "0", "0"],
        ["B", "1", "$250.50", "10", "0", "0", "0"],
        ["C", "0", "$0.00", "0", "0", "0", "0"],
        ["Dead", "1", "$0.00", "0", "0", "3", "1"],
        ["Total", "3", "$7,550.50", "10", "0", "3", "1"],
    ]
    assert [row[0].strip() for row in listed(script, "Category")] == [
        "Jewellery", "Rings", "Round", "About",
    ]  # fmt: skip


def test_a_rise_in_the_price_of_gold_takes_from_the_margin(opened: App) -> None:
    """10 % of 620.00 are 62.00 of 3,150.50; with platinum, at 50 %, 480.00."""
    script = opened()

    assert tiles(script)["Extra cost a year"][0] == "$62.00"
    assert tiles(script)["Margin then"] == ("$3,088.50", "40.9% of net sales")
    script.multiselect(key="what-if-metals").set_value(["1", "2"])
    script.number_input(key="what-if-rise").set_value(50).run()
    assert tiles(script)["Extra cost a year"][0] == "$480.00"
    assert tiles(script)["Margin then"][0] == "$2,670.50"


def test_stones_are_told_by_the_carat(opened: App) -> None:
    script = opened()

    assert table(script, "Stone") == [["Diamond", "1", "$2,000.00", "0", "73", "60"]]


def test_it_is_told_what_kind_of_piece_sells(opened: App) -> None:
    """What the Studs cost nobody knows; no material has a property."""
    script = opened()

    assert listed(script, "Attribute") == [
        ["Metal", "18k rose gold", "2", "1", "10", "$400.00", "75", "$7,550.50"],
        ["Width (mm)", "2", "1", "1", "4", DASH, "0", "$0.00"],
        ["Nickel free", "Yes", "1", "0", "0", "$0.00", "0", "$0.00"],
    ]
    script.pills(key="choice-feature").set_value("tag").run()
    assert listed(script, "Tag") == [["new arrival", "1", "0", "0", "$0.00", "73", "$7,300.00"]]
    script.pills(key="choice-feature").set_value("material_attribute").run()
    assert "Nothing is known of what products are made of." in page_text(script)


def test_what_is_made_to_order_stands_beside_what_was_promised(opened: App) -> None:
    script = opened()

    assert listed(script, "Product", "Engraving") == [
        ["Solitaire", "up to 20 letters", "$60.00", "5", "$4,500.00", "30", "31.5", "2", "2"],
        ["Pearl “Nacre”", DASH, DASH, "1", "$125.25", DASH, DASH, DASH, "0"],
        ["Studs", "any length", DASH, "0", "$0.00", "10", DASH, "0", "0"],
    ]
    assert "Pieces of the year 6" in page_text(script)


def _unknown(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """What the Studs cost nobody knows; the Pearl's SKU and attributes are wrong."""
    made = house_products.make(connection)
    for change in (
        "stock_at_cost_amount = null, month_ends_at_cost_amount = null, unit_cost = null,"
        " is_below_cost = false, has_unknown_cost = true where product_id = 3",
        "has_unmatched_sku = true, has_invalid_attribute = true where product_id = 2",
        "year_gross_margin_amount = null, year_demand_sales_amount = 100 where product_id < 3",
    ):
        connection.execute(f"update facet_marts.rpt_products set {change} and tenant_id = 1")
    connection.execute(
        "update facet_marts.rpt_materials set unit_cost = null, year_cost_amount = null"
        " where material_id = 2"
    )
    return made


def test_what_is_not_known_of_one_product_is_not_known_of_all(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    release = publish_house(Settings(home=tmp_path), semantic_manifest, more=_unknown)
    script = opener(app, release, PAGE, **MARCH)()
    found = {plain(name): tile for name, tile in tiles(script).items()}
    said = page_text(script)

    assert found["Stock at cost"] == (DASH, "Units on hand: 14")
    assert found["Dead stock at cost"][0] == DASH
    assert found["Return on inventory"][0] == DASH
    assert found["Margin of the year"][0] == found["Margin then"][0] == DASH
    assert found["Extra cost a year"][0] == "$62.00"
    assert "Products to mark down: 1. What they tie up is unknown" in said
    assert "Products on hand without a known cost: 1." in said
    assert "SKUs that do not follow their category's pattern: 1." in said
    assert "is expected): 1." in said
    written = table(script, "Class")
    assert [plain(row[4]) for row in written] == ["$0.00", "$400.00", "$0.00", DASH, DASH]
    assert f"At cost {DASH}" in total(script, 1)  # of what to mark down
    assert f"At cost {DASH}" in total(script, 2)  # of all products
    assert f"In the year's sales {DASH}" in said
    script.pills(key="choice-class").set_value("has_unknown_cost").run()
    assert [row[0] for row in listed(script, "Product", "Sell-through")] == ["Studs"]
    script.pills(key="choice-class").set_value("has_unmatched_sku").run()
    assert [row[0] for row in listed(script, "Product", "Sell-through")] == ["Pearl “Nacre”"]


def test_a_shop_without_stock_is_told_what_is_missing(opened: App) -> None:
    script = opened(SAIGON)
    said = page_text(script)

    assert "CRM chưa có tồn kho." in said
    assert "Giá trị tồn kho theo giá vốn" not in tiles(script)
    assert tiles(script)["Số lượng bán thực"][0] == "1"
    assert "Solitaire" not in said
    assert not total(script).startswith("Solitaire")


def test_a_shop_without_products_is_told_so(opened: App) -> None:
    assert "There are no products yet." in page_text(opened(EMPTY))

"""The page Promotions: what it says for two tenants, and where there is nothing to say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from facet.release import Release
from facet.reporting.present.formats import DASH
from tests.dashboards.reading import App, listed, opener, page_text, rows, tiles, total, words
from tests.facet.reporting.house import EMPTY, SAIGON

PAGE = "app_pages/promotions.py"
ALL = ["Spring sale", "Friends & family", "Summer", "Old flyer", "Christmas gift"]


@pytest.fixture
def opened(app: App, promotion_house: Release) -> App:
    """Opens the page for a tenant's owner, with an address."""
    return opener(app, promotion_house, PAGE)


def _day(year: int, month: int, day: int) -> int:
    """A day as a browser sorts by it."""
    return date(year, month, day).toordinal()


def named(script: AppTest) -> dict[str, tuple[str, str]]:
    """Tiles of the promotion by their names, without what would format them."""
    return {label.replace("\\", ""): tile for label, tile in tiles(script).items()}


def test_what_needs_a_look_is_on_top(opened: App) -> None:
    script = opened()

    labels = [button.label.replace("\\", "") for button in script.button]
    assert "**Needs attention: 3**" in words(script)
    assert [label for label in labels if label.startswith("**")] == [
        "**Spring sale**: the budget of $100.00 runs out on Mar 24, 2026 at the rate of the last "
        "14 days.",
        "**Friends & family**: 4 of 4 allowed redemptions are used.",
        "**Friends & family**: 3 of 4 redemptions break a rule.",
    ]
    script.button(key="warning-1").click().run()
    assert script.query_params["promotion"] == "2"
    assert "Friends & family" in [heading.value.replace("\\", "") for heading in script.subheader]


MARCH = {"period": "month_to_date", "compare": "before"}


def test_the_period_in_tiles_against_the_one_before(opened: App) -> None:
    script = opened(**MARCH)

    #: 80.10 of Spring and 10.00 of friends; until 18 February 10.00 in an order of 600.00
    assert [(tile.label, (tile.value, tile.delta)) for tile in script.metric][:8] == [
        ("Net redemptions", ("3", "+200.0%")),
        ("Discount cost", ("$90.10", "+801.0%")),
        ("Promoted sales", ("$1,150.40", "+91.7%")),
        ("Influence rate", ("93.5%", "-6.5 pp")),
        ("Margin after promotion", ("$650.40", "+62.6%")),
        ("Rejection rate", ("28.6%", "+28.6 pp")),
        ("Stacking rate", ("50.0%", "+50.0 pp")),
        ("Violations", ("2", "of 5 in all")),
    ]
    assert "its influence, not what it brought on top" in page_text(script)


def test_a_period_without_redemptions_offers_one_and_shows_the_rest(opened: App) -> None:
    script = opened(period="today")

    assert "No promotion was redeemed in this period." in page_text(script)
    assert rows(script, "Discount cost")[0][0] == "Spring sale"
    script.button(key="offer-period").click().run()
    assert script.query_params["from"] == "2026-02-11"
    assert script.query_params["to"] == "2026-03-12"
    assert "No promotion was redeemed" not in page_text(script)


def test_all_promotions_at_a_glance(opened: App) -> None:
    script = opened()
    found = rows(script, "Discount cost")

    assert [row[0] for row in found] == list(ALL)
    assert [row[1] for row in found] == [
        "Running until Mar 31, 2026",
        "Running, no end",
        "Planned from Jun 1, 2026",
        "Not active",
        "Ended Dec 24, 2025",
    ]
    spring, friends, summer, _, christmas = found
    assert spring[2:5] == [2, Decimal("80.10"), Decimal("0.801")]
    assert spring[5] == date(2026, 3, 24).toordinal()  # a browser sorts by it
    assert spring[6] == Decimal("1150.40")
    assert spring[7] == "$1K ± $1.5K"
    assert spring[8:] == [Decimal("5.24219725"), 2, None]
    assert friends[4:8] == [None, None, Decimal("6850.50"), "–"]
    assert friends[9:] == [3, 1.0]
    assert summer[2:4] == [0, Decimal("0.00")]
    assert christmas[5] == date(2025, 12, 20).toordinal()
    shown = [row[5] for row in listed(script, "Promotion")]
    assert shown == ["Mar 24, 2026", "–", "–", "–", "Dec 20, 2025"]
    assert total(script) == "Total · Redeemed 7 · Discount cost $175.10 · Violations 5"


def test_a_budget_that_lasts_is_told_as_one(opened: App) -> None:
    script = opened(SAIGON)

    (tet,) = rows(script, "Chi phí")
    assert (tet[0], tet[5]) == ("Tết Bính Ngọ", date.max.toordinal())  # after every day
    assert [row[5] for row in listed(script, "Chương trình")] == ["kết thúc"]
    assert "đủ đến hết" in " ".join(str(tile) for tile in named(script).values())


def test_one_promotion_in_numbers_and_in_words(opened: App) -> None:
    script = opened()

    numbers = named(script)
    assert numbers["Net redemptions"] == ("2", "of 6 attempts")
    assert numbers["Discount cost"] == ("$80.10", "80.1% of $100.00 budget")
    assert numbers["Promoted sales"] == ("$1,150.40", "25.0% of sales on its days")
    assert numbers["Margin after promotion"] == ("$650.40", "discounts are out of it")
    assert numbers["Lift (modelled)"] == ("$1,000.00", "-$500.00 to $2,500.00")
    assert numbers["Return (modelled)"] == ("524.2%", "-412.1% to 1,460.5%")
    assert numbers["Pull-forward"] == ("–", "it is not over yet")
    assert numbers["Cannibalisation"] == ("-$30.00", "sales of similar products")
    text = page_text(script)
    assert (
        "Running until Mar 31, 2026 · Percentage off 10.0% · at most $90.00 · orders from $150.00 "
        "· 1 per person · for Rings + 1 · together with others"
    ) in text
    assert (
        "Whether it paid for itself cannot be told: about $500.00 of extra margin for $80.10 of "
        "discounts, a return of 524.2%, but the interval reaches from a loss to a gain."
    ) in text
    assert "Counted: $3,000.00 of sales in its scope in 17 whole days. Modelled: $2,000.00" in text
    assert "the trend of everything else (× 1.25)" in text
    assert "Each chart adds up to $80.10, the discount cost." in text
    assert "1 of 2 orders (50.0%) have another promotion too." in text
    assert rows(script, "Other promotion") == [
        ["Friends & family", 1, Decimal("20.00"), Decimal("10.00"), Decimal("250.50")]
    ]
    assert rows(script, "Pieces") == [
        ["Cloth", "Gifts", 2, Decimal("5.00")],
    ]
    pieces = next(line for line in text.replace("*", "").splitlines() if "· Pieces 2 ·" in line)
    assert pieces.startswith("Total · ")
    assert pieces.endswith(" $5.00")


def test_the_redemptions_behind_the_tiles_add_up_to_them(opened: App) -> None:
    script = opened()
    toggle = script.toggle(key="show-redemptions")
    assert toggle.label == "Show the 2 redemptions behind these numbers"
    script = toggle.set_value(True).run()

    found = rows(script, "Given away")
    assert [row[:2] for row in found] == [
        ["1-0002", _day(2026, 3, 10)],
        ["1-0001", _day(2026, 3, 2)],
    ]
    for amount in ("75.10", "5.00", "80.10", "1,150.40", "650.40"):
        assert f" ${amount}" in total(script, 1)


def test_a_promotion_that_paid_says_so(opened: App) -> None:
    script = opened(promotion="4")

    assert "It paid for itself: about $250.00 of extra margin for $55.00" in page_text(script)
    assert named(script)["Pull-forward"] == ("-$120.00", "sales in the 14 days after")
    assert named(script)["Cannibalisation"] == ("–", "it holds for everything")
    assert "No order of it has another promotion." in page_text(script)


@pytest.mark.parametrize(
    ("promotion", "reason"),
    [
        ("2", "Not known: there were no orders yet 8 weeks before the promotion began"),
        ("3", "Not known yet: the promotion's first whole day is not over."),
    ],
    ids=["no history", "planned"],
)
def test_why_there_is_no_lift_is_told_in_words(opened: App, promotion: str, reason: str) -> None:
    script = opened(promotion=promotion)

    assert reason in page_text(script)
    assert "Lift (modelled)" not in named(script)


def test_a_promotion_that_was_only_refused_has_nothing_to_divide(opened: App) -> None:
    script = opened(promotion="6")

    assert "Nobody has redeemed it yet" in page_text(script)
    assert "sales in its scope are about -$10.00 off what was expected." in page_text(script)
    assert named(script)["Return (modelled)"] == ("–", "nothing was spent")
    assert "What became of all attempts: 1" in page_text(script)
    assert "Where the discount went" not in page_text(script)
    assert len(script.get("plotly_chart")) == 1


def test_a_promotion_that_nobody_tried_has_no_charts(opened: App) -> None:
    script = opened(promotion="3")

    assert named(script)["Net redemptions"] == ("0", "of 0 attempts")
    assert named(script)["Discount cost"] == ("$0.00", "0.0% of $500.00 budget")
    assert named(script)["Promoted sales"] == ("$0.00", "influence, not lift")
    assert "Nobody has tried it yet." in page_text(script)
    assert not script.get("plotly_chart")
    assert not [toggle for toggle in script.toggle if toggle.key == "show-redemptions"]


def test_an_address_of_another_shops_promotion_opens_the_own_first(opened: App) -> None:
    assert opened(SAIGON, promotion="4", lang="en").selectbox(key="pick-promotion").value == "1"


def test_violations_are_told_in_plain_words_by_what_is_at_stake(opened: App) -> None:
    script = opened()

    assert "5 in all, $65.00 at stake." in page_text(script)
    assert [row[:6] for row in rows(script, "What happened")] == [
        [Decimal("25.00"), "On a cancelled order", "The order is cancelled", "1-0006",
         _day(2025, 3, 18), "Friends & family"],
        [Decimal("10.00"), "Below the minimum order", "Minimum $150.00, order $100.00", "1-0900",
         _day(2026, 3, 12), "Spring sale"],
        [Decimal("10.00"), "On a cancelled order", "Order cancelled Mar 13, 2026, 9:30 AM",
         "1-0900", _day(2026, 3, 12), "Spring sale"],
        [Decimal("10.00"), "Outside its days",
         "Redeemed Feb 19, 2026, 12:00 PM; valid Jan 1, 2025 – …", "1-0005",
         _day(2026, 2, 19), "Friends & family"],
        [Decimal("10.00"), "Excluded category", "Solitaire is of Rings, which is excluded",
         "1-0004", _day(2026, 2, 18), "Friends & family"],
    ]  # fmt: skip
    assert "**Total** · At stake **\\$65\\.00**" in words(script)
    assert [row[6] for row in rows(script, "What happened")][:3] == ["", "Ben Ode", "Ben Ode"]


def test_violations_are_filtered_by_rule_and_by_period(opened: App) -> None:
    script = opened(period="month_to_date")
    groups: list[Any] = [*script.get("button_group")]
    rules = next(group for group in groups if str(group.key).startswith("choice-violations"))
    rules.set_value("on_cancelled_order").run()
    assert [row[3] for row in rows(script, "What happened")] == ["1-0006", "1-0900"]
    assert "**Total** · At stake **\\$35\\.00**" in words(script)

    script.toggle(key="violations-of-period").set_value(True).run()
    assert "2 in all, $20.00 at stake." in page_text(script)
    assert {row[3] for row in rows(script, "What happened")} == {"1-0900"}


def test_another_tenant_reads_its_own_in_vietnamese(opened: App) -> None:
    script = opened(SAIGON)

    text = page_text(script).replace("\xa0", " ")
    assert script.header[0].value == "Khuyến mãi"
    assert "Không có ngân sách hay giới hạn nào sắp hết" in text
    assert [row[:2] for row in rows(script, "Đủ đến ngày")] == [
        ["Tết Bính Ngọ", "Chạy đến 20 thg 3, 2026"]
    ]
    assert "Không có lời: lợi nhuận tăng thêm khoảng -500.000 ₫ cho 250.000 ₫ tiền giảm" in text
    assert "hiệu quả -300,0%. Cả khoảng tin cậy đều dưới 0." in text
    (broken,) = rows(script, "Chi tiết")
    assert [str(cell).replace("\xa0", " ") for cell in broken[1:4]] == [
        "Vượt mức giảm tối đa", "Tối đa 200.000 ₫, đã giảm 250.000 ₫", "2-0002",
    ]  # fmt: skip
    assert broken[-1] == "Trần Thị Mai"
    assert "Spring sale" not in text


def test_without_promotions_the_page_says_what_is_missing_and_what_to_do(opened: App) -> None:
    script = opened(EMPTY, lang="en")

    assert "There are no promotions yet." in page_text(script)
    assert "Enter one in the CRM, under Marketing" in page_text(script)
    assert not script.metric
    assert "Data as of" in page_text(script)


def test_a_promotion_with_terms_lists_what_it_asks_for_and_gives(opened: App) -> None:
    assert listed(opened(), "Product or attribute") == [
        ["Metal: Gold", "Must have", DASH, DASH, "12"],
        ["Solitaire", "To buy", "2", DASH, DASH],
        ["Studs", "Given", "1", "20.0%", DASH],
    ]
    page = opened(promotion="2")
    assert "Product or attribute" not in {str(found.value.columns[0]) for found in page.dataframe}

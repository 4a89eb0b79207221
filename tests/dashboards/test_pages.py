"""What the pages say, for two tenants, to the character."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from facet.config import Settings
from facet.release import Audit, FailedTest, Release
from facet.reporting.identity.identity import RequestContext
from tests.dashboards.reading import MARCH, App, opener, overview, sign_in, tiles, words
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import NEW_YORK, ORDERS, SAIGON, Order, id_of, publish_house

SALES = "app_pages/sales.py"


def test_overview_of_a_month_to_date(app: App) -> None:
    script = overview(app(**MARCH), NEW_YORK)

    assert tiles(script) == {
        "Net sales": ("$1,090.40", "+81.7%"),  # 600.00 from 1 to 18 February
        "Orders": ("3", "+200.0%"),
        "Average order value": ("$410.13", "-31.6%"),
        "Gross margin": ("$560.40", "+40.1%"),
        "Gross margin rate": ("51.4%", "-15.3 pp"),
        "Returns": ("$140.00", ""),
        "Orders of new customers": ("1", "0.0%"),
        "Repeat orders": ("1", ""),
    }
    assert script.header[0].value == "Overview"
    until = "11:30 AM"
    message = (
        f"Mar 1, 2026 – Mar 18, 2026, {until}, compared with Feb 1, 2026 – Feb 18, 2026, {until}"
    )
    assert message in words(script)


def test_overview_in_vietnamese_and_dong(app: App) -> None:
    script = overview(app(**MARCH), SAIGON)

    found = tiles(script)
    assert found["Doanh thu thuần"] == ("27,3\xa0Tr\xa0₫", "")
    assert found["Số đơn hàng"] == ("2", "")
    assert found["Tỷ suất lợi nhuận gộp"] == ("52,7%", "")
    assert script.header[0].value == "Tổng quan"
    assert "18 thg 3, 2026, 22:30 (Asia/Ho\\_Chi\\_Minh)" in words(script)


def test_the_language_of_the_address_wins(app: App) -> None:
    script = overview(app(lang="en", **MARCH), SAIGON)

    assert tiles(script)["Net sales"] == ("₫27.3M", "")
    assert script.query_params["lang"] == "en"


def test_a_tile_says_what_it_means_and_what_it_is_exactly(app: App) -> None:
    script = overview(app(period="custom", from_="2025-01-01", to="2026-03-18"), SAIGON)

    tile = next(metric for metric in script.metric if metric.label == "Doanh thu thuần")
    assert "Doanh số gộp trừ giảm giá trừ hàng trả lại" in tile.help
    assert "Chính xác: 27.250.000\xa0₫." in tile.help


def test_sales_bridges_gross_to_total(app: App) -> None:
    script = sign_in(app(**MARCH), NEW_YORK).switch_page(SALES).run()

    bridge = script.table[0].value
    plain = [[cell.replace("\\", "").strip("*") for cell in row] for row in bridge.to_numpy()]
    assert plain == [
        ["Gross sales", "$1,330.50", "$600.00", "+121.8%"],
        ["Discounts", "$100.10", "$0.00", "–"],
        ["Demand sales", "$1,230.40", "$600.00", "+105.1%"],
        ["Returns", "$140.00", "$0.00", "–"],
        ["Net sales", "$1,090.40", "$600.00", "+81.7%"],
        ["Taxes", "$92.04", "$0.00", "–"],
        ["Shipping", "$15.00", "$0.00", "–"],
        ["Total sales", "$1,197.44", "$600.00", "+99.6%"],
    ]
    assert tiles(script)["Payments collected"] == ("$1,337.44", "+122.9%")


def test_filters_of_the_address_narrow_the_numbers(app: App) -> None:
    script = overview(app(channel="Website", **MARCH), NEW_YORK)

    assert tiles(script)["Net sales"][0] == "$290.50"
    assert tiles(script)["Orders"][0] == "2"


def test_by_category_what_belongs_to_whole_orders_is_a_dash(app: App) -> None:
    script = sign_in(app(category="Rings", **MARCH), NEW_YORK).switch_page(SALES).run()

    assert tiles(script)["Total sales"] == ("–", "")
    assert tiles(script)["Units"][0] == "1"
    total = next(metric for metric in script.metric if metric.label == "Total sales")
    assert "not split by category" in total.help
    values = [metric.value for metric in script.metric]
    assert "–" in values
    assert values == sorted(values, key="–".__eq__)  # what has a number stands first
    rows = {row[0].strip("*"): row[1].replace("\\", "") for row in script.table[0].value.to_numpy()}
    assert (rows["Taxes"], rows["Gross sales"]) == ("–", "$1,000.00")


def test_choices_go_to_the_address_and_along_to_other_pages(app: App) -> None:
    script = overview(app(), NEW_YORK)
    script.selectbox(key="choice-period").set_value("month_to_date")
    script.multiselect(key="choice-channel").set_value([str(id_of("Website"))]).run()

    expected = {"period": "month_to_date", "channel": str(id_of("Website"))}
    assert script.query_params == expected
    assert tiles(script)["Net sales"][0] == "$290.50"
    script.switch_page(SALES).run()
    assert script.query_params == expected
    assert tiles(script)["Payments collected"][0] == "$350.54"


def test_an_address_of_garbage_shows_the_defaults_and_says_so(app: App, house: Release) -> None:
    opened = opener(app, house, "app_pages/overview.py")
    script = opened(
        period="'; drop table x", channel=["Moon", "{{ x }}"], grain="hour", measure="x"
    )

    message = (
        "Period “'; drop table x”; Chart by “hour”; Show “x”; Channel “Moon”, “\\{\\{ x \\}\\}”."
    )
    assert f"is not known here and was left out: {message}" in words(script)
    assert tiles(script)["Net sales"][0] == "$6,690.40"
    assert script.query_params == {}


@pytest.mark.parametrize(("preset", "net_sales"), [("today", "$40.00"), ("week_to_date", "$40.00")])
def test_today_is_the_tenants_day_of_the_data(app: App, preset: str, net_sales: str) -> None:
    assert tiles(overview(app(period=preset), NEW_YORK))["Net sales"][0] == net_sales


def test_a_period_without_orders_offers_one_that_has_some(app: App) -> None:
    script = overview(app(period="yesterday"), NEW_YORK)

    assert "No orders in this period." in words(script)
    script.button(key="offer-period").click().run()
    assert script.query_params["from"] == "2026-02-17"
    assert tiles(script)["Net sales"][0] == "$6,690.40"


def test_filters_without_orders_can_be_cleared(app: App) -> None:
    script = overview(app(category="Rings", buyer="guest", **MARCH), NEW_YORK)

    assert "No orders for these filters in this period." in words(script)
    script.button(key="clear-filters").click().run()
    assert tiles(script)["Net sales"][0] == "$1,090.40"


@pytest.mark.parametrize("page", [None, SALES], ids=["overview", "sales"])
def test_a_tenant_without_orders_is_told_so(app: App, page: str | None) -> None:
    script = overview(app(), 3)
    if page:
        script.switch_page(page).run()

    assert not script.exception
    assert "No orders yet." in words(script)
    assert "Data as of 18 Mar 2026, 4:30 pm (Europe/Berlin)" in words(script)
    assert not script.metric


@pytest.mark.parametrize(
    "place",
    [
        replace(AT_THIS_MACHINE, server_address="0.0.0.0"),
        replace(AT_THIS_MACHINE, host="dashboards.example"),
        replace(AT_THIS_MACHINE, is_forwarded=True),
    ],
)
def test_away_from_this_machine_nobody_signs_in(
    app: App, request_context: Callable[[RequestContext], None], place: RequestContext
) -> None:
    request_context(place)
    script = app()

    assert script.header[0].value == "Sign-in is not possible here"
    assert not script.selectbox
    assert not script.metric


def test_who_signed_in_is_out_as_soon_as_the_request_is_from_elsewhere(
    app: App, request_context: Callable[[RequestContext], None]
) -> None:
    script = overview(app(), NEW_YORK)
    request_context(replace(AT_THIS_MACHINE, host="dashboards.example"))

    assert not script.run().metric
    assert script.header[0].value == "Sign-in is not possible here"


def test_a_release_with_a_real_tenant_has_no_demo_sign_in(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    publish_house(Settings(home=tmp_path), semantic_manifest, is_demo=False)
    script = app(home=tmp_path)

    assert "works only while every shop of the release is demo data" in words(script)
    assert not script.selectbox


def test_without_a_release_the_page_says_what_to_run(app: App, tmp_path: Path) -> None:
    script = app(home=tmp_path)

    assert script.header[0].value == "Nothing to show yet"
    assert script.code[0].value == "facet run"


def test_a_new_release_is_picked_up_while_somebody_looks(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    settings = Settings(home=tmp_path)
    first = publish_house(settings, semantic_manifest)
    script = overview(app(home=tmp_path, **MARCH), NEW_YORK)
    assert first.id.replace("-", "\\-") in words(script)

    more = Order(order_id=9, day=ORDERS[0].day, gross="9.60")
    second = publish_house(settings, semantic_manifest, orders=(*ORDERS, more))
    script.run()

    assert second.id.replace("-", "\\-") in words(script)
    assert tiles(script)["Net sales"][0] == "$1,100.00"


def test_who_is_no_longer_in_the_release_may_not_look(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    settings = Settings(home=tmp_path)
    publish_house(settings, semantic_manifest)
    script = overview(app(home=tmp_path), NEW_YORK)
    publish_house(settings, semantic_manifest, staff=[(1, 12, None, "Ben Ode", "owner", True)])
    script.run()

    assert script.header[0].value == "You cannot see this"
    assert not script.metric


def test_a_tenant_whose_tests_failed_is_told_of_what_time_its_numbers_are(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    settings = Settings(home=tmp_path)
    publish_house(settings, semantic_manifest)
    failed = FailedTest(name="grain", rows=1, tenant_ids=(NEW_YORK,))
    publish_house(settings, semantic_manifest, audit=Audit(failed=(failed,)))
    script = app(home=tmp_path)

    message = "The newest data did not pass its tests. What you see is of Mar 18, 2026, 11:30 AM."
    assert message in words(overview(script, NEW_YORK))
    assert tiles(script)["Net sales"][0] == "$6,690.40"


def test_signing_out_ends_it(app: App) -> None:
    script = overview(app(**MARCH), NEW_YORK)
    script.button(key="sign-out").click().run()

    assert not script.metric
    assert script.header[0].value == "Sign in"
    assert script.query_params == {}


def test_names_of_shops_and_people_format_nothing(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    order = Order(order_id=1, day=ORDERS[0].day, gross="1", channel="**<a href=x>x</a>** $1$")
    staff = [(1, 11, None, "*Ada* :material/lock:", "owner, <b>lead</b>", True)]
    publish_house(Settings(home=tmp_path), semantic_manifest, orders=[order], staff=staff)
    script = overview(app(home=tmp_path), NEW_YORK)

    assert "owner, \\<b\\>lead\\</b\\>" in words(script)
    assert "material/lock:" not in words(script)
    cell = script.table[0].value.iloc[0, 0]
    assert cell == "\\*\\*\\<a href=x\\>x\\</a\\>\\*\\* \\$1\\$"


def test_both_pages_show_the_release_they_read(app: App, house: Release) -> None:
    script = overview(app(), NEW_YORK)
    for _ in range(2):
        assert f"release {house.id.replace('-', chr(92) + '-')}" in words(script)
        assert "Data as of Mar 18, 2026, 11:30 AM (America/New\\_York)" in words(script)
        script.switch_page(SALES).run()

"""What the month is forecast to end at, on Overview and Sales: said to be modelled, or why not."""

import pytest

from facet.release import Release
from tests.dashboards.reading import MARCH, App, HouseWith, opener, page_text, table
from tests.facet.reporting import house_forecast
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON

#: A period that is over.
_OVER = {"period": "custom", "from": "2026-03-01", "to": "2026-03-17"}
PAGES = ("app_pages/overview.py", "app_pages/sales.py")


@pytest.fixture(scope="module")
def forecast_house(house_with: HouseWith) -> Release:
    """The house with its forecasts."""
    return house_with(house_forecast.make)


@pytest.mark.parametrize("page", PAGES)
def test_a_forecast_is_told_with_its_interval_and_what_is_so_far(
    app: App, forecast_house: Release, page: str
) -> None:
    script = opener(app, forecast_house, page, **MARCH)(NEW_YORK)
    said = page_text(script).replace("\\", "")

    assert "Net sales this month: about $1,590.40 by Mar 31, 2026 (modelled)" in said
    assert "$1,090.40 by the end of Mar 17, 2026 · nine times in ten $1,190.40 to $1,990.40" in said
    assert "Orders this month: about 8, nine times in ten 5 to 9 (modelled)." in said
    assert table(script, "Windows") == [
        ["This month", "14", "26", "$90.00", "$150.00", "$120.00", "90.0%"]
    ]


def test_on_its_first_day_a_period_has_nothing_yet(app: App, forecast_house: Release) -> None:
    script = opener(app, forecast_house, PAGES[0], **MARCH)(NEW_YORK)
    said = page_text(script.pills(key="choice-forecast-net_sales").set_value("week").run())

    assert "Net sales this week: about $700.00 by Mar 24, 2026 (modelled)" in said.replace("\\", "")
    assert "its first day is not over yet · nine times in ten" in said
    assert "$0.00 by the end of" not in said


def test_why_no_forecast_is_shown_is_said_in_the_readers_language(
    app: App, forecast_house: Release
) -> None:
    opened = opener(app, forecast_house, PAGES[0], **MARCH)
    saigon, nobody = page_text(opened(SAIGON)), page_text(opened(EMPTY))

    assert "Doanh thu thuần, Tháng này: không hiển thị dự báo." in saigon
    assert "mô hình lệch nhiều hơn so với lấy đúng các ngày này của năm trước" in saigon
    assert "ước tính bằng mô hình" not in saigon
    assert "modelled" not in nobody


def test_parts_of_a_shop_and_days_that_are_over_have_no_forecast(
    app: App, forecast_house: Release
) -> None:
    def said(page: str = PAGES[0], **address: str) -> str:
        return page_text(opener(app, forecast_house, page, **{**MARCH, **address})(NEW_YORK))

    narrowed = said(buyer="new")
    assert "this month: about" not in narrowed
    assert "The forecast (modelled) is of the whole shop: clear the filters to see it." in narrowed
    assert "modelled" not in said(**_OVER)
    assert "modelled" not in said(PAGES[1], measure="units")

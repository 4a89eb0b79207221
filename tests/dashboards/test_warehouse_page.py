"""The page Warehouse: runs, slow nodes, failed tests, growth and quarantine, by tenant."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from facet.config import Settings
from facet.release import Audit, FailedTest, Release
from facet.reporting.screen.pages.warehouse.data import causes
from facet.reporting.screen.session.view import View
from tests.dashboards.driver import PHONE, open_dashboard
from tests.dashboards.reading import App, cells, listed, open_page, tiles, words
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, publish_house

WAREHOUSE = "app_pages/warehouse.py"


def test_tiles_tell_the_release_and_its_runs(app: App, house: Release) -> None:
    script = open_page(app(), NEW_YORK, WAREHOUSE)

    file = house.tenant(NEW_YORK)
    size = f"{round(file.size_bytes / 1e6, 1):g} MB"
    assert tiles(script) == {
        "Rows": (f"{sum(file.rows.values()):,}", size),
        "Tests passed": (f"{house.audit.passed:,}", "failing: 0"),
        "Oldest data": ("16 min", "a run took 20.25 s"),
        "Failed runs": ("1", "of 5"),
    }


def test_lists_have_what_is_slow_and_what_failed(app: App) -> None:
    script = open_page(app(), NEW_YORK, WAREHOUSE)

    assert listed(script, "Name") == [
        ["fct_sales_ledger", "Model", "1.26", "–", "4.00", "5"],
        ["dim_dates", "Model", "0.50", "0.40", "0.75", "5"],
        ["grain_fct_orders", "Test", "–", "0.10", "0.10", "1"],
    ]
    assert listed(script, "Test") == [
        ["failed_at_1", "Mar 16, 2026", "Mar 1, 2026", "2", "3", "1,234"]
    ]


def test_another_tenant_reads_its_own_in_vietnamese(app: App) -> None:
    script = open_page(app(), SAIGON, WAREHOUSE)

    assert script.header[0].value == "Kho dữ liệu"
    assert [row[0] for row in listed(script, "Kiểm tra")] == ["failed_at_2"]
    assert [row[:2] for row in cells(script.dataframe[-1])] == [["Lỗi", "Lạ_tại_2."]]


def test_causes_are_told_beside_the_week_before_and_a_day_without_rows_is_0(
    house: Release,
) -> None:
    view = View.of(fixtures.sign_in(house, NEW_YORK), house, "en")
    found = [(one.reason, one.rows, one.rows_before, one.course) for one in causes(view)]
    assert found == [
        ("Unknown_at_1.", 1, 4, (4.0, 0.0, 1.0)),
        ("No cost.", 0, 0, (0.0, 2.0, 0.0)),
    ]


def test_without_history_the_page_says_when_it_begins(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    def without_history(connection: Any) -> list[str]:
        for mart in ("run_days", "node_timings", "failed_tests", "release_days"):
            connection.execute(f"delete from facet_marts.rpt_{mart}")
        connection.execute("delete from facet_marts.rpt_quarantine_days")
        return []

    publish_house(Settings(home=tmp_path), semantic_manifest, more=without_history)
    script = open_page(app(home=tmp_path), NEW_YORK, WAREHOUSE)

    said = words(script)
    assert "The history begins with the day after the first run" in said
    assert "None has failed" in said
    assert tiles(script)["Oldest data"][0] == "–"
    assert tiles(script)["Failed runs"][0] == "–"
    assert not script.dataframe


def test_a_tenant_without_rows_of_its_own_has_the_runs_alone(app: App) -> None:
    script = open_page(app(), EMPTY, WAREHOUSE)
    assert tiles(script)["Oldest data"][0] == "16 min"
    assert len(script.dataframe) == 1


def test_tests_that_fail_now_are_told_from_the_release(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    settings = Settings(home=tmp_path)
    publish_house(settings, semantic_manifest)
    bad = (FailedTest(name="orders_are_whole", rows=1, tenant_ids=(SAIGON,)),)
    publish_house(settings, semantic_manifest, audit=Audit(passed=6, failed=bad))

    script = open_page(app(home=tmp_path, lang="en"), SAIGON, WAREHOUSE)
    said = words(script)
    assert "These fail now" in said
    assert "orders\\_are\\_whole" in said
    assert tiles(script)["Tests passed"][1] == "failing: 1"

    other = open_page(app(home=tmp_path), NEW_YORK, WAREHOUSE)
    assert "orders" not in words(other)
    assert tiles(other)["Tests passed"][1] == "failing: 0"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_it_fits(browser: Browser, address: str, scheme: str) -> None:
    with open_dashboard(browser, address, color_scheme=scheme, **PHONE) as dashboard:
        dashboard.open("/warehouse?lang=en")
        dashboard.sign_in("Ngọc Lan")
        expect(dashboard.part("tile-oldest")).to_contain_text("20.25 s")
        expect(dashboard.part("chart-growth-row_count")).to_contain_text("in the last release")
        width = dashboard.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth"
        )
        assert width <= 390

"""The page Migration: what it says for two tenants, and where there is nothing to say yet."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from facet.config import Settings
from facet.release import Release
from facet.reporting.screen.session.view import View
from tests.dashboards.driver import PHONE, open_dashboard
from tests.dashboards.reading import App, cells, open_page, sign_in, table, tiles, words
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, publish_house

MIGRATION = "app_pages/migration.py"


def test_the_first_sentences_say_how_far_it_is_and_what_is_missing(app: App) -> None:
    script = open_page(app(), NEW_YORK, MIGRATION)

    assert script.subheader[0].value == "4 of 7 old tables are migrated"
    missing = "Missing from the connected database: 1 of 6 tables of the new schema (workflow)."
    assert missing in words(script)
    assert tiles(script) == {
        "Migrated": ("4", "57.1% of 7"),
        "In progress": ("1", "14.3% of 7"),
        "Not migrated": ("2", "28.6% of 7"),
        "New tables that exist": ("5", "83.3% of 6"),
    }


def test_what_is_left_begins_with_what_should_be_there_and_is_not(app: App) -> None:
    script = open_page(app(), NEW_YORK, MIGRATION)

    assert "**What is left: 4 tables**" in words(script)
    assert table(script, "Old table") == [
        ["db_workflow", "Workflow", "High", "Migrated", "workflow", "No", "–", "Nothing yet", "–"],
        ["db_promo_two", "Products", "Medium", "In progress", "stock", "Yes", "3", "–", "Products"],
        ["db_warning", "Staff", "Medium", "Not migrated", "Nothing decided", "–", "–",
         "alerts: Alerts of staff", "Operations"],
        ["res_order", "Orders", "Low", "Not migrated", "Archive", "–", "–",
         "To be verified first", "–"],
    ]  # fmt: skip
    moved = cells(script.expander[0].dataframe[0])
    assert [row[0] for row in moved] == ["db_order", "db_order_detail", "kv_store"]
    assert moved[1][4:7] == ["order_items", "Yes", "1,500"]
    assert moved[2][4] == "No longer needed"
    assert [row[-1] for row in moved] == ["Overview, Sales", "Products", "–"]


def test_another_tenant_reads_its_own_rows_in_vietnamese(app: App) -> None:
    script = open_page(app(), SAIGON, MIGRATION)

    assert script.header[0].value == "Chuyển đổi dữ liệu"
    assert script.subheader[0].value == "Đã chuyển 4 trong 7 bảng cũ"
    left = table(script, "Bảng cũ")
    assert left[1] == [
        "db_promo_two", "Sản phẩm", "Trung bình", "Đang chuyển", "stock", "Có", "6", "–",
        "Sản phẩm",
    ]  # fmt: skip
    assert left[2][-2:] == ["alerts: Cảnh báo nhân viên", "Vận hành"]
    assert cells(script.expander[0].dataframe[0])[1][6] == "3.000"
    assert table(script, "Tiêu chí")[1][:3] == ["Toàn vẹn khóa ngoại", "85,7%", "6/7"]
    offenders = cells(script.expander[1].dataframe[0])
    assert offenders == [["workflow", "", "không tồn tại", "–"]]


def test_the_scorecard_has_shares_counts_and_the_day_before(app: App) -> None:
    script = open_page(app(), NEW_YORK, MIGRATION)

    assert "As measured on Mar 18, 2026" in words(script)
    assert table(script, "Measure") == [
        ["Tables and columns exist", "96.7%", "29 of 30", "Worse: was 30 of 30"],
        ["Foreign keys hold", "71.4%", "5 of 7", "Unchanged"],
        ["Tenants are kept apart", "99.9%", "2,005 of 2,006", "Unchanged"],
    ]
    assert (
        table(open_page(app(lang="en"), SAIGON, MIGRATION), "Measure")[1][3] == "Better: was 5 of 7"
    )


def test_offenders_are_told_exactly_by_measure(app: App) -> None:
    script = open_page(app(), NEW_YORK, MIGRATION)

    assert script.expander[1].label == "What is not as it should be: 3"
    groups: list[Any] = [*script.get("button_group")]
    measures = next(group for group in groups if group.key == "choice-offenders")
    measures.set_value("foreign_keys").run()
    assert cells(script.expander[1].dataframe[0]) == [
        ["order_items", "tenant_id, order_id", "is not declared as a foreign key to orders", "–"],
        ["stock", "product_id", "refers to no row of product", "1,234"],
    ]


def test_the_diagram_is_of_a_domain_and_begins_where_something_is_missing(app: App) -> None:
    script = open_page(app(), NEW_YORK, MIGRATION)

    chosen = script.selectbox(key="choice-domain")
    assert chosen.value == "workflow"
    assert chosen.options[:2] == ["Workflow · 1, missing: 1", "Orders · 2"]
    assert 'label="workflow\\nmissing"' in script.get("graphviz_chart")[0].proto.spec
    chosen.set_value("orders").run()
    dot = script.get("graphviz_chart")[0].proto.spec
    assert 'label="order_items\\nrows: 1,500"' in dot
    assert 'label="stock\\nProducts"' in dot
    assert "Not drawn: sys\\_tenants, which most tables refer to." in words(script)


def test_upkeep_is_told_in_numbers(app: App) -> None:
    script = open_page(app(), NEW_YORK, MIGRATION)

    assert table(script, "Table")[:2] == [
        ["order_items", "1,500", "Not within ten years"],
        ["orders", "10", "Mar 2027"],
    ]
    assert "Never read: 2 indexes. 1 of these (1.3 MB) serve no foreign key" in words(script)
    assert "Reads counted since Jan 5, 2026" in words(script)
    assert cells(script.expander[2].dataframe[0])[1] == [
        "items_by_order", "order_items", "btree (order_id)", "640 B", "a foreign key",
    ]  # fmt: skip
    assert table(script, "Key") == [["crm_personal_keys.id", "integer", "25.0%", "May 2031"]]


def test_where_the_catalogue_was_not_read_nothing_is_said_of_what_exists(app: App) -> None:
    script = open_page(app(), EMPTY, MIGRATION)

    assert script.subheader[0].value == "4 of 7 old tables are migrated"
    assert list(tiles(script)) == ["Migrated", "In progress", "Not migrated"]
    assert "has not been looked up yet" in words(script)
    assert [row[0] for row in table(script, "Old table")] == [
        "db_promo_two", "db_warning", "res_order",
    ]  # fmt: skip
    assert len(script.table[0].value.columns) == 7
    assert "Missing from" not in words(script)
    assert not script.get("graphviz_chart")


def test_a_release_from_before_says_what_to_run(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    publish_house(Settings(home=tmp_path), semantic_manifest, has_schema=False)
    script = open_page(app(home=tmp_path), NEW_YORK, MIGRATION)

    assert "it was made before this page" in words(script)
    assert script.code[0].value == "facet run"
    assert not script.metric
    assert "Data as of" in words(script)


def test_a_choice_of_days_outlasts_the_page_that_has_none(app: App) -> None:
    script = sign_in(app(period="month_to_date", lang="en"), NEW_YORK)
    script.switch_page(MIGRATION).run()
    assert script.query_params == {"lang": "en"}
    assert not [box for box in script.selectbox if box.key == "choice-period"]

    script.switch_page("app_pages/overview.py").run()
    assert script.query_params == {"period": "month_to_date", "lang": "en"}
    assert tiles(script)["Net sales"][0] == "$1,090.40"


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (("on_delete", None, "cascade", "restrict"), "khi xóa thì cascade, lẽ ra restrict"),
        (("other_type", None, "text", "bigint"), "có kiểu text, lẽ ra bigint"),
        (("unowned", None, None, None), "bị để trống"),
        (
            ("unvalidated", "orders", None, None),
            "đã khai báo là khóa ngoại tới orders nhưng chưa được xác thực",
        ),
        (("is something new", None, None, None), "is something new"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_problems_are_told_in_the_readers_language(
    house: Release, problem: tuple[str | None, ...], message: str
) -> None:
    from facet.reporting.screen.pages.migration.scorecard import describe_problem

    view = View.of(fixtures.sign_in(house, SAIGON), house, "vi")
    names = ("problem", "target_table", "found_value", "due_value")
    assert describe_problem(view, dict(zip(names, problem, strict=True))) == message


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_diagram_moves_within_its_frame(
    browser: Browser, address: str, scheme: str
) -> None:
    with open_dashboard(browser, address, color_scheme=scheme, **PHONE) as dashboard:
        dashboard.open("/migration?lang=en")
        dashboard.sign_in("Ngọc Lan")
        expect(dashboard.part("headline")).to_contain_text("4 of 7 old tables are migrated")
        dashboard.choose("domain", "Orders · 2")

        boxes = dashboard.part("diagram").locator("svg g.node")
        expect(boxes).to_have_count(3)
        expect(boxes.filter(has_text="order_items")).to_contain_text("rows: 3,000")
        missing = dashboard.part("diagram").locator("svg g.edge path[stroke-dasharray]")
        expect(missing).to_have_count(1)
        letters = boxes.first.locator("text").first.bounding_box()
        assert letters
        assert letters["height"] > 11
        width = dashboard.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth"
        )
        assert width <= 390
        frame = dashboard.part("diagram").bounding_box()
        assert frame
        assert frame["x"] >= 0
        assert frame["x"] + frame["width"] <= 390
        assert dashboard.tile("migrated") == "4"

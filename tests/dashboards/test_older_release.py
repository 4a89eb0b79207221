"""A shop whose file was made by an older version: every page opens, and says what comes later."""

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import Settings
from facet.release import Audit, FailedTest, Release
from facet.reporting.screen.registry import PAGES
from tests.dashboards.reading import App, sign_in, tiles, words
from tests.facet.reporting import house_whole
from tests.facet.reporting.house import NEW_YORK, SAIGON, publish_house

#: The metrics of an older version, as dbt wrote them.
MANIFEST: Final = Path(__file__).parent.parent / "facet" / "reporting" / "manifest_before.json.gz"
#: Marts that it did not have.
_NEWER_MARTS: Final = (
    *("dim_events", "fct_inbound_shipments", "fct_lead_stages", "fct_lifetime_values"),
    *("fct_conversations", "fct_message_hours", "fct_sms_contacts", "fct_sms_conversations"),
    *("fct_sms_hours", "rpt_sms_senders"),
    *("fct_product_days", "fct_refund_times", "fct_returns", "fct_service_cases"),
    *("fct_criterion_scores", "fct_evaluations", "fct_person_evaluations"),
    *("fct_cover_hours", "fct_schedule_changes", "fct_time_off_requests"),
    *("fct_shifts", "fct_shipments", "fct_stock_out_days", "fct_tasks", "rpt_balances_due"),
    "rpt_campaign_path_steps",
    *("rpt_cohort_months", "rpt_contact_ways", "rpt_customer_batches", "rpt_customer_events"),
    *("rpt_customer_occasions", "rpt_lifetime_fits", "rpt_lifetime_hold_outs", "rpt_materials"),
    *("rpt_forecast_back_tests", "rpt_forecast_days", "rpt_forecasts"),
    *("rpt_milestones", "rpt_projects", "rpt_recurring_turns", "rpt_task_days"),
    "rpt_task_mentions",
    *("rpt_overshipped_lines", "rpt_persons", "rpt_potentials", "rpt_probable_duplicates"),
    *("rpt_product_categories", "rpt_product_customizations", "rpt_product_features"),
    *("rpt_product_set_items", "rpt_product_variants", "rpt_products"),
    *("rpt_quarantine", "rpt_reengagement_batches", "rpt_sales_targets"),
    *("rpt_shipstation_differences", "rpt_shipstation_orders", "rpt_stage_days"),
    *("rpt_stock_differences", "rpt_stones"),
    *("fct_action_hours", "fct_alerts", "fct_late_changes", "fct_log_days"),
    *("fct_webhook_days", "fct_workflow_runs"),
    *("rpt_role_permissions", "rpt_user_permissions", "rpt_users"),
    *("rpt_notes", "rpt_staff_warnings", "rpt_webhook_endpoints"),
    *("fct_link_uses", "rpt_activity_schedule", "rpt_affiliates", "rpt_asset_folders"),
    *("rpt_brand_items", "rpt_marketing_assets", "rpt_marketing_channels"),
    *("rpt_reference_documents", "rpt_utm_links", "rpt_promotion_terms"),
)
#: What its marts did not have: these columns, and of marts without any all.
NEWER: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(_NEWER_MARTS, ()),
    "dim_dates": ("fiscal_month_start_date", "fiscal_year_name", "retail_week_number"),
    "dim_products": ("top_category_id",),
    "dim_tenants": ("calendar_type", "country_code", "fiscal_year_label"),
    "fct_leads": ("assigned_at_local",),
    "fct_order_lines": ("has_unit_cost",),
    "fct_orders": ("ordered_at_local",),
    "fct_payments": ("is_order_counted",),
    "fct_promoted_orders": ("ordered_at_local", "promotion_key", "promotion_name"),
    "fct_promotion_redemptions": ("is_use", "redeemed_at_local"),
    "fct_promotion_violations": (
        *("allowed_count", "allowed_from_at", "allowed_names", "allowed_until_at", "excluded_name"),
        *("found_at", "found_count", "found_name"),
    ),
    "fct_quarantined_rows": (
        *("cause", "group_key", "is_counted", "month_start_date", "next_step_vi", "occurred_at"),
        *("reason_vi", "severity", "source_column"),
    ),
    "fct_refunds": ("is_given_back", "refund_type", "removed_sale_amount"),
    "fct_replies": ("asked_at_local",),
    "fct_sales_credits": ("dated_at_local",),
    "fct_sales_ledger": (
        *("category_id", "dated_at_local", "has_unit_cost", "is_order_counted"),
        *("occurred_at_local", "ordered_at_local", "payment_method"),
    ),
    "fct_work_hours": ("ended_at_local",),
    "rpt_campaign_goals": ("actual_to_date_value", "elapsed_event_code"),
    "rpt_campaign_paths": ("path_key",),
    "rpt_migration_tables": ("pages",),
    "rpt_promotions": ("budget_outlook", "is_over", "pace_day_count", "use_count"),
    "rpt_schema_offenders": ("due_value", "found_value", "target_table"),
}
#: Pages that such a file has nothing for.
_WITH_NOTHING: Final = (
    *("customers", "products", "fulfilment", "messages", "projects", "people", "operations"),
    *("administration", "quarantine", "home"),
    *("marketing", "quarantine"),
)
#: Pages that show less of such a file.
_WITH_LESS: Final = ("overview", "sales", "staff", "campaigns", "promotions", "migration")
NOT_YET: Final = {
    NEW_YORK: ("it was made before this page", "Some figures are missing here"),
    SAIGON: ("được tạo trước trang này", "Một số số liệu chưa có ở đây"),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    """A release in which New York is held back with the file of an older version."""
    folder = tmp_path_factory.mktemp("before")
    manifest = folder / "semantic_manifest.json"
    manifest.write_bytes(gzip.decompress(MANIFEST.read_bytes()))
    settings = Settings(home=folder / "home")
    publish_house(settings, manifest, staff=house_whole.STAFF, more=house_whole.make, without=NEWER)
    return publish_house(
        settings,
        semantic_manifest,
        staff=house_whole.STAFF,
        more=house_whole.make,
        audit=Audit(passed=1, failed=(FailedTest(name="grain", rows=1, tenant_ids=(NEW_YORK,)),)),
    )


def open_page(app: App, release: Release, tenant_id: int, page: str, **address: str) -> AppTest:
    script = app(home=release.directory.parent.parent, **address)
    script = sign_in(script, tenant_id).switch_page(f"app_pages/{page}.py").run()
    assert not script.exception
    assert len(script.header) == 1, script.header  # what cannot be shown has a heading of its own
    return script


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_every_page_of_an_older_file_opens_and_says_what_it_lacks(
    app: App, before: Release, page: str
) -> None:
    script = open_page(app, before, NEW_YORK, page)

    nothing, something = NOT_YET[NEW_YORK]
    assert (nothing in words(script)) == (page in _WITH_NOTHING)
    assert (something in words(script)) == (page in _WITH_LESS)
    assert bool(script.metric) == (page not in (*_WITH_NOTHING, "explorer"))  # it has no tiles


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_another_shop_of_the_same_release_has_all_of_it(
    app: App, before: Release, page: str
) -> None:
    script = open_page(app, before, SAIGON, page)

    for message in NOT_YET[SAIGON]:
        assert message not in words(script)


def test_an_older_file_shows_the_numbers_that_it_has(app: App, before: Release) -> None:
    march = {"period": "month_to_date", "compare": "before"}
    shown = {
        name: now
        for name, (now, _) in tiles(open_page(app, before, NEW_YORK, "overview", **march)).items()
    }
    assert (shown["Net sales"], shown["Orders"]) == ("$1,090.40", "3")

    shown = {
        name: now
        for name, (now, _) in tiles(open_page(app, before, NEW_YORK, "sales", **march)).items()
    }
    assert shown["Units"] == "4"
    assert "Refunds paid" not in shown  # a metric that it was made before

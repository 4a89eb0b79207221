"""Affiliates, links, channels, files, brands, activities and terms: as the tables say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same, measured, rows
from tests.project.conftest import NOW
from tests.project.marketing_figures import FIGURES, expected_marketing, served_marketing


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_marketing_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_marketing(demo_database, NOW)
    assert {figure for _, figure, *_ in expected} == FIGURES
    assert_same(expected, served_marketing(publish(demo_database, engine)))


def test_affiliates_have_what_their_links_have_on_the_page_of_campaigns(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    served = publish(demo_database, "duckdb")
    metrics = ["affiliate_orders", "affiliate_net_sales", "affiliate_commission"]
    by_metric = measured(served, metrics, ["link_use__affiliate_id"])
    found = {
        (tenant, int(affiliate)): tuple(by_metric[tenant, name, affiliate] for name in metrics)
        for tenant, name, affiliate in by_metric
        if affiliate is not None and name == metrics[0] and by_metric[tenant, name, affiliate]
    }
    links = rows(
        served.release,
        "select tenant_id, affiliate_id, sum(order_count), sum(net_sales_amount),"
        " sum(commission_amount) from rpt_campaign_links where affiliate_id is not null"
        " group by all having sum(order_count) > 0",
    )

    assert found
    assert found == {(tenant, affiliate): tuple(sums) for tenant, affiliate, *sums in links}

"""What is known of a metric stands in its definition."""

import gzip
import json
from pathlib import Path
from typing import Any

import yaml

from facet.config import Settings
from facet.reporting.query.catalogue import Catalogue, catalogue_of
from tests.facet.reporting.house import publish_house

PROJECT = Path(__file__).parents[3]
QUOTIENTS = {
    *("budget_used", "usage_used", "redemption_rate", "order_target_attainment"),
    *("campaign_average_order_value", "campaign_gross_margin_rate", "median_days_to_convert"),
}
LESS_IS_BETTER = {
    *("median_next_reply_minutes", "median_first_reply_business_minutes", "credited_returns"),
    *("median_next_reply_business_minutes", "median_days_to_convert", "campaign_returns"),
    *("rejected_attempts", "returned_units", "cancelled_orders"),
}
#: What a definition may say besides texts.
KEYS = {
    *("format", "choose", "is_ratio", "is_nullable", "is_additive", "lower_is_better"),
    *("whole_order_only", "as_of", "rate_of", "costs_of", "counts_later_returns", "is_share"),
    "target",
}


def definitions() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((PROJECT / "models" / "semantic").glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found |= {metric["name"]: metric for metric in document.get("metrics", [])}
    return found


def test_every_derived_metric_says_whether_it_is_a_ratio() -> None:
    derived = {name: m for name, m in definitions().items() if m["type"] != "simple"}

    flags = {name: metric["config"]["meta"].get("is_ratio") for name, metric in derived.items()}
    assert [name for name, is_ratio in flags.items() if is_ratio is None] == []
    assert {name for name, is_ratio in flags.items() if is_ratio} >= QUOTIENTS
    divided = {
        name
        for name, m in derived.items()
        if m["type_params"]["expr"].startswith("facet_marts.safe_divide(")
    }
    seconds = {name for name in divided if name.startswith("hours_")}  # told in hours
    assert {name for name, is_ratio in flags.items() if is_ratio} == divided - seconds


def test_metrics_of_which_less_is_better_are_marked() -> None:
    marked = {n for n, m in definitions().items() if m["config"]["meta"].get("lower_is_better")}
    assert marked >= LESS_IS_BETTER
    assert marked >= {"returns", "return_rate", "discounts", "balance_due", "cost_of_goods"}
    assert marked.isdisjoint({"net_sales", "orders", "gross_margin", "gross_margin_rate"})


def test_a_definition_says_nothing_that_is_not_known_of_or_names_no_metric() -> None:
    metrics = definitions()
    for metric in metrics.values():
        meta = metric["config"]["meta"]
        keys = {key for key in meta if not key.startswith(("label_", "description_"))}
        assert keys <= KEYS, metric["name"]
        others = {meta.get(key, "net_sales") for key in ("rate_of", "target")}
        assert {*meta.get("costs_of", ()), *others} <= metrics.keys()


def test_a_metric_carries_what_its_definition_says(semantic_manifest: Path) -> None:
    metrics = Catalogue(semantic_manifest.read_text(encoding="utf-8")).metrics

    due = metrics["balance_due"]
    assert (due.as_of, due.whole_order_only, due.lower_is_better) == (True, True, True)
    assert (due.counts_later_returns, metrics["returns"].counts_later_returns) == (None, "as_dated")
    assert metrics["refund_rate"].counts_later_returns == "always"
    assert (metrics["influence_rate"].is_share, metrics["refund_rate"].is_share) == (True, False)
    rate = metrics["gross_margin_rate"]
    assert (rate.rate_of, rate.is_sum, rate.is_amount) == ("net_sales", False, False)
    margin = metrics["gross_margin"]
    assert (margin.is_additive, margin.is_sum, margin.is_amount) == (True, False, True)
    assert margin.costs_of == ("costed_demand_sales", "demand_sales")
    orders = metrics["orders"]
    assert (orders.is_additive, orders.is_sum, orders.as_of) == (False, True, False)
    assert (orders.target, due.target) == ("order_target", None)
    assert metrics["hours_worked"].is_sum
    assert not metrics["median_first_reply_minutes"].is_amount


def test_an_older_file_is_read_as_the_newest_definitions_say(semantic_manifest: Path) -> None:
    older = gzip.decompress((Path(__file__).parent / "manifest_before.json.gz").read_bytes())
    newest = Catalogue(semantic_manifest.read_text(encoding="utf-8"))

    alone = Catalogue(older.decode()).metrics
    assert not alone["taxes"].whole_order_only
    assert not alone["return_rate"].is_sum
    metrics = Catalogue(older.decode(), newest).metrics
    assert metrics["taxes"].whole_order_only
    assert metrics["hours_worked"].is_sum
    assert metrics["gross_margin"].is_sum  # it was one before there were unknown costs
    assert metrics.keys() == alone.keys()


def test_a_further_language_of_metrics_is_a_text_more(semantic_manifest: Path) -> None:
    content = json.loads(semantic_manifest.read_text(encoding="utf-8"))
    [entry] = [metric for metric in content["metrics"] if metric["name"] == "net_sales"]
    entry["config"]["meta"] |= {"label_eo": "Neta vendo", "description_eo": "Post rabatoj."}
    metrics = Catalogue(json.dumps(content)).metrics

    assert metrics["net_sales"].label("eo") == "Neta vendo"
    assert metrics["net_sales"].description("eo") == "Post rabatoj."
    assert metrics["orders"].label("eo") == metrics["orders"].label("en")
    assert metrics["net_sales"].label("vi") == "Doanh thu thuần"


def test_releases_with_the_same_metrics_share_what_was_compiled_of_them(
    tmp_path: Path, semantic_manifest: Path
) -> None:
    other = tmp_path / "manifest.json"
    document = json.loads(semantic_manifest.read_text(encoding="utf-8"))
    document["metrics"][0]["label"] = "Renamed"
    other.write_text(json.dumps(document), encoding="utf-8")
    first, second, third = (
        publish_house(Settings(home=tmp_path / name), manifest)
        for name, manifest in (("1", semantic_manifest), ("2", semantic_manifest), ("3", other))
    )

    assert catalogue_of(first) is catalogue_of(second)
    assert catalogue_of(first) is not catalogue_of(third)

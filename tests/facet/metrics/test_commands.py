"""The commands as an analyst calls them."""

import json
from pathlib import Path

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.metrics.commands import register
from facet.metrics.shop import Shop
from facet.release import current
from facet.reporting.present.question import QuestionError
from facet.reporting.query.catalogue import AmbiguousQuestionError
from facet.reporting.query.unknown_names import UnknownNameError

MARCH = ("--tenant", "1", "--from", "2026-03-01", "--to", "2026-03-18")


@pytest.fixture
def facet(home: Settings) -> typer.Typer:
    app = typer.Typer()
    register(app)
    return app


def said(app: typer.Typer, *arguments: str) -> str:
    outcome = CliRunner().invoke(app, ["metrics", *arguments], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_a_table_is_in_words_and_says_what_it_is_of(facet: typer.Typer) -> None:
    """Options of several values take them one after the other, or with commas between."""
    asked = ("query", "net_sales", "orders", "--by", "month", "channel", *MARCH)
    told = [line.rstrip() for line in said(facet, *asked).splitlines()]

    assert told[:3] == [
        "Month     Channel   Net sales  Orders",
        "Mar 2026  Boutique  $799.90    1",
        "Mar 2026  Website   $290.50    2",
    ]
    assert told[3:5] == ["Hudson & Vale · USD", "Mar 1, 2026 – Mar 18, 2026, 11:30 AM"]
    again = said(facet, "query", "net_sales", "orders", "--by", "month,channel", *MARCH)
    assert [line.rstrip() for line in again.splitlines()] == told


def test_a_table_is_in_the_language_asked_for(facet: typer.Typer) -> None:
    told = said(facet, "query", "net_sales", "--by", "channel", *MARCH, "--language", "vi")
    assert "Doanh thu thuần" in told
    assert "Kênh" in told


def test_files_go_to_standard_output_or_where_they_are_to(
    facet: typer.Typer, tmp_path: Path
) -> None:
    asked = ("query", "orders", "--by", "channel", "--where", "channel=Website", *MARCH)
    assert json.loads(said(facet, *asked, "--format", "json"))["rows"] == [["Website", 2]]
    assert said(facet, *asked, "--format", "csv").splitlines()[1] == "Website,2"
    file = tmp_path / "answer.parquet"
    assert said(facet, *asked, "--format", "parquet", "--output", str(file)) == f"{file}: 1 rows\n"
    assert file.read_bytes()[:4] == b"PAR1"


def test_sql_runs_as_it_is_shown(facet: typer.Typer, home: Settings) -> None:
    asked = ("orders", "--where", "channel=Website", "channel=L'Étoile", *MARCH)
    told = said(facet, "query", *asked, "--sql")
    path = current(home.releases_dir).file_of(1)
    with duckdb.connect(str(path), read_only=True) as file:
        catalog = file.sql("select current_database()").fetchall()[0][0]
        assert file.sql(told.replace('"warehouse"', f'"{catalog}"')).fetchall() == [(2,)]


def test_a_value_that_nothing_has_is_told_with_those_there_are(facet: typer.Typer) -> None:
    asked = ("query", "orders", "--by", "channel", "--where", "buyer_type=First", *MARCH)
    told = said(facet, *asked).splitlines()
    assert "Nothing has First as its Buyer; there is: guest, new, repeat." in told
    assert json.loads(said(facet, *asked, "--format", "json"))["slips"] != []
    assert "Nothing has" not in said(facet, *asked[:5], "buyer_type=new", *MARCH)


def test_metrics_are_found_by_a_word_a_line_each(facet: typer.Typer) -> None:
    found = said(facet, "list", "GUEST", "--tenant", "1").splitlines()
    assert "new_customer_orders" not in found[0]
    assert all("guest" in line.casefold() for line in found[1:])
    assert 0 < len(found[1:]) < 20


def test_metrics_and_dimensions_are_listed_for_who_asks(facet: typer.Typer) -> None:
    everything = said(facet, "list", "--tenant", "1")
    assert "net_sales" in everything
    assert "campaign_orders" in everything
    bens = said(facet, "list", "--tenant", "1", "--as", "12@house.example")
    assert "credited_net_sales" in bens
    assert " net_sales " not in bens
    assert "ledger_entry__channel_name" in said(facet, "dimensions", "orders", "--tenant", "1")
    with pytest.raises(UnknownNameError):
        said(facet, "dimensions", "orders", "--tenant", "1", "--as", "12@house.example")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--period", "last_month_but_one"), "last_30_days"),
        (("--compare", "yesterday"), "weekday"),
        (("--where", "Website"), "NAME=VALUE"),
        (("--language", "xx"), "en, vi"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_can(
    facet: typer.Typer, wrong: tuple[str, str], told: str
) -> None:
    outcome = CliRunner().invoke(facet, ["metrics", "query", "orders", "--tenant", "1", *wrong])
    assert outcome.exit_code == 2
    assert told in " ".join(outcome.output.split())


def test_what_leaves_open_what_is_meant_is_refused_with_what_there_is(home: Settings) -> None:
    shop = Shop.of(1)
    with pytest.raises(QuestionError, match="cannot be compared") as refused:
        shop.query(["orders"], by=["month"], compare="year")
    assert "year_to_date" in refused.value.next_step
    with pytest.raises(AmbiguousQuestionError, match="Group by these") as open_:
        shop.query(["campaign_orders"])  # of a mart that this release lacks
    assert {refused.value.exit_code, open_.value.exit_code} == {2}


def test_what_dbt_parsed_is_guarded_and_told_where_it_is_not_there(
    facet: typer.Typer, semantic_manifest: Path, tmp_path: Path
) -> None:
    """`mf` refuses then what would add alternatives up; that it does, test_metric_tools shows."""
    path = tmp_path / "semantic_manifest.json"
    with pytest.raises(ConfigurationError, match="Run `dbt parse`"):
        said(facet, "guard", str(path))
    path.write_bytes(semantic_manifest.read_bytes())
    parsed = {metric["name"]: metric for metric in json.loads(path.read_text())["metrics"]}

    told = said(facet, "guard", str(path))

    guarded = {metric["name"]: metric for metric in json.loads(path.read_text())["metrics"]}
    changed = {name for name, metric in parsed.items() if guarded[name] != metric}
    assert told == f"{path}: {len(changed)} metrics add no alternatives up.\n"
    assert {"lift", "goal_actual", "campaign_leads", "sales_of_promotion"} <= changed
    assert not {"net_sales", "campaign_gross_margin", "redemptions"} & changed
    assert said(facet, "guard", str(path)) == told

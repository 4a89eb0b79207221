"""What `facet new` writes keeps conventions and lint at once; what is there already it leaves."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
import yaml

from facet.config import PROJECT_DIR
from facet.errors import ConfigurationError
from facet.reporting import documentation
from facet.scaffold.drafts import Draft, write
from facet.scaffold.mart import draft_mart
from facet.scaffold.metric import draft_ratio, draft_sum
from facet.scaffold.page import draft_page
from facet.scaffold.source import draft_source
from facet.staging import declared_tables
from facet.staging import write as render_staging
from tests.conventions.__main__ import breaches

_MART: Final[dict[str, Any]] = {
    "area": "sales",
    "reads": "int_sales__orders_placed",
    "keys": ["order_id"],
    "day": "order_date",
    "row": "placed order",
    "english": "Orders placed",
    "vietnamese": "Đơn đã đặt",
    "permission": "facet.sales",
}
_PAGE: Final[dict[str, Any]] = {
    "shown": ["gross_margin"],
    "section": "sales",
    "icon": "savings",
    "permission": "facet.sales",
    "after": "sales",
    "english": "Margins",
    "vietnamese": "Biên lợi nhuận",
    "about_english": "What is left of net sales.",
    "about_vietnamese": "Phần còn lại của doanh thu thuần.",
}
_PLACING: Final = {"shown": ["placing_share"], "after": "margins", "english": "Placing"}
_TEXTS: Final = {"english": "A", "vietnamese": "B"}
_CLAIMS: Final = """
create table shipment_claims (
    id bigint primary key, tenant_id bigint not null, customer_id bigint, reason text,
    updated_at timestamptz
);
comment on table shipment_claims is 'What a customer claims of a parcel. One row per claim.';
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what conventions, documents and staging look at, in which all is begun."""
    tree = tmp_path_factory.mktemp("tree")
    for folder in ("models", "snapshots", "seeds", "docs", "facet", "dashboards", "tests"):
        without = shutil.ignore_patterns("__pycache__", "images", "*.ttf", "*.gz")
        shutil.copytree(PROJECT_DIR / folder, tree / folder, ignore=without)
    for name in ("dbt_project.yml", "pyproject.toml", ".sqlfluff", ".sqlfluffignore"):
        shutil.copy(PROJECT_DIR / name, tree)
    return tree


def _run(tree: Path, *command: str) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_what_is_begun_keeps_conventions_and_lint_and_is_documented(tree: Path) -> None:
    begins: tuple[Callable[[], Draft], ...] = (
        lambda: draft_mart(tree, "fct_placements", **_MART),
        lambda: draft_sum(tree, "placing_orders", mart="fct_placements", column=None, **_TEXTS),
        lambda: draft_sum(
            tree, "money_paid_in", mart="fct_sales_ledger", column="amount", **_TEXTS
        ),
        lambda: draft_ratio(tree, "placing_share", part="placing_orders", whole="orders", **_TEXTS),
        lambda: draft_page(tree, "margins", **_PAGE),
        lambda: draft_page(tree, "placing", **_PAGE | _PLACING),
    )
    drafts = []
    for begin in begins:
        drafts.append(begin())
        write(tree, drafts[-1])
    render_staging(tree)

    assert breaches(tree) == []
    new = [str(path) for draft in drafts for path in draft.new]
    changed = [str(path) for draft in drafts for path in draft.changed]
    python = [path for path in [*new, *changed] if path[-3:] == ".py"]
    assert _run(tree, "ruff", "check", *python) == ""
    assert _run(tree, "ruff", "format", "--check", *python) == ""
    assert _run(tree, "sqlfluff", "lint", "models/marts/sales/fct_placements.sql") == ""
    sections = documentation.render(tree).split("\n## ")
    told = {section.partition("\n")[0]: section for section in sections}
    for metric in ("placements", "placing_orders", "money_paid_in", "placing_share"):
        assert f"`tests/project/test_{metric}.py` against\n`tests/oracle/{metric}.sql`" in (
            " ".join([told[metric]])
        )
    assert "`margins`" in (tree / "docs/uses.md").read_text()
    menu = (tree / "facet/reporting/screen/registry.py").read_text()
    assert "    SALES,\n    MARGINS,\n" in menu
    for path in ("facet/rights/codes.py", "facet/demo/sql/02_people.sql", "docs/operations.md"):
        assert "Overview, Sales, Margins, Placing, Customers, " in (tree / path).read_text()
    assert all(draft.left for draft in drafts)
    scripts = {
        name: (tree / f"dashboards/app_pages/{name}.py").read_text()
        for name in ("margins", "placing")
    }
    lists = {name: "orders_in_period(" in script for name, script in scripts.items()}
    assert lists == {"margins": True, "placing": False}  # a share of a mart's rows is of no orders


@pytest.mark.parametrize(
    ("begin", "told"),
    [
        (lambda at: draft_mart(at, "placements", **_MART), "fct_<events>"),
        (lambda at: draft_mart(at, "fct_Placements", **_MART), "lower-case"),
        (lambda at: draft_mart(at, "fct_orders", **_MART), "Metric orders: It is there"),
        (lambda at: draft_mart(at, "fct_a", **_MART | {"day": "ordered_at"}), "Its dates are"),
        (lambda at: draft_mart(at, "fct_a", **_MART | {"keys": ["colour"]}), "no such column"),
        (lambda at: draft_mart(at, "fct_a", **_MART | {"reads": "fct_b"}), "No mart"),
        (lambda at: draft_sum(at, "net_sales", mart="fct_orders", column=None, **_TEXTS), "there"),
        (lambda at: draft_ratio(at, "a", part="orders", whole="b", **_TEXTS), "Metric b"),
        (lambda at: draft_page(at, "a", **_PAGE | {"shown": ["b"]}), "Metric b"),
        (lambda at: draft_page(at, "a", **_PAGE | {"permission": "b"}), "Permission b"),
        (lambda at: draft_page(at, "a", **_PAGE | {"permission": "facet.export"}), "opens no page"),
        (lambda at: draft_page(at, "a", **_PAGE | {"after": "b"}), "0 times"),
        (lambda at: write(at, draft_page(at, "people", **_PAGE)), "Nothing was written"),
    ],
)
def test_what_cannot_be_begun_is_refused(begin: Callable[[Path], Any], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        begin(PROJECT_DIR)


def test_all_is_written_or_nothing(tmp_path: Path) -> None:
    changed, new, blocked = Path("changed.txt"), Path("new.txt"), Path("changed.txt/blocked.txt")
    (tmp_path / changed).write_text("as it was")
    with pytest.raises(OSError, match=r"changed\.txt"):
        write(tmp_path, Draft(new={new: "", blocked: ""}, changed={changed: "other"}, left=()))
    assert [path.name for path in tmp_path.iterdir()] == ["changed.txt"]
    assert (tmp_path / changed).read_text() == "as it was"


def test_a_table_is_declared_listed_and_its_personal_columns_are_said(
    tree: Path, empty_database: Callable[[], str]
) -> None:
    url = empty_database()
    with psycopg.connect(url) as connection:
        connection.execute(_CLAIMS.encode())

    def begin(**changes: Any) -> Draft:
        given = {
            "url": url, "schema": "public", "domain": "orders", "entity": "claim",
            "model": "claims", "personal": ["reason"], "named_in": "ERD",
        }  # fmt: skip
        return draft_source(tree, "shipment_claims", **given | changes)

    with pytest.raises(ConfigurationError, match="no such column"):
        begin(personal=["name"])
    with pytest.raises(ConfigurationError, match="no such domain"):
        begin(domain="claims")
    write(tree, begin())
    render_staging(tree)

    (table,) = [of for of in declared_tables(tree) if of.name == "shipment_claims"]
    assert (table.domain, table.sync, table.personal) == ("orders", "updated_at", ("reason",))
    assert (table.person, table.model_name) == (
        ("customer_id", "crm_customers"),
        "stg_orders__claims",
    )
    assert breaches(tree) == []
    listed = (tree / "seeds/operational_tables.csv").read_text()
    assert "\nshipment_claims,orders,ERD,,Shipment claims\n" in listed
    assert (tree / "models/staging/orders/stg_orders__claims.sql").exists()
    rendered = yaml.safe_load((tree / "models/staging/orders/_orders__models.yml").read_text())
    assert "stg_orders__claims" in {model["name"] for model in rendered["models"]}
    with pytest.raises(ConfigurationError, match="Nothing was written"):
        begin()

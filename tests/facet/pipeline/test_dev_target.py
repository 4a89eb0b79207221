"""What is edited is built and released beside what is served, of which nothing changes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import psycopg

from facet.config import PROJECT_DIR, Settings
from facet.dev.building import Workshop
from facet.pipeline.dbt import build
from facet.pipeline.profile import dbt_home, environment, target_path
from facet.pipeline.run import run
from facet.release import current
from tests.facet.pipeline.conftest import SHOP_SQL

Change = Callable[[str], None]


def of_what_is_served(settings: Settings) -> dict[str, str]:
    """The digest of every file that `facet run` wrote, but of logs."""
    return {
        str(path.relative_to(settings.home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in settings.home.rglob("*")
        if path.is_file() and not {"dev", "logs"}.intersection(path.parts)
    }


def totals(settings: Settings, tenant_id: int) -> list[tuple[object, ...]]:
    path = current(settings.releases_dir).file_of(tenant_id)
    with duckdb.connect(str(path), read_only=True) as file:
        return file.execute(
            "select count(*), sum(total_amount), count(distinct tenant_id), max(tenant_id)"
            " from facet_marts.fct_orders"
        ).fetchall()


def test_what_is_edited_is_released_apart(
    settings: Settings, project_dir: Path, synced_shop: Change
) -> None:
    macros = PROJECT_DIR / "macros/project/generate_database_name.sql"
    shutil.copy(macros, project_dir / "macros")
    run(settings)
    before = of_what_is_served(settings)
    served = totals(settings, 2)
    model = project_dir / "models/marts/sales/fct_orders.sql"
    staged = project_dir / "models/staging/stg_shop__orders.sql"

    workshop = Workshop(settings, current(settings.releases_dir), [1, 2])
    assert workshop.begin() == ()  # all is as it was built
    assert totals(workshop.apart, 2) == served

    # 2 + 4 + … + 40 cents are Even's, 1 + 3 + … + 39 Odd's
    model.write_text(model.read_text().replace("total as", "total * 2 as"))
    assert workshop.rebuild([model]) == ("fct_orders",)
    assert totals(workshop.apart, 1) == [(20, Decimal("8.00"), 1, 1)]
    assert totals(workshop.apart, 2) == [(20, Decimal("8.40"), 1, 2)]

    # a view is built with the marts that are made of it
    staged.write_text(staged.read_text() + " where id > 20")
    assert set(workshop.rebuild([staged])) == {"stg_shop__orders", "fct_orders", "dim_dates"}
    assert totals(workshop.apart, 1)[0][0] == totals(workshop.apart, 2)[0][0] == 10

    assert totals(settings, 2) == served
    assert of_what_is_served(settings) == before

    # whoever begins anew finds both edits
    again = Workshop(settings, current(settings.releases_dir), [2])
    assert {"stg_shop__orders", "fct_orders"} <= set(again.begin())
    assert totals(replace(settings, home=settings.home / "dev"), 2) == [(10, Decimal("6.20"), 1, 2)]


def test_on_postgres_it_goes_to_schemas_of_its_own(
    settings: Settings, project_dir: Path, empty_database: Callable[[], str]
) -> None:
    """A reader of one tenant is shown marts where they are served."""
    url = empty_database()
    on_postgres = replace(settings, engine="postgres")
    with psycopg.connect(url) as connection:
        connection.execute(SHOP_SQL.encode())
    build(on_postgres, url)
    model = project_dir / "models/marts/sales/fct_orders.sql"
    model.write_text(model.read_text().replace("total as", "total * 2 as"))

    def dbt(*command: str, **given: str) -> str:
        where = ("--profiles-dir", dbt_home(on_postgres), "--project-dir", project_dir)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "dbt.cli.main", *command, *map(str, where)),
                *("--target-path", str(project_dir / "target"), "--log-level-file", "none"),
            ],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | environment(on_postgres, url) | given,
        )
        return done.stdout

    state = ("--defer", "--state", str(target_path(on_postgres)))
    dbt("run", "-s", "fct_orders", "--target", "postgres_dev", *state)

    # 1 + 2 + … + 40 cents, once and twice; nothing else is in the schemas for development
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select (select sum(total_amount) from facet_marts.fct_orders),"
            " (select sum(total_amount) from facet_dev_marts.fct_orders)"
        ).fetchall()
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_schema like 'facet_dev%'"
        ).fetchall()
    assert found == [(Decimal("8.20"), Decimal("16.40"))]
    assert tables == [("facet_dev_marts", "fct_orders")]

    shutil.copy(PROJECT_DIR / "macros/project/generate_schema_name.sql", project_dir / "macros")
    keys = ("--output", "json", "--output-keys", "name", "schema", "--quiet")
    listed = dbt("ls", "--resource-type", "model", *keys, FACET_TENANT="2")
    schemas = {node["name"]: node["schema"] for node in map(json.loads, listed.splitlines())}
    assert schemas["fct_orders"] == "facet_served"
    assert schemas["stg_shop__orders"] == "facet_staging"

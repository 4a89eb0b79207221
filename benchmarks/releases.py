"""What releases cost whose tenants hardly change: seconds and bytes of many against those of one.

    python -m benchmarks.releases [--tenants 200] [--releases 10] [--changed 4]

Needs a built home in FACET_HOME, such as the demo's. Its marts' rows are dealt out to as many
tenants in a home of its own; before each further release an order of a few tenants changes.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from dbt.contracts.graph.manifest import WritableManifest

from benchmarks.tables import machine, table
from facet.config import Settings
from facet.pipeline.marts import marts_of
from facet.pipeline.profile import target_path
from facet.quoting import literal, quoted
from facet.release import Audit, Mart, Release, Snapshot, publish

#: Seconds, seconds of a processor, and bytes.
Cost = tuple[float, float, int]

#: Repeated for every tenant rather than dealt out.
_ONE_EACH = "dim_tenants"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tenants", type=int, default=200)
    parser.add_argument("--releases", type=int, default=10)
    parser.add_argument("--changed", type=int, default=4, help="tenants that change in between")
    arguments = parser.parse_args()
    settings = Settings.from_environment()
    manifest = target_path(settings) / "manifest.json"
    marts = marts_of(WritableManifest.read_and_check_versions(str(manifest)))
    with tempfile.TemporaryDirectory(prefix="facet-releases-") as folder:
        home = Path(folder)
        many = replace(settings, home=home, releases_kept=arguments.releases)
        rows = deal_out(settings, many, marts, tenants=arguments.tenants)
        copied = _plain_copy(many, marts, home / "parquet")
        results = []
        for number in range(arguments.releases):
            if number:
                change(many, tenants=range(number, number + arguments.changed))
            results.append(_published(many, marts, manifest.with_name("semantic_manifest.json")))
        print(machine())
        print(
            f"{arguments.tenants} tenants, {rows:,} rows; {arguments.changed} change each time.\n"
        )
        print(_as_table(copied, results))


def deal_out(settings: Settings, many: Settings, marts: Sequence[Mart], *, tenants: int) -> int:
    """Write a warehouse whose tenants share out the rows of the one of `settings`; returns them."""
    rows = 0
    with duckdb.connect(str(many.warehouse_path)) as warehouse:
        warehouse.execute(f"attach {literal(str(settings.warehouse_path))} as built (read_only)")
        for schema in sorted({mart.schema for mart in marts}):
            warehouse.execute(f"create schema {quoted(schema)}")
        for mart in marts:
            name = f"{quoted(mart.schema)}.{quoted(mart.name)}"
            dealt = f"1 + rowid % {tenants} as tenant_id"
            source = f"built.{name}"
            if mart.name == _ONE_EACH:
                dealt = "number as tenant_id"
                source = (
                    f"(from built.{name} limit 1) cross join range(1, {tenants + 1}) as n(number)"
                )
            warehouse.execute(
                f"create table {name} as select {dealt}, columns(c -> c not in ('tenant_id', "
                f"'number')) from {source}"
            )
            rows += warehouse.execute(f"select count(*) from {name}").fetchall()[0][0]
    return rows


def change(settings: Settings, *, tenants: Sequence[int]) -> None:
    """Change a cent of one order of each of some tenants."""
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        for tenant_id in tenants:
            warehouse.execute(
                "update facet_marts.fct_orders set tax_amount = tax_amount + 0.01 where rowid ="
                " (select min(rowid) from facet_marts.fct_orders where tenant_id = $1)",
                [tenant_id],
            )


def _published(settings: Settings, marts: Sequence[Mart], semantic_manifest: Path) -> Cost:
    """Seconds, of them a processor's, and the bytes of all releases, after one more."""
    wall, processor = time.perf_counter(), time.process_time()
    release: Release = publish(
        settings,
        url="",
        marts=marts,
        audit=Audit(),
        snapshot=Snapshot(at=datetime.now(UTC), source="dealt out"),
        semantic_manifest=semantic_manifest,
        dbt_version="",
    )
    seconds = time.perf_counter() - wall, time.process_time() - processor
    return *seconds, bytes_of(release.directory.parent)


def bytes_of(folder: Path) -> int:
    """The bytes of the files in a folder, each counted once however many names it has."""
    found = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum({status.st_ino: status.st_size for status in found}.values())


def _plain_copy(settings: Settings, marts: Sequence[Mart], folder: Path) -> Cost:
    """The same of writing all marts as one Parquet file each."""
    folder.mkdir()
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        wall, processor = time.perf_counter(), time.process_time()
        for mart in marts:
            target = literal(str(folder / f"{mart.name}.parquet"))
            warehouse.execute(f"copy {quoted(mart.schema)}.{quoted(mart.name)} to {target}")
        seconds = time.perf_counter() - wall, time.process_time() - processor
    return *seconds, bytes_of(folder)


def _as_table(copied: Cost, results: Sequence[Cost]) -> str:
    first, last = results[0], results[-1]
    later = results[1:] or results
    wall, processor = (sum(cost[n] for cost in later) / len(later) for n in (0, 1))
    lines: list[tuple[str, float, float, int]] = [
        ("plain COPY to Parquet", *copied),
        ("the first release", *first),
        ("a further one, on average", wall, processor, (last[2] - first[2]) // len(later)),
        (f"all {len(results)}", sum(c[0] for c in results), sum(c[1] for c in results), last[2]),
    ]
    return table(
        ("", "s", "processor s", "MB", "of the first"),
        [
            (name, f"{wall:.1f}", f"{processor:.1f}", f"{size / 1e6:.1f}", f"{size / first[2]:.2f}")
            for name, wall, processor, size in lines
        ],
    )


if __name__ == "__main__":
    main()

"""A full `facet run` beside the same SQL straight in DuckDB, step by step.

    python -m benchmarks.straight [--times 1]

Runs on what stands in FACET_HOME (the demo's). What dbt compiled for models and data tests is then
run in a copy of the warehouse, one statement after another, by as many threads and with as much
memory; and its marts are written to Parquet, a file each. Neither knows tenants, releases, retries
or who of them failed: what Facet adds is in the ratio. Of each, the quickest of so many times.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.command import facet
from benchmarks.tables import machine, table
from facet.config import Settings
from facet.pipeline.history import last_runs

Node = Mapping[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1)
    times = parser.parse_args().times
    settings = Settings.from_environment()
    print(machine())
    rounds = [(_run(settings), _straight(settings)) for _ in range(times)]
    rows = []
    for step in ("build", "publish"):
        ours = min(run[step] for run, _ in rounds)
        straight = min(seconds[step] for _, seconds in rounds)
        rows.append((step, f"{ours:.1f}", f"{straight:.1f}", f"{ours / straight:.2f}"))
    models, tests = (min(seconds[of] for _, seconds in rounds) for of in ("models", "tests"))
    print(table(("step", "facet run --full, s", "straight, s", "ratio"), rows))
    print(f"\nStraight, models take {models:.1f} s and data tests {tests:.1f} s.")


def _run(settings: Settings) -> Mapping[str, float]:
    """The seconds of each step of a full run."""
    subprocess.run([facet(), "run", "--full"], check=True, stdout=subprocess.DEVNULL)
    return last_runs(settings, 1)[0].steps


def _straight(settings: Settings) -> Mapping[str, float]:
    """The seconds of the same SQL by itself."""
    nodes = _compiled(settings.home / "dbt" / "duckdb")
    models = [node for node in nodes if node["resource_type"] == "model"]
    tests = [node for node in nodes if node["resource_type"] == "test"]
    marts = [node for node in models if node["schema"].endswith("_marts")]
    seconds: dict[str, float] = {}
    with _copy(settings) as (connection, folder):
        started = time.perf_counter()
        for node in models:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            connection.execute(
                f"create or replace {kind} {node['relation_name']} as {node['compiled_code']}"
            )
        seconds["models"] = time.perf_counter() - started
        started = time.perf_counter()
        for node in tests:
            connection.execute(f"select count(*) from ({node['compiled_code']})").fetchall()
        seconds["tests"] = time.perf_counter() - started
        started = time.perf_counter()
        for node in marts:
            file = folder / f"{node['name']}.parquet"
            connection.execute(f"copy {node['relation_name']} to '{file}' (format parquet)")
        seconds["publish"] = time.perf_counter() - started
    return seconds | {"build": seconds["models"] + seconds["tests"]}


def _compiled(target: Path) -> list[Node]:
    """What dbt compiled, in an order in which it can be built."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes: Mapping[str, dict[str, Any]] = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "test")
    }
    order = TopologicalSorter({key: node["depends_on"]["nodes"] for key, node in nodes.items()})
    found: list[Node] = []
    for node in [nodes[key] for key in order.static_order() if key in nodes]:
        path = node["original_file_path"]
        of = path if node["resource_type"] == "model" or path.endswith(".sql") else None
        file = target / "compiled" / "facet" / (of or f"{path}/{node['path']}")
        if file.exists():
            found.append({**node, "compiled_code": file.read_text(encoding="utf-8")})
    return found


@contextmanager
def _copy(settings: Settings) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A copy of the warehouse to write into, and a folder, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=settings.home) as name:
        folder = Path(name)
        shutil.copy(settings.warehouse_path, folder / "warehouse.duckdb")
        options: dict[str, Any] = {
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(folder / "warehouse.duckdb", config=options) as connection:
            connection.execute("set TimeZone = 'UTC'")
            yield connection, folder


if __name__ == "__main__":
    main()

"""A run after a share of the order lines changed, beside a full run on the same data.

    python -m benchmarks.increments [--scale 30] [--changed 0.01] [--times 1] [--home FOLDER]

Fills a database of its own with the demo (scale 1: about 60,000 orders and twice as many lines) and
runs once in full. Then, as often as wanted, a day goes on in every shop, up to so many changed
lines: most are of new orders, with payments, sellers and pages, some of new customers; others are
corrected lines of any age, refunds of old orders, customers merged; as many parcels leave as orders
came. `facet run` follows. Each incremental run is compared with the full one by step and by model;
the memory is the largest of the process. A home that is there is used again.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import psycopg

from benchmarks.command import facet
from benchmarks.days_of_trade import trade
from benchmarks.tables import machine, table
from facet.config import Settings
from facet.demo.create import create_demo
from facet.operational import create
from facet.operational.server import embedded
from facet.pipeline.history import last_runs

_SHOWN_FROM = 0.5  # seconds


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One run: seconds of all of it, of its steps, and of each node; memory in bytes.

    Seconds of a processor tell what a busy machine's clock does not; PostgreSQL's are not in them.
    """

    seconds: float
    processor: float
    memory: int
    built: str
    steps: Mapping[str, float]
    nodes: Mapping[tuple[str, str], float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=30, help="of the demo")
    parser.add_argument("--changed", type=float, default=0.01, help="share of the order lines")
    parser.add_argument("--times", type=int, default=1, help="incremental runs")
    parser.add_argument("--memory-limit", default=Settings().memory_limit)
    parser.add_argument("--home", type=Path, help="kept, and used again where it is there")
    parser.add_argument("--no-full", action="store_true", help="go on from the last run in home")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facet-increments-") as folder:
        settings = Settings(home=options.home or Path(folder), memory_limit=options.memory_limit)
        with embedded(settings) as url:
            _fill(url, options.scale)
            lines = _lines(url)
            print(machine())
            print(f"{lines:,} order lines\n")
            full = None if options.no_full else _run(settings, "--full")
            for _ in range(options.times):
                done = trade(url, round(lines * options.changed))
                print(", ".join(f"{count:,} {what}" for what, count in done.items()), "\n")
                _report(full, _run(settings))


def _fill(url: str, scale: float) -> None:
    """Write the demo, unless an earlier call has."""
    with psycopg.connect(url) as connection:
        if connection.execute("select to_regclass('orders')").fetchone() != (None,):
            return
    create(url)
    create_demo(url, as_of=datetime.now(UTC).date(), scale=scale)


def _lines(url: str) -> int:
    with psycopg.connect(url) as connection:
        return int(connection.execute("select count(*) from order_items").fetchall()[0][0])


def _run(settings: Settings, *arguments: str) -> Measured:
    environment = {
        **os.environ,
        "FACET_HOME": str(settings.home),
        "FACET_MEMORY_LIMIT": settings.memory_limit,
    }
    before = _nodes(settings)
    started = time.perf_counter()
    process = subprocess.Popen([facet(), "run", *arguments], env=environment, stdout=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"facet run failed: {process.returncode}")
    last = last_runs(settings, 1)[0]
    return Measured(
        seconds=seconds,
        processor=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss * 1024,
        built=last.built,
        steps=last.steps,
        nodes={
            (kind, name): seconds
            for (number, kind, name), seconds in _nodes(settings).items()
            if (number, kind, name) not in before
        },
    )


def _nodes(settings: Settings) -> Mapping[tuple[int, str, str], float]:
    """Seconds of each node on record, by the number of its record."""
    if not settings.warehouse_path.exists():
        return {}
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        try:
            rows = warehouse.execute(
                "select rowid, node_type, node_name, seconds from facet_source.node_runs"
            ).fetchall()
        except duckdb.CatalogException:
            return {}
    return {(number, kind, name): float(seconds) for number, kind, name, seconds in rows}


def _report(full: Measured | None, changes: Measured) -> None:
    rows: list[Sequence[str]] = []

    def compare(name: str, whole: float | None, part: float) -> None:
        ratio = f"{part / whole:.0%}" if whole else ""
        rows.append((name, f"{whole:.2f}" if whole else "", f"{part:.2f}", ratio))

    compare("a run, with Python's start", full.seconds if full else None, changes.seconds)
    compare("of a processor", full.processor if full else None, changes.processor)
    for step, seconds in changes.steps.items():
        compare(step, full.steps.get(step) if full else None, seconds)
    for kind in ("model", "test", "snapshot", "seed"):
        compare(f"all of type {kind}", _of(full, kind) if full else None, _of(changes, kind))
    shown = {
        node
        for run in filter(None, (full, changes))
        for node, seconds in run.nodes.items()
        if seconds >= _SHOWN_FROM
    }
    for node in sorted(shown, key=lambda node: -changes.nodes.get(node, 0)):
        whole = full.nodes.get(node) if full else None
        compare(" ".join(node), whole, changes.nodes.get(node, 0))
    print(table((f"seconds; built: {changes.built}", "full", "after changes", "share"), rows))
    memories = [f"{run.memory / 1e9:.2f} GB" for run in (full, changes) if run]
    print(f"\nMemory, at its highest: {', '.join(memories)}\n", flush=True)


def _of(run: Measured, kind: str) -> float:
    return sum(seconds for (of, _), seconds in run.nodes.items() if of == kind)


if __name__ == "__main__":
    main()

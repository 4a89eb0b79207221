"""Differences between a database's local times and those of the package ``tzdata``.

PostgreSQL and DuckDB each bring time-zone data of their own, of another age. Facet's local days do
not rest on them (``facet.pipeline.local_time``); what else is asked of these databases does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version

import duckdb

from facet.operational.connection import reader, reading
from facet.operational.findings import Execute
from facet.quoting import literal, quoted
from facet.zones import Period, Span, names, periods, read_periods

#: What a database itself makes of a moment and a zone.
_BY_DATABASE = "timezone({zone}, {moment})"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """From when to when a database reads the clocks of a zone otherwise, and by how much.

    ``start`` and ``end`` in seconds since 1970; ``ahead`` is by how many seconds the database's
    clocks are ahead of the zone's, None where it does not know the zone.
    """

    database: str
    zone: str
    start: int
    end: int
    ahead: int | None

    def __str__(self) -> str:
        if self.ahead is None:
            return f"{self.zone}: {self.database} does not know it"
        start, end = (
            f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}"
            for moment in (self.start, self.end)
        )
        hours = f"{abs(self.ahead) / 3600:g} h"
        way, side = ("ahead of", "before") if self.ahead > 0 else ("behind", "after")
        return (
            f"{self.zone}: {self.database} is {hours} {way} tzdata {version('tzdata')} from {start}"
            f" to {end} UTC; to it the {hours} {side} midnight are another day's"
        )


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """The zones of all tenants: what is no name, and where databases read them otherwise."""

    #: Tenants by the zone that they have, which is none.
    unusable: Mapping[str, tuple[int, ...]]
    differences: tuple[Difference, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """A sentence on each."""
        return (
            *(
                f"{zone}: is no time zone, in sys_tenants {', '.join(map(str, tenants))}; name one"
                " as Area/Location, such as Asia/Ho_Chi_Minh, or UTC"
                for zone, tenants in self.unusable.items()
            ),
            *map(str, self.differences),
        )


def compare(url: str, *, schema: str = "public", moment: datetime | None = None) -> Clocks:
    """Hold PostgreSQL's and DuckDB's reading of each tenant's zone against that of ``tzdata``.

    Args:
        url: the operational database; it is only read.
        schema: where its tables are.
        moment: that the data is of, by default now: two years after it still matter.

    Raises:
        OperationalError: it cannot be reached or read.
    """
    span = Span.around(moment or datetime.now(UTC))
    with reading(url) as postgres, duckdb.connect() as memory:
        execute = reader(postgres)
        zones = zones_in_use(execute, schema)
        [(server,)] = execute("show server_version")
        databases: tuple[tuple[str, Execute], ...] = (
            (f"PostgreSQL {server.split()[0]}", execute),
            (f"DuckDB {duckdb.__version__}", lambda asked: memory.execute(asked).fetchall()),
        )
        memory.execute("set timezone = 'UTC'")
        execute("select set_config('timezone', 'UTC', true)")
        found = tuple(
            difference
            for name, database in databases
            for difference in differences(database, name, zones, span)
        )
    unusable = {zone: tenants for zone, tenants in zones.items() if zone not in names()}
    return Clocks(unusable=unusable, differences=found)


def zones_in_use(execute: Execute, schema: str) -> dict[str, tuple[int, ...]]:
    """The zones that tenants have, with the tenants' ids; none where there is no such column."""
    zones: dict[str, tuple[int, ...]] = {}
    columns = execute(
        "select column_name from information_schema.columns where table_name = 'sys_tenants'"
        f" and table_schema = {literal(schema)} and column_name in ('id', 'timezone')"
    )
    if len(columns) < 2:
        return zones
    for zone, tenant in execute(
        f"select timezone, id from {quoted(schema)}.sys_tenants where timezone is not null"
        " order by 1, 2"
    ):
        zones[zone] = (*zones.get(zone, ()), tenant)
    return zones


def known_zones(execute: Execute) -> frozenset[str]:
    """The names of zones that a database knows."""
    [(product,)] = execute("select version()")
    brackets = "" if product.startswith("PostgreSQL") else "()"
    return frozenset(name for (name,) in execute(f"select name from pg_timezone_names{brackets}"))


def differences(
    execute: Execute,
    database: str,
    zones: Iterable[str],
    span: Span,
    *,
    reading: str = _BY_DATABASE,
) -> tuple[Difference, ...]:
    """Hold a reading of zones against that of ``tzdata``.

    Args:
        execute: PostgreSQL or DuckDB, with UTC for its own zone.
        database: what to call it, with its version.
        zones: names; those that are none are left out.
        span: the moments that matter.
        reading: the SQL of the local time at ``{moment}`` in ``{zone}``.
    """
    known = known_zones(execute) if reading == _BY_DATABASE else frozenset(names())
    found: list[Difference] = []
    for zone in sorted(set(zones) & set(names())):
        if zone in known:
            read = read_periods(_offsets(execute, reading, zone), span)
            found += _merged(_intervals(database, zone, read, span))
        else:
            found.append(
                Difference(database=database, zone=zone, start=span.first, end=span.end, ahead=None)
            )
    return tuple(found)


def _offsets(execute: Execute, reading: str, zone: str) -> Callable[[Sequence[int]], Iterable[int]]:
    local = reading.format(zone=literal(zone), moment="to_timestamp(given.moment)")

    def offsets(moments: Sequence[int]) -> Iterable[int]:
        rows = execute(
            f"select cast(extract(epoch from {local}) - given.moment as bigint)"
            f" from unnest(array[{', '.join(map(str, moments))}]) as given (moment)"
            " order by given.moment"
        )
        return (offset for (offset,) in rows)

    return offsets


def _intervals(
    database: str, zone: str, read: Sequence[Period], span: Span
) -> Iterator[Difference]:
    """Each interval in which neither reading changes, with their difference."""
    right = periods(zone, span)
    starts = sorted({period.start for period in (*read, *right)})
    for start, end in zip(starts, (*starts[1:], span.end), strict=True):
        ahead = _offset(read, start) - _offset(right, start)
        yield Difference(database=database, zone=zone, start=start, end=end, ahead=ahead)


def _merged(intervals: Iterable[Difference]) -> list[Difference]:
    """Those that differ; what goes on as before is one."""
    merged: list[Difference] = []
    for interval in intervals:
        if merged and merged[-1].ahead == interval.ahead:
            merged[-1] = replace(merged[-1], end=interval.end)
        else:
            merged.append(interval)
    return [interval for interval in merged if interval.ahead]


def _offset(all_periods: Sequence[Period], moment: int) -> int:
    return max(period for period in all_periods if period.start <= moment).offset

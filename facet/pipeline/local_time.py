"""Local times by the package ``tzdata``, as functions of the database that dbt builds in.

``local_time(moment, zone)`` is what clocks show, ``moment_of(local, zone)`` when they show it; the
macros ``local_date``, ``local_at`` and ``local_to_utc`` call them. They know the zones of the
tenants for the years of the data, as sorted lists; the database reads all else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version

from facet.config import Engine
from facet.errors import BuildError
from facet.operational.findings import Execute
from facet.quoting import literal
from facet.zones import Period, Span, names, periods

Periods = tuple[Period, ...]

_TWO_DAYS = 2 * 86_400


def functions(
    engine: Engine, schema: str, zones: Collection[str], known: Collection[str], span: Span
) -> tuple[str, ...]:
    """The statements that create both functions.

    Args:
        engine: where they are created.
        schema: in which schema.
        zones: the names that tenants have; what is none of tzdata's is read as UTC, so that one
            tenant's mistake does not stop what is built for all.
        known: the zones that the database knows.
        span: the moments that are read by tzdata.
    """
    wider = Span(span.first - _TWO_DAYS, span.end + _TWO_DAYS)  # local times too lie within
    usable = {zone: periods(zone, wider) for zone in sorted(set(zones) & set(names()))}
    unreadable = sorted(zone for zone in zones if zone not in usable or zone not in known)
    asked = "zone"
    if unreadable:
        asked = (
            f"case when zone in ({', '.join(map(literal, unreadable))}) then 'UTC' else zone end"
        )
    bodies = dict.fromkeys(("local_time", "moment_of"), f"timezone({asked}, given)")
    if usable:
        for name, body in bodies.items():
            bodies[name] = _by_periods(engine, usable, span, name == "moment_of", otherwise=body)
    create = _DUCKDB if engine == "duckdb" else _POSTGRES
    return tuple(create[name].format(schema=schema, body=body) for name, body in bodies.items())


def check(execute: Execute, schema: str, zones: Collection[str], span: Span) -> None:
    """Hold both functions against tzdata before and after each change of the clocks.

    Args:
        execute: where they were created, with UTC for its own zone.
        schema: in which schema.
        zones: the names that tenants have; those that are none are left out.
        span: the moments that they were made for.

    Raises:
        BuildError: one says something else, so that sales would stand on other days.
    """
    usable = sorted(set(zones) & set(names()))
    asked = ", ".join(
        f"({literal(zone)}, {moment}, {offset}, {begins})"
        for zone in usable
        for moment, offset, begins in _moments(periods(zone, span), span)
    )
    if not asked:
        return
    local = "timezone('UTC', to_timestamp(moment + ahead))"
    wrong = execute(
        f"select zone, moment from (values {asked}) as asked (zone, moment, ahead, begins)"
        f" where {schema}.local_time(to_timestamp(moment), zone) is distinct from {local}"
        f" or begins and {schema}.moment_of({local}, zone) is distinct from to_timestamp(moment)"
        " order by zone, moment"
    )
    if wrong:
        zone, moment = wrong[0]
        raise BuildError(
            "Local days",
            why=f"The database reads {len(wrong)} moments about changes of the clocks otherwise"
            f" than tzdata {version('tzdata')}, first {datetime.fromtimestamp(moment, UTC)} in"
            f" {zone}. Nothing was built, as sales would stand on wrong days.",
            next_step="Install the versions that Facet is locked to (`uv sync`), or use a"
            " PostgreSQL that it is tested with, and run again.",
        )


def _moments(found: Periods, span: Span) -> Iterator[tuple[int, int, bool]]:
    """Moments with how far clocks are ahead at each, and whether a reading of clocks begins."""
    ends = (*(period.start for period in found[1:]), span.end)
    for period, end in zip(found, ends, strict=True):
        yield period.start, period.offset, True
        yield (period.start + end) // 2, period.offset, True
        yield end - 1, period.offset, False


def _by_periods(
    engine: Engine, usable: Mapping[str, Periods], span: Span, is_local: bool, *, otherwise: str
) -> str:
    """What a moment is on the clocks of a zone; or, of what they show, at which moment.

    Local times belong to the last period that begins, by its own clocks, at or before them: one
    that clocks skip is read by the clock of before, of one that they show twice it is the second.
    """
    kind = "timestamp" if is_local else "timestamptz"

    def text(moment: int) -> str:
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S}{'' if is_local else '+00'}"

    def starts(found: Periods) -> Iterable[str]:
        return (text(period.start + period.offset * is_local) for period in found)

    def offsets(found: Periods) -> Iterable[str]:
        return (f"{period.offset} seconds" for period in found)

    first, end = (f"{kind} '{text(moment)}'" for moment in (span.first, span.end))
    thresholds = _choice(engine, usable, kind, starts)
    position = (
        f"len(list_filter({thresholds}, lambda threshold: threshold <= given))"
        if engine == "duckdb"
        else f"width_bucket(given, {thresholds})"
    )
    offset = f"({_choice(engine, usable, 'interval', offsets)})[{position}]"
    read = (
        f"timezone('UTC', given - {offset})" if is_local else f"timezone('UTC', given) + {offset}"
    )
    return (
        f"case when zone in ({', '.join(map(literal, usable))}) and given >= {first}"
        f" and given < {end} then {read} else {otherwise} end"
    )


def _choice(
    engine: Engine,
    usable: Mapping[str, Periods],
    data_type: str,
    texts: Callable[[Periods], Iterable[str]],
) -> str:
    """The list of values of the given zone."""
    whens = []
    for zone, found in usable.items():
        if engine == "duckdb":
            values = f"cast([{', '.join(map(literal, texts(found)))}] as {data_type}[])"
        else:
            values = f"{literal('{' + ', '.join(texts(found)) + '}')}::{data_type}[]"
        whens.append(f"when {literal(zone)} then {values}")
    return f"case zone {' '.join(whens)} end"


_DUCKDB = {
    name: f"create or replace macro {{schema}}.{name}(given, zone) as {{body}}"
    for name in ("local_time", "moment_of")
}
_POSTGRES = {
    name: f"create or replace function {{schema}}.{name}(given {given}, zone text) returns {kind}"
    " language sql immutable parallel safe as $body$ select {body} $body$"
    for name, given, kind in (
        ("local_time", "timestamptz", "timestamp"),
        ("moment_of", "timestamp", "timestamptz"),
    )
}

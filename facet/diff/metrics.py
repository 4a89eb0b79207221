"""Metrics by month before and after: asked as pages ask them, of a tenant as served and as built.

Only those are asked that may differ: a mart that they read does, or their definition is another.
Many metrics of the same marts are one statement.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import duckdb

from facet.diff.report import Figure, MartDifference, MetricDifference
from facet.diff.sides import Sides
from facet.quoting import literal, quoted
from facet.release import Release
from facet.release.tenant_files import MARTS_SCHEMA, functions
from facet.reporting.query.catalogue import Catalogue
from facet.reporting.query.tenant_file import DATABASE

_MONTH: Final = "metric_time__month"
#: So many metrics are asked in one statement, and so many months of each are told.
_BATCH: Final = 40
_MONTHS: Final = 3
#: Parts of a semantic manifest that change no value.
_WORDS: Final = frozenset({"description", "label", "metadata", "config"})


def compare_metrics(
    sides: Sides, release: Release, after: str, marts: Sequence[MartDifference]
) -> tuple[tuple[MetricDifference, ...], tuple[str, ...]]:
    """The metrics on both sides whose values of a month differ, and those that cannot be asked.

    Args:
        sides: both sides.
        release: whose semantic manifests are of what is served.
        after: the semantic manifest of the project, its relations named as in a tenant's file.
        marts: what differs between marts.
    """
    served = {of: release.semantic_manifest_of(of).read_text("utf-8") for of in sides.tenant_ids}
    redefined = {text: _redefined(json.loads(text), json.loads(after)) for text in served.values()}
    if not (marts or any(redefined.values())):
        return (), ()
    catalogue = Catalogue(after)
    earlier = {text: Catalogue(text) if of else catalogue for text, of in redefined.items()}
    connection = sides.connection
    connection.execute(f"attach ':memory:' as {DATABASE}")
    connection.execute(f"create schema {DATABASE}.{MARTS_SCHEMA}")
    connection.execute(
        "create or replace temp table metric_values"
        " (side text, tenant_id bigint, metric text, choice text, month text, value text)"
    )
    notes: list[str] = []
    for tenant_id, text in served.items():
        before, after_marts = sides.seen_before(tenant_id), sides.seen_after(tenant_id)
        changed = _changed(marts, tenant_id)
        asked = [
            name
            for name, source in catalogue.sources.items()
            if name in earlier[text].metrics
            and (name in redefined[text] or changed.intersection(source.marts))
            and before.keys() >= {*source.marts, *earlier[text].sources[name].marts}
        ]
        with _seeing(connection, before):
            notes += _ask(connection, "before", tenant_id, earlier[text], asked)
        with _seeing(connection, after_marts):
            notes += _ask(connection, "after", tenant_id, catalogue, asked)
    return _differences(sides), tuple(dict.fromkeys(notes))


def _changed(marts: Sequence[MartDifference], tenant_id: int) -> set[str]:
    """The marts of which a row of a tenant's may be another."""
    return {
        of.mart
        for of in marts
        if of.retyped or any(tenant.tenant_id == tenant_id for tenant in of.tenants)
    }


def _redefined(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The metrics whose value may be another one by their definition."""
    was, now = _definitions(before), _definitions(after)
    return {name for name, definition in now.items() if name in was and was[name] != definition}


def _definitions(content: Mapping[str, Any]) -> dict[str, str]:
    """All that decides the value of each metric: its own definition, and those it is made of."""
    entries = {entry["name"]: entry for entry in content["metrics"]}
    models = {
        measure["name"]: {**model, "measures": [measure]}
        for model in content["semantic_models"]
        for measure in model["measures"]
    }

    def closure(name: str) -> Iterator[Any]:
        entry = entries[name]
        yield _without_words(entry)
        for measure in entry["type_params"]["input_measures"]:
            yield _without_words(models[measure["name"]])
        for of in entry["type_params"]["metrics"] or ():
            yield from closure(of["name"])

    return {name: json.dumps(list(closure(name)), sort_keys=True) for name in entries}


def _without_words(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_words(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_words(value) for key, value in node.items() if key not in _WORDS}


@contextmanager
def _seeing(connection: duckdb.DuckDBPyConnection, marts: Mapping[str, str]) -> Iterator[None]:
    """Have marts be where compiled metrics look for them, with the functions that these call."""
    connection.execute(f"use {DATABASE}.{MARTS_SCHEMA}")
    for mart, query in marts.items():
        connection.execute(f"create or replace view {quoted(mart)} as {query}")
    connection.execute(functions())
    yield
    connection.execute("use memory.main")


def _ask(
    connection: duckdb.DuckDBPyConnection,
    side: str,
    tenant_id: int,
    catalogue: Catalogue,
    names: Sequence[str],
) -> Iterator[str]:
    """Put a tenant's metrics by month into ``metric_values``; yields which cannot be asked."""
    for batch in _batches(catalogue, names):
        try:
            connection.execute(_values(side, tenant_id, catalogue, batch))
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            if len(batch) == 1:
                yield f"{batch[0]} {side}: {str(error).splitlines()[0]}"
            for name in batch if len(batch) > 1 else ():
                yield from _ask(connection, side, tenant_id, catalogue, [name])


def _values(side: str, tenant_id: int, catalogue: Catalogue, batch: tuple[str, ...]) -> str:
    """The statement that puts them there."""
    choice = catalogue.metrics[batch[0]].choose
    statement = catalogue.compile(
        names=batch, by=(_MONTH, *choice), conditions=(), order_by=(), limit=None
    )
    chosen = f"concat_ws(', ', {', '.join(map(quoted, choice))})" if choice else "''"
    values = ", ".join(f"cast({quoted(name)} as varchar) as {quoted(name)}" for name in batch)
    return (
        f"insert into temp.metric_values select {literal(side)}, {int(tenant_id)},"
        " name, choice, month, value"
        f" from (select coalesce(strftime({quoted(_MONTH)}, '%Y-%m'), '') as month,"
        f" {chosen} as choice, {values} from ({statement}\n))"
        f" unpivot (value for name in ({', '.join(map(quoted, batch))}))"
    )


def _batches(catalogue: Catalogue, names: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Metrics of the same marts and alternatives, a number at a time."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for name in names:
        key = catalogue.sources[name].marts, tuple(catalogue.metrics[name].choose)
        alike.setdefault(key, []).append(name)
    for found in alike.values():
        for start in range(0, len(found), _BATCH):
            yield tuple(found[start : start + _BATCH])


def _differences(sides: Sides) -> tuple[MetricDifference, ...]:
    """The metrics that differ, with the months that do most; a value's type may be another."""
    rows = sides.connection.execute(f"""
        with differing as (
            select
                coalesce(b.metric, a.metric) as metric,
                coalesce(b.tenant_id, a.tenant_id) as tenant_id,
                coalesce(b.choice, a.choice) as choice,
                coalesce(b.month, a.month) as month,
                b.value as was,
                a.value as now,
                abs(coalesce(try_cast(a.value as decimal(38, 8)), 0)
                    - coalesce(try_cast(b.value as decimal(38, 8)), 0)) as size
            from (select * from temp.metric_values where side = 'before') as b
            full join (select * from temp.metric_values where side = 'after') as a
                using (metric, tenant_id, choice, month)
            where b.value is distinct from a.value
                and coalesce(
                    try_cast(b.value as decimal(38, 8))
                    is distinct from try_cast(a.value as decimal(38, 8)),
                    true
                )
        )
        select metric, tenant_id, choice, count(*),
            list({{'month': month, 'was': was, 'now': now}} order by size desc, month)[:{_MONTHS}]
        from differing group by metric, tenant_id, choice order by metric, tenant_id, choice
    """).fetchall()
    return tuple(
        MetricDifference(
            metric=metric,
            tenant_id=tenant_id,
            choice=choice,
            months=count,
            examples=tuple(
                Figure(of=one["month"], column=metric, before=one["was"], after=one["now"])
                for one in examples
            ),
        )
        for metric, tenant_id, choice, count, examples in rows
    )

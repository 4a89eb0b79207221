"""The screening of rows: one model, rendered from the ``meta.screen`` of tables.

It stands between the operational tables and everything else. A row that it refuses is in no staging
model, and so in no number; a value that it leaves out is null there. Both are told with a cause.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

#: The model that names rows, columns and causes.
MODEL = "int_screening__rows_quarantined"
#: Sums of a tenant's amounts have room to grow a thousandfold before money of 18 digits is full.
LARGEST_AMOUNT = 10**13
LARGEST_QUANTITY = 10**6
LARGEST_RATE = 10**7
_MOMENT = "timestamp with time zone"
_MACROS = {_MOMENT: "plausible_moment", "date": "plausible_date"}


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What a row must have to be counted; each field lists columns of its table.

    ``required`` are never null; ``values`` are known ones; ``moments`` lie between 1990 and two
    years after the moment of the data, ``plans`` between 1990 and 2100; ``amounts`` are neither
    negative nor too large, ``signed`` are not too large; ``quantities`` are at least 1, ``units``
    not too many either way, ``rates`` above 0, ``shares`` up to 1. ``converted`` are products that
    are not too large in the tenant's currency either, by the rate in ``rate``. ``parents`` must be
    there and counted, ``follows`` must not be refused. Columns ``left_out`` decide nothing: where
    they are absurd the row counts, and they are null.
    """

    required: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moments: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    rate: str | None = None
    converted: tuple[str, ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    follows: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @classmethod
    def parse(cls, declared: Mapping[str, Any]) -> Self:
        """Read ``meta.screen``; raises TypeError where it has a rule that there is not."""
        content = dict(declared)
        converted = content.pop("converted", None) or {}
        values = content.pop("values", None) or {}
        return cls(
            values={column: tuple(known) for column, known in values.items()},
            parents=content.pop("parents", None) or {},
            follows=content.pop("follows", None) or {},
            rate=converted.get("by"),
            converted=tuple(converted.get("amounts", ())),
            **{rule: tuple(columns) for rule, columns in content.items()},
        )

    @property
    def refers_to(self) -> Mapping[str, str]:
        """The columns that refer to rows which must be counted, with their tables."""
        return {**self.parents, **self.follows}

    @property
    def columns(self) -> set[str]:
        """Every column of the table that a rule names."""
        factors = {factor for product in self.converted for factor in product.split(" * ")}
        rate = {self.rate.split(".")[0]} if self.rate else set()
        listed = (
            *(
                self.required,
                self.values or (),
                self.moments,
                self.plans,
                self.amounts,
                self.signed,
            ),
            *(self.quantities, self.units, self.rates, self.shares),
            *(self.refers_to, self.left_out),
        )
        return {column for columns in listed for column in columns} | factors | rate


@dataclass(frozen=True, kw_only=True)
class Screened:
    """A table with its screen: source, name, and the types of its columns as staging has them."""

    domain: str
    name: str
    types: Mapping[str, str]
    screen: Screen


def plausible(column: str, data_type: str, *, latest: str | None = None) -> str:
    """The condition, as a macro's call, that somebody can have meant a value; null where null."""
    if data_type in _MACROS:
        until = f", '{latest}'" if latest else ""
        return f"{{{{ {_MACROS[data_type]}('{column}'{until}) }}}}"
    return f"{column} between 0 and {LARGEST_AMOUNT}"


def render_screening(tables: Sequence[Screened], *, header: str) -> str:
    """The text of the model: one common table expression per table, parents first."""
    ordered = _parents_first(tables)
    domains = {table.name: table.domain for table in ordered}
    screened = ",\n\n".join(_table(table, domains) for table in ordered)
    union = "\n    union all\n".join(
        f"    select * from {table.name}_screened" for table in ordered
    )
    return f"""\
{header}
with

limits as (
    select
        date_trunc('day', cast(taken_at as timestamp with time zone)) + interval '2 years'
        as latest_at
    from {{{{ source('facet_source', 'snapshot') }}}}
),

tenants as (
    select
        id as tenant_id,
        deleted_at is not null as is_deleted
    from {{{{ source('system', 'sys_tenants') }}}}
    where id is not null
),

{screened},

rows_screened as (
{union}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,

    -- attributes
    cast(fault[1] as text) as cause,
    cast(fault[2] as text) as source_column,

    -- flags
    cast(is_refused as boolean) as is_refused,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from rows_screened
where tenant_id is null
    or tenant_id not in (select tenant_id from tenants where is_deleted)
"""


def _parents_first(tables: Sequence[Screened]) -> list[Screened]:
    by_name = {table.name: table for table in tables}
    ordered: dict[str, Screened] = {}

    def add(table: Screened) -> None:
        for parent in table.screen.refers_to.values():
            if parent not in ordered:
                add(by_name[parent])
        ordered.setdefault(table.name, table)

    for table in tables:
        add(table)
    return list(ordered.values())


def _table(table: Screened, domains: Mapping[str, str]) -> str:
    name = table.name
    cases = "\n".join(
        f"                when {predicate}\n                    then array['{cause}', '{column}']"
        for cause, column, predicate in _faults(table)
    )
    return f"""\
{name}_screened as (
    select
        tenant_id, source_table, source_id, fault, occurred_at,
        fault[1] <> 'value_left_out' as is_refused
    from (
        select
            {name}.tenant_id,
            '{name}' as source_table,
            {name}.id as source_id,
            case
{cases}
            end as fault,
            case
{_occurred(table)}
            end as occurred_at
        from {{{{ source('{table.domain}', '{name}') }}}} as {name}
        cross join limits{"".join(_joins(table, domains))}
    ) as rows_of_{name}
    where fault is not null
)"""


def _faults(table: Screened) -> Iterator[tuple[str, str, str]]:
    """Cause, column and predicate of all that a row may have; the first that holds is its fault."""
    name, screen = table.name, table.screen
    nobodys = f"{name}.tenant_id is null or {name}.tenant_id not in (select tenant_id from tenants)"
    yield "row_without_tenant", "tenant_id", nobodys
    for column in screen.required:
        if table.types.get(column, "").startswith("numeric"):
            yield "value_missing", column, f"not {{{{ is_number('{name}.{column}') }}}}"
        else:
            yield "value_missing", column, f"{name}.{column} is null"
    for column in screen.parents:
        there = f"{column}_parent.id is null and {name}.{column} is not null"
        yield "parent_missing", column, there
    for column in screen.refers_to:
        yield "parent_quarantined", column, f"{column}_refused.source_id is not null"
    for column, known in screen.values.items():
        listed = "', '".join(known)
        yield "value_unknown", column, f"{name}.{column} not in ('{listed}')"
    for column in screen.moments:
        inside = plausible(f"{name}.{column}", table.types[column], latest="limits.latest_at")
        yield "moment_out_of_range", column, f"not ({inside})"
    for column in screen.plans:
        inside = plausible(f"{name}.{column}", table.types[column])
        yield "moment_out_of_range", column, f"not ({inside})"
    yield from _numbers(name, screen)
    for column in screen.left_out:
        inside = plausible(f"{name}.{column}", table.types[column])
        yield "value_left_out", column, f"not ({inside})"


def _numbers(name: str, screen: Screen) -> Iterator[tuple[str, str, str]]:
    ranges = [
        (screen.amounts, "amount_out_of_range", f"between 0 and {LARGEST_AMOUNT}"),
        (screen.signed, "amount_out_of_range", f"between -{LARGEST_AMOUNT} and {LARGEST_AMOUNT}"),
        (screen.quantities, "quantity_out_of_range", f"between 1 and {LARGEST_QUANTITY}"),
        (
            screen.units,
            "quantity_out_of_range",
            f"between -{LARGEST_QUANTITY} and {LARGEST_QUANTITY}",
        ),
        (screen.rates, "rate_out_of_range", f"between 0.00000001 and {LARGEST_RATE}"),
        (screen.shares, "share_out_of_range", "between 0 and 1"),
    ]
    for columns, cause, inside in ranges:
        for column in columns:
            yield cause, column, f"not ({name}.{column} {inside})"
    if screen.rate is None:
        return
    reference, _, rate = screen.rate.rpartition(".")
    rate = f"{reference}_parent.{rate}" if reference else f"{name}.{rate}"
    for product in screen.converted:
        # only whether it is near what fits, so binary numbers will do, and never overflow
        factors = [f"cast({name}.{column} as double precision)" for column in product.split(" * ")]
        factors.append(f"greatest(coalesce(cast({rate} as double precision), 1), 1)")
        value = "\n                        * ".join(factors)
        column = product.split(" * ")[-1]
        yield "amount_out_of_range", column, f"{value} > {LARGEST_AMOUNT}"


def _joins(table: Screened, domains: Mapping[str, str]) -> Iterator[str]:
    for column, parent in table.screen.parents.items():
        relation = f"{{{{ source('{domains[parent]}', '{parent}') }}}}"
        yield _join(table.name, column, relation, f"{column}_parent", "id")
    for column, parent in table.screen.refers_to.items():
        yield _join(table.name, column, f"{parent}_screened", f"{column}_refused", "source_id")


def _join(name: str, column: str, relation: str, alias: str, key: str) -> str:
    refused = f"\n            and {alias}.is_refused" if key == "source_id" else ""
    return f"""
        left join {relation} as {alias}
            on {alias}.tenant_id = {name}.tenant_id
            and {alias}.{key} = {name}.{column}{refused}"""


def _occurred(table: Screened) -> str:
    dated = [column for column in table.screen.moments if table.types[column] == _MOMENT]
    columns = [*dated[:1], *(["created_at"] if "created_at" in table.types else [])]
    lines = []
    for column in columns:
        inside = plausible(f"{table.name}.{column}", _MOMENT, latest="limits.latest_at")
        lines.append(
            f"                when {inside}\n                    then {table.name}.{column}"
        )
    return "\n".join(dict.fromkeys(lines))

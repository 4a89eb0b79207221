"""What a column is made of, in models small enough to say it by hand."""

from facet.metrics.lineage import Lineage, Relation, Tracer

_SOURCES = {
    "lines": ("tenant_id", "line_id", "price", "units", "cost", "is_gift"),
    "payments": ("tenant_id", "paid"),
    "rates": ("tenant_id", "rate"),
}
_MODELS = {
    "events": (
        ("tenant_id", "event_type", "amount"),
        """
        with lines as (select * from db.public.lines),
        priced as (
            select lines.*, lines.price * lines.units * rates.rate as gross,
                row_number() over (partition by lines.tenant_id order by lines.line_id) as position
            from lines inner join db.public.rates as rates on rates.tenant_id = lines.tenant_id
        ),
        collected as (
            select tenant_id, case when is_gift then 'gift' else 'sale' end as event_type,
                gross as amount from priced
            union all select tenant_id, 'cost', -cost from priced
            union all select tenant_id, 'payment', paid from db.public.payments
        )
        select cast(tenant_id as bigint) as tenant_id, cast(event_type as text) as event_type,
            cast(amount as numeric(18, 2)) as amount from collected
        """,
    ),
    "sales": (
        ("tenant_id", "sold"),
        "select tenant_id, amount as sold from db.marts.events where event_type = 'sale'",
    ),
    "ranked": (
        ("tenant_id", "rank", "most"),
        """
        select tenant_id, rank() over (partition by tenant_id order by price) as rank,
            (select max(paid) from db.public.payments) as most from db.public.lines
        """,
    ),
    "slots": (
        ("tenant_id", "stage", "room"),
        """
        select tenant_id, cast(1 as integer) as stage, price as room from db.public.lines
        union all
        select tenant_id, case when paid is null then 2.0 else 3 end, paid from db.public.payments
        """,
    ),
    "odd": (("tenant_id", "thing"), "select tenant_id, thing from unnest([1]) as t(x)"),
}


def read(relation: str, expression: str) -> tuple[set[str], set[str], set[str]]:
    """The source columns that make the value, those that choose, and what is unknown."""
    relations = [
        *(Relation(name=f"db.public.{n}", columns=columns) for n, columns in _SOURCES.items()),
        *(
            Relation(name=f"db.marts.{n}", columns=columns, sql=sql)
            for n, (columns, sql) in _MODELS.items()
        ),
    ]
    lineage = Lineage()
    Tracer(relations, dialect="duckdb").trace(f"db.marts.{relation}", expression, lineage)
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for one in lineage.read:
        if one.relation.startswith("db.public"):
            found[one.is_value].add(f"{one.relation.removeprefix('db.public.')}.{one.column}")
    return found[True], found[False] - found[True], lineage.unknown


def test_parts_of_a_union_that_are_not_asked_for_are_left_out() -> None:
    asked = "case when event_type in ('sale', 'gift') then amount else 0 end"
    prices = {"lines.price", "lines.units", "rates.rate"}
    assert read("events", asked) == (prices, {"lines.is_gift"}, set())
    of_cost = read("events", "case when event_type = 'cost' then -amount end")
    assert of_cost == ({"lines.cost"}, set(), set())


def test_all_parts_are_read_where_nothing_is_known_of_them() -> None:
    every = {"lines.price", "lines.units", "rates.rate", "lines.cost", "payments.paid"}
    assert read("events", "amount")[0] == every
    other = "case when event_type = 'sale' then amount else tenant_id end"
    assert read("events", other)[0] == every | {"lines.tenant_id", "payments.tenant_id"}


def test_a_filter_below_leaves_out_as_well() -> None:
    assert read("sales", "sold") == ({"lines.price", "lines.units", "rates.rate"}, set(), set())


def test_how_a_window_is_cut_makes_no_value_and_a_subquery_does() -> None:
    assert read("ranked", "rank")[0] == set()
    assert read("ranked", "most")[0] == {"payments.paid"}


def test_what_cannot_be_followed_is_told() -> None:
    assert read("odd", "thing")[2] == {"db.marts.odd: thing"}
    assert read("gone", "thing")[2] == {"db.marts.gone: not among the models and sources"}


def test_a_part_whose_number_cannot_be_what_is_asked_for_is_left_out() -> None:
    first = read("slots", "case when stage = 1 then room else 0 end")
    later = read("slots", "case when stage in (2, 3.00) then room else 0 end")
    assert (first[0], first[2]) == ({"lines.price"}, set())
    assert (later[0], later[2]) == ({"payments.paid"}, set())

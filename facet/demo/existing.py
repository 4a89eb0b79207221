"""The demo in an operational database, if there is one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import psycopg

from facet.errors import OperationalError
from facet.operational.connection import Connection, where

#: The order that is planted last: where it is, the demo is whole.
LAST_ORDER_ID = 999


@dataclass(frozen=True, kw_only=True)
class ExistingDemo:
    """The parameters of a demo that stands, and whether it was written to its end."""

    seed: int
    as_of: date
    until: datetime | None
    scale: Decimal
    is_whole: bool


def existing_demo(connection: Connection, *, url: str, schema: str) -> ExistingDemo | None:
    """Read what demo stands in a schema; None where there are no tenants.

    Raises:
        OperationalError: there are tenants that are not the demo's, or no tables.
    """
    try:
        rows = connection.execute(
            "select name, metadata ->> 'is_demo' = 'true', metadata ->> 'demo_seed',"
            " metadata ->> 'demo_as_of', metadata ->> 'demo_until',"
            " metadata ->> 'demo_scale',"
            f' exists (select from "{schema}".orders where id = {LAST_ORDER_ID})'
            f' from "{schema}".sys_tenants order by id'
        ).fetchall()
    except psycopg.errors.UndefinedTable as error:
        raise OperationalError(
            f"Schema {schema} of {where(url)}",
            why="It has no tables to fill.",
            next_step=f"Create them first: facet operational create --schema {schema}.",
        ) from error
    strangers = [name for name, is_demo, *_ in rows if not is_demo]
    if strangers:
        raise OperationalError(
            f"Schema {schema} of {where(url)}",
            why=f"It holds tenants that are not the demo's: {', '.join(strangers[:3])}.",
            next_step="Demo data goes into an empty database only: name another one with --url.",
        )
    if not rows:
        return None
    _, _, seed, as_of, until, scale, is_whole = rows[0]
    return ExistingDemo(
        seed=int(seed),
        as_of=date.fromisoformat(as_of),
        until=None if until is None else datetime.fromisoformat(until),
        scale=Decimal(scale),
        is_whole=is_whole,
    )

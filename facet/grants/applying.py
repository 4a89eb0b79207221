"""Changes that give readers their own tenant's rows alone: all of them, or none."""

import psycopg

from facet.errors import BuildError, ConfigurationError
from facet.grants.change import Change
from facet.grants.protection import protection_changes, read_marts
from facet.grants.readers import Readers, other_databases, owned, role_changes
from facet.grants.rights import right_changes
from facet.grants.shown import NOTHING_SHOWN, Shown
from facet.operational.connection import Connection, connect, where
from facet.quoting import quoted

#: The schema of marts that are served to readers (``facet.pipeline.served_marts``).
SCHEMA = "facet_served"
_TENANTS = "dim_tenants"
_NOTHING = "Nothing was changed."


def changes(
    url: str, *, readers: Readers, schema: str = SCHEMA, shown: Shown = NOTHING_SHOWN
) -> tuple[Change, ...]:
    """What would be done; the database stays as it is.

    Args:
        url: the database that marts are served in, as a role that may act for their owner.
        readers: how the roles are called.
        schema: the schema of the served marts.
        shown: the columns of each mart that readers without names see; none of one it lacks.

    Raises:
        OperationalError: nobody answers.
        BuildError: there are no marts.
        ConfigurationError: the role may not act for the marts' owner; a reader owns something;
            or the roles are those of another database.
    """
    with connect(url) as connection:
        found = _changes(connection, url, readers, schema, shown)
        connection.rollback()
    return found


def apply(
    url: str, *, readers: Readers, schema: str = SCHEMA, shown: Shown = NOTHING_SHOWN
) -> tuple[Change, ...]:
    """Do what ``changes`` names, in one transaction, and look again: nothing may be left to do.

    Returns:
        What was done.

    Raises:
        FacetError: as ``changes``; or something was refused or did not help. All is as it was.
    """
    with connect(url) as connection:
        connection.execute("set local lock_timeout = '30s'")
        done = _changes(connection, url, readers, schema, shown)
        for change in done:
            _execute(connection, change)
        left = _changes(connection, url, readers, schema, shown)
        if left:
            raise ConfigurationError(
                f"Could not {left[0].statement}",
                why=f"PostgreSQL did as told and it still is to be done ({left[0].why}):"
                " somebody else granted it.",
                next_step=f"{_NOTHING} Let who granted it take it back, then run this again.",
            )
    return done


def _changes(
    connection: Connection, url: str, readers: Readers, schema: str, shown: Shown
) -> tuple[Change, ...]:
    connection.execute("set local search_path = pg_catalog")  # names come with their schema
    _require_marts(connection, url, schema)
    for each in (readers, readers.unnamed):
        _require_ours(connection, each)
    marts = read_marts(connection, schema)
    tenants = [
        int(tenant_id)
        for (tenant_id,) in connection.execute(
            f"select tenant_id from {quoted(schema)}.{_TENANTS} order by tenant_id".encode()
        )
    ]
    return (
        *role_changes(connection, readers, tenants),
        *role_changes(connection, readers.unnamed, tenants),
        *protection_changes(connection, readers, marts),
        *right_changes(connection, readers, schema, marts),
        *right_changes(connection, readers.unnamed, schema, marts, shown=shown),
    )


def _require_marts(connection: Connection, url: str, schema: str) -> None:
    row = connection.execute(
        "select pg_get_userbyid(relowner), pg_has_role(relowner, 'usage') from pg_class"
        " inner join pg_namespace on pg_namespace.oid = relnamespace"
        " where nspname = %s and relname = %s",
        [schema, _TENANTS],
    ).fetchone()
    if row is None:
        raise BuildError(
            f"No marts in schema {schema} of {where(url)}",
            why="They are served there by a run with FACET_ENGINE=postgres.",
            next_step="Run `FACET_ENGINE=postgres facet run`, then this again.",
        )
    owner, may_act_for_owner = row
    if not may_act_for_owner:
        raise ConfigurationError(
            f"Role {connection.info.user}",
            why=f"The marts in {schema} belong to {owner}, and it may not act for that role.",
            next_step=f"Name {owner}, a member of it or a superuser in FACET_OPERATIONAL_URL.",
        )


def _require_ours(connection: Connection, readers: Readers) -> None:
    if possessions := owned(connection, readers):
        role, thing = possessions[0]
        raise ConfigurationError(
            f"{role} owns {thing}",
            why="An owner may lift any protection; a reader owns nothing.",
            next_step=f"Drop it, or look it through and give it to somebody else. {_NOTHING}",
        )
    if databases := other_databases(connection, readers):
        raise ConfigurationError(
            f"Roles {readers.group}…",
            why=f"They read in database {databases[0]} of this server, whose tenants are others.",
            next_step="Set FACET_READER_ROLE to a name of this database's own, run `facet run`,"
            " then this again.",
        )


def _execute(connection: Connection, change: Change) -> None:
    try:
        connection.execute(change.statement.encode())
    except psycopg.errors.InsufficientPrivilege as error:
        raise ConfigurationError(
            f"{connection.info.user} may not {change.statement}",
            why=f"PostgreSQL says: {error.diag.message_primary}.",
            next_step=f"{_NOTHING} Let the owner of what is named or a superuser run it or"
            " `facet grants --apply`; creating roles takes CREATEROLE.",
        ) from error
    except psycopg.Error as error:
        raise ConfigurationError(
            f"Could not {change.statement}",
            why=f"PostgreSQL says: {error.diag.message_primary}.",
            next_step=f"{_NOTHING} Put that right, then run this again.",
        ) from error

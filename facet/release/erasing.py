"""Erasure of a person from a published release, without a trace of them in its file."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from facet.quoting import literal, quoted
from facet.release import store
from facet.release.disk import share, sync, write_durably
from facet.release.manifest import tenant_file_name
from facet.release.tenant_files import MARTS_SCHEMA, STORAGE_VERSION

#: Tables with personal columns, and these.
Personal = Mapping[str, tuple[str, ...]]
#: The column that says whose a row with personal columns is.
PERSON = "person_id"


def personal_columns(connection: duckdb.DuckDBPyConnection, database: str) -> Personal:
    """Columns of personal data in a tenant's file, as its tables declare them."""
    tables = connection.execute(
        "select table_name, comment from duckdb_tables()"
        " where database_name = $database and schema_name = $schema and table_name in ("
        "select table_name from duckdb_columns() where database_name = $database"
        " and schema_name = $schema and column_name = $person)",
        {"database": database, "schema": MARTS_SCHEMA, "person": PERSON},
    ).fetchall()
    found = {
        table: tuple(json.loads(comment).get("personal", ())) if comment else ()
        for table, comment in tables
    }
    return {table: columns for table, columns in found.items() if columns}


def redact_persons(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: Iterable[str],
    *,
    tenant_id: int,
    person_ids: Iterable[int],
) -> int:
    """Empty the personal columns of persons' rows of a table; returns how many rows they have."""
    values = ", ".join(f"{quoted(column)} = null" for column in columns)
    listed = ", ".join(str(int(person)) for person in person_ids) or "null"
    row = connection.execute(
        f"update {relation} set {values}"
        f" where tenant_id = {int(tenant_id)} and {PERSON} in ({listed})"
    ).fetchone()
    return int(row[0]) if row else 0


def erase_from(
    directories: Sequence[Path], *, tenant_id: int, person_ids: Iterable[int]
) -> dict[str, dict[str, int]]:
    """Take persons out of a tenant's file of the releases in folders. The caller holds the lock.

    A file that several releases share is written anew once, so that nothing of before is left in
    blocks that are not used any more, and takes its place in each of them; then they say what it is
    now. Whoever reads the old file goes on reading it until they look at the release again. What
    stops in the middle is finished by the next call. A release that another version of Facet wrote
    has files like any other.

    Returns:
        Of each release, by its folder's name, how many rows of theirs a table has; nothing of a
        release without the tenant's file.
    """
    sharing: dict[str, list[Path]] = {}
    for directory in directories:
        path = directory / tenant_file_name(tenant_id)
        _remove_drafts(path)
        if path.is_file():
            sharing.setdefault(store.checksum(path), []).append(path)
    found: dict[str, dict[str, int]] = {}
    for paths in sharing.values():
        counts = _erase(paths, tenant_id=tenant_id, person_ids=person_ids)
        found |= {path.parent.name: counts for path in paths}
        for path in paths:
            _update_release(path, tenant_id)
    return found


def _erase(paths: Sequence[Path], *, tenant_id: int, person_ids: Iterable[int]) -> dict[str, int]:
    """Take persons out of a tenant's file that has these names or copies."""
    counts: dict[str, int] = {}
    with rewritten(*paths) as connection:
        for table, columns in personal_columns(connection, "draft").items():
            relation = f"draft.{MARTS_SCHEMA}.{quoted(table)}"
            count = redact_persons(
                connection, relation, columns, tenant_id=tenant_id, person_ids=person_ids
            )
            if count:
                counts[table] = count
    return counts


def _update_release(path: Path, tenant_id: int) -> None:
    """Write to a release what a tenant's file is now; its digest is not known any more."""
    release = path.with_name("release.json")
    with suppress(ValueError, KeyError, TypeError):  # what nobody can read says nothing of the file
        content = json.loads(release.read_text(encoding="utf-8"))
        for entry in content["tenants"]:
            if entry["tenant_id"] == tenant_id:
                size, checksum = path.stat().st_size, store.checksum(path)
                entry |= {"size_bytes": size, "sha256": checksum, "digest": ""}
        write_durably(release, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


@contextmanager
def rewritten(path: Path, *others: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Change a DuckDB file, as ``draft``, and put the result in its place as a file of its own.

    A file that was changed keeps what was there before in blocks that are free; the new one has
    only what is in its tables. Views are not copied: who has any makes them anew. `others` are
    further names or copies of the same file; in each one's place, too, comes the new one.
    """
    draft, fresh, _ = _drafts(path)
    for name in (path, *others):
        _remove_drafts(name)
    try:
        shutil.copyfile(path, draft)
        with duckdb.connect() as connection:
            connection.execute(f"attach {literal(str(draft))} as draft")
            yield connection
            _copy_tables(connection, fresh)
        sync(fresh)
        for name in (*others, path):
            *_, placed = _drafts(name)
            share(fresh, placed)
            placed.replace(name)
            sync(name.parent)
    finally:
        for name in (path, *others):
            _remove_drafts(name)


def _drafts(path: Path) -> tuple[Path, Path, Path]:
    """Names for a copy to change, for what comes of it, and for that on its way to its place."""
    draft, fresh, placed = (
        path.with_name(f".{path.name}.{name}") for name in ("draft", "fresh", "placed")
    )
    return draft, fresh, placed


def _remove_drafts(path: Path) -> None:
    for draft in _drafts(path):
        for end in ("", ".wal"):
            Path(f"{draft}{end}").unlink(missing_ok=True)


def _copy_tables(connection: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    views = connection.execute(
        "select schema_name, view_name from duckdb_views()"
        " where database_name = 'draft' and not internal"
    ).fetchall()
    for schema, view in views:
        connection.execute(f"drop view draft.{quoted(schema)}.{quoted(view)}")
    comments = connection.execute(
        "select schema_name, table_name, comment from duckdb_tables()"
        " where database_name = 'draft' and comment is not null"
    ).fetchall()
    sizes = connection.execute("select database_name, block_size from pragma_database_size()")
    block_size = dict(sizes.fetchall())["draft"]
    connection.execute(
        f"attach {literal(str(fresh))} as fresh"
        f" (block_size {int(block_size)}, storage_version {literal(STORAGE_VERSION)})"
    )
    connection.execute("copy from database draft to fresh")
    for schema, table, comment in comments:
        connection.execute(
            f"comment on table fresh.{quoted(schema)}.{quoted(table)} is {literal(comment)}"
        )
    connection.execute("checkpoint fresh")
    connection.execute("detach fresh")
    connection.execute("detach draft")

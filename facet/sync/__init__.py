"""From operational PostgreSQL to the copy that dbt builds on: the same tables, names and types.

Everything is read in one read-only REPEATABLE READ transaction and written in one DuckDB
transaction: the copy is the source as it was at one moment, or what it was before. Rows that
changed are found by the version that PostgreSQL itself stamps on each row, so no missing trigger,
late commit, back-dated row or hard delete can hide from it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from facet.sync.copying import SyncReport, TableSync, sync

__all__ = ["SyncReport", "TableSync", "sync"]


def __getattr__(name: str) -> Any:
    """Import DuckDB only when something is synchronised: the command line stays quick."""
    if name in __all__:
        from facet.sync import copying

        return getattr(copying, name)
    raise AttributeError(name)

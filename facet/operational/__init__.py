"""The operational database: its schema as ordered SQL files, and a server where there is none.

``create`` applies ``sql/*.sql`` to any PostgreSQL from version 14 on, ``embedded`` runs one that
comes as a Python wheel, ``operational_url`` yields whichever of the two the settings name.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from facet.operational.connection import connect
    from facet.operational.schema import CreateReport, create
    from facet.operational.server import embedded, operational_url

__all__ = ["CreateReport", "connect", "create", "embedded", "operational_url"]

_MODULES = {
    "CreateReport": "schema",
    "connect": "connection",
    "create": "schema",
    "embedded": "server",
    "operational_url": "server",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the database driver takes longer than all of the command line."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

"""Releases: what dashboards read. A DuckDB file per tenant, complete, tested, switched atomically.

``publish`` writes one from the marts of either engine, ``current`` finds the one that is served,
``rollback`` goes back to the one before. This package knows nothing of how marts are built.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from facet.release.manifest import Audit, FailedTest, Release, Snapshot, TenantFile

if TYPE_CHECKING:
    from facet.release.publishing import publish, publish_again
    from facet.release.store import current, list_releases, rollback, verify
    from facet.release.tenant_files import Mart, Privacy, Reference

__all__ = [
    "Audit",
    "FailedTest",
    "Mart",
    "Privacy",
    "Reference",
    "Release",
    "Snapshot",
    "TenantFile",
    "current",
    "list_releases",
    "publish",
    "publish_again",
    "rollback",
    "verify",
]

_HOMES = {
    "publish": "publishing",
    "publish_again": "publishing",
    "Mart": "tenant_files",
    "Privacy": "tenant_files",
    "Reference": "tenant_files",
}


def __getattr__(name: str) -> Any:
    """Import what needs DuckDB when it is first used, so that the command line starts fast."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'store')}"), name)

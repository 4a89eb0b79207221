"""Staging models, rendered from the sources' YAML and checked for drift.

One table in ``models/staging/<domain>/_<domain>__sources.yml`` is one view
``stg_<domain>__<model>``: same rows, same names (``id`` becomes ``<entity>_id``), explicit types.
What is rendered is committed, so that a reader sees plain SQL.
"""

from facet.staging.declarations import Column, Table, declared_tables
from facet.staging.rendering import Drift, check, render, write

__all__ = ["Column", "Drift", "Table", "check", "declared_tables", "render", "write"]

"""A release of what is served, but for some marts: to look at what is being developed."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from facet.config import Settings
from facet.quoting import literal, quoted
from facet.release.disk import write_durably
from facet.release.manifest import Release, TenantFile
from facet.release.publishing import _drafted, _switch, serve_from_marts
from facet.release.store import checksum
from facet.release.tenant_files import MARTS_SCHEMA, Mart, Privacy, functions


def publish_patched(
    settings: Settings,
    served: Release,
    *,
    tenant_ids: Sequence[int],
    build: Path,
    marts: Sequence[Mart],
    semantic_manifest: Path,
) -> Release:
    """Release some tenants as they are served, with these marts as a build has them.

    Args:
        settings: of a home of its own, which is not that of the release.
        served: the release whose files are copied; nothing of it changes.
        tenant_ids: the tenants, of which it has files.
        build: a DuckDB file that has the marts as tables.
        marts: these marts.
        semantic_manifest: dbt's, with the metrics as they are now.

    Raises:
        ReleaseError: the disk is full, or the release lacks a tenant's file.
    """
    with _drafted(settings) as (release_id, folder):
        files = []
        for tenant_id in tenant_ids:
            path = folder / served.tenant(tenant_id).file_name
            shutil.copyfile(served.file_of(tenant_id), path)
            rows = _patch(path, tenant_id, build, marts)
            files.append(_entry(served.tenant(tenant_id), release_id, path, rows))
        manifest = json.loads(semantic_manifest.read_text(encoding="utf-8"))
        release = replace(
            served,
            id=release_id,
            created_at=datetime.now(UTC),
            tenants=tuple(files),
            directory=folder,
        )
        write_durably(release.semantic_manifest, json.dumps(serve_from_marts(manifest)))
        rights = (served.directory / "rights.json").read_text(encoding="utf-8")
        return _switch(settings, release, rights)


def _patch(path: Path, tenant_id: int, build: Path, marts: Sequence[Mart]) -> dict[str, int]:
    """Put a tenant's rows of marts in the place of those that a file has; return their counts."""
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {literal(str(path))} as patched")
        connection.execute(f"attach {literal(str(build))} as built (read_only)")
        connection.execute(f"use patched.{MARTS_SCHEMA}")
        for mart in marts:
            name = quoted(mart.name)
            order = ", ".join(map(quoted, dict.fromkeys(("tenant_id", *mart.sort_key))))
            connection.execute(
                f"create or replace table {name} as select * from built.{MARTS_SCHEMA}.{name}"
                f" where tenant_id = {int(tenant_id)} order by {order}"
            )
            if mart.privacy != Privacy():
                comment = literal(mart.privacy.comment())
                connection.execute(f"comment on table {name} is {comment}")
        connection.execute(functions())
        counts = " union all ".join(
            f"select {literal(mart.name)}, count(*) from {quoted(mart.name)}" for mart in marts
        )
        rows = dict(connection.execute(counts).fetchall()) if counts else {}
        connection.execute("use memory.main")
        connection.execute("detach patched")
    return rows


def _entry(served: TenantFile, release_id: str, path: Path, rows: dict[str, int]) -> TenantFile:
    return replace(
        served,
        status="fresh",
        from_release=release_id,
        rows={**served.rows, **rows},
        size_bytes=path.stat().st_size,
        sha256=checksum(path),
        digest="",
    )

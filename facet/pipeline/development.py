"""The project as it stands in this folder, parsed beside what runs go on from.

What belongs to development is in homes of its own, within the real one: dbt's files, and releases
that nobody is served. So what a run wrote is left for ``--state``.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from facet.config import Settings
from facet.pipeline.dbt import Progress, _Dbt
from facet.pipeline.marts import grains_of, marts_of
from facet.pipeline.profile import (
    environment,
    environment_set,
    install_profile,
    partial_parse,
    target_path,
)
from facet.release import Mart


@dataclass(frozen=True, kw_only=True)
class Project:
    """The marts and metrics of a project."""

    marts: tuple[Mart, ...]
    #: The columns that tell one row of a mart from every other, by its name.
    grains: Mapping[str, tuple[str, ...]]
    #: What dbt wrote of metrics.
    semantic_manifest: Path


def scratch(settings: Settings, name: str) -> Settings:
    """The settings of a home for development, which is in the real one."""
    return replace(settings, home=settings.home / name)


def parsed(settings: Settings, progress: Progress | None = None) -> Project:
    """The project as it stands in this folder; nothing is built.

    Raises:
        BuildError: it does not parse.
    """
    apart = scratch(settings, "diff")
    apart.create_home()
    install_profile(apart)
    _start_from(partial_parse(settings), partial_parse(apart))
    with environment_set(environment(apart, settings.operational_url or "")):
        dbt = _Dbt(apart, progress or (lambda _: None))
        dbt.parse()
    return Project(
        marts=marts_of(dbt.manifest),
        grains=grains_of(dbt.manifest),
        semantic_manifest=target_path(apart) / "semantic_manifest.json",
    )


def _start_from(served: Path, apart: Path) -> None:
    """Have the first parse begin with what the last run parsed, which saves half a minute."""
    if not apart.exists() and served.exists():
        apart.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(served, apart)

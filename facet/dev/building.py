"""What is edited, built by dbt into a file of its own, and released to a home of its own.

The target ``dev`` reads the served warehouse and cannot write it. Whatever is not built anew stands
in the file as a view of what is served, so that a model finds all it reads where it looks for it.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from facet.config import Settings
from facet.errors import BuildError, ConfigurationError
from facet.pipeline.dbt import _Dbt
from facet.pipeline.development import scratch
from facet.pipeline.marts import marts_of
from facet.pipeline.profile import environment, environment_set, install_profile, target_path
from facet.quoting import literal, quoted
from facet.release import Mart, Release
from facet.release.patching import publish_patched
from facet.release.tenant_files import MARTS_SCHEMA

Progress = Callable[[str], None]

_BROKEN: Final = ("error", "fail", "runtime error", "skipped")
#: What of a model's text has dbt know what it reads and how it is built.
_TOLD_TO_DBT: Final = re.compile(r"\b(?:ref|source|config)\s*\([^)]*\)")
_BUILT: Final = ("model", "seed", "snapshot")


class Workshop:
    """The project as it is being edited: what of it was built, and released to look at."""

    def __init__(
        self,
        settings: Settings,
        served: Release,
        tenant_ids: Sequence[int],
        *,
        downstream: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Start with nothing built.

        Args:
            settings: of the home whose warehouse is read.
            served: its release.
            tenant_ids: the tenants to release.
            downstream: build all that reads what is edited, too, rather than up to the next mart.
            progress: is told each step in a few words.

        Raises:
            ConfigurationError: marts are built in PostgreSQL.
        """
        if settings.engine != "duckdb":
            raise ConfigurationError(
                "Nothing can be developed so",
                why="FACET_ENGINE is postgres, where a tenant's marts are no file.",
                next_step="Set FACET_ENGINE=duckdb, or build with `dbt --target postgres_dev`.",
            )
        #: The settings of the home that it is released to.
        self.apart = scratch(settings, "dev")
        self._settings = settings
        self._served = served
        self._tenant_ids = tenant_ids
        self._downstream = downstream
        self._progress = progress or (lambda _: None)
        self._manifest: Any = None
        self.apart.create_home()
        self.file.unlink(missing_ok=True)

    @property
    def file(self) -> Path:
        """Where dbt builds."""
        return self.apart.home / "dev.duckdb"

    def begin(self) -> tuple[str, ...]:
        """Build and release whatever is not as it was when the last run built it.

        Returns:
            The names of the models that were built.

        Raises:
            BuildError: the project does not parse, or a model fails.
        """
        state = target_path(self._settings)
        selected = "state:modified+" if self._downstream else "state:modified"
        return self._build(lambda: [selected], "--state", str(state))

    def rebuild(self, paths: Collection[Path]) -> tuple[str, ...]:
        """The same for what is made of some files, and on to the marts that are made of that.

        Where nothing but the text of models was edited, the project is not parsed anew.
        """
        return self._build(
            lambda: self._to_marts(self._made_of(paths)), is_parsed=self._take_over(paths)
        )

    def _build(
        self, selected: Callable[[], Sequence[str]], *options: str, is_parsed: bool = False
    ) -> tuple[str, ...]:
        install_profile(self.apart)
        url = self._settings.operational_url or ""
        apart = {"FACET_ENGINE": "dev", "FACET_HOME": str(self.apart.home)}
        with environment_set(environment(self._settings, url) | apart):
            dbt = _Dbt(self.apart, self._progress)
            dbt.manifest = self._manifest
            if not is_parsed:
                dbt.parse()
            self._manifest = dbt.manifest
            self._look_at_what_is_served()
            names = selected()
            try:
                nodes = dbt.invoke("run", "--select", *names, *options) if names else ()
            finally:
                dbt.close()
        for node in nodes:
            if node.status in _BROKEN:
                raise BuildError(
                    f"dbt could not build model {node.name}",
                    why=node.message,
                    next_step="Edit it again; what was built before is still shown.",
                )
        self._progress("publish")
        publish_patched(
            self.apart,
            self._served,
            tenant_ids=self._tenant_ids,
            build=self.file,
            marts=self._marts(),
            semantic_manifest=target_path(self.apart) / "semantic_manifest.json",
        )
        return tuple(node.name for node in nodes)

    def _take_over(self, paths: Collection[Path]) -> bool:
        """Have the models whose text was edited be of that; False where it takes dbt to know more.

        What a model reads and how it is configured must be what it was.
        """
        nodes = {
            self._settings.project_dir / m.original_file_path: m for m in self._models().values()
        }
        edited = {
            path: path.read_text("utf-8") for path in paths if path in nodes and path.is_file()
        }
        if edited.keys() != set(paths) or any(
            _TOLD_TO_DBT.findall(text) != _TOLD_TO_DBT.findall(nodes[path].raw_code)
            for path, text in edited.items()
        ):
            return False
        for path, text in edited.items():
            nodes[path].raw_code = text.strip()
        return True

    def _made_of(self, paths: Collection[Path]) -> set[str]:
        """The ids of the models whose text, description or macros are in some files."""
        manifest, project = self._manifest, self._settings.project_dir
        changed = {str(path.relative_to(project)) for path in paths if project in path.parents}
        macros = {
            of for of, macro in manifest.macros.items() if macro.original_file_path in changed
        }
        return {
            of
            for of, node in self._models().items()
            if node.original_file_path in changed
            or (node.patch_path or "").split("://")[-1] in changed
            or macros.intersection(node.depends_on.macros)
        }

    def _to_marts(self, edited: Collection[str]) -> list[str]:
        """These models, and those that are made of them: of a mart only where all is asked for."""
        models, reached, reads_on = self._models(), set(edited), set(edited)
        while reads_on:
            goes_on = {of for of in reads_on if self._downstream or "marts" not in models[of].fqn}
            reads_on = {
                of for of, node in models.items() if goes_on.intersection(node.depends_on.nodes)
            } - reached
            reached |= reads_on
        return sorted(models[of].name for of in reached)

    def _models(self) -> Mapping[str, Any]:
        nodes = self._manifest.nodes.items()
        return {of: node for of, node in nodes if node.resource_type == "model"}

    def _look_at_what_is_served(self) -> None:
        """Have a view in dbt's file of whatever the warehouse has and the file has not yet."""
        with duckdb.connect(str(self.file)) as connection:
            warehouse = literal(str(self._settings.warehouse_path))
            connection.execute(f"attach {warehouse} as warehouse (read_only)")
            there = {
                (database, schema, name)
                for database, schema, name in connection.execute(
                    "select database_name, schema_name, table_name from duckdb_tables() union all"
                    " select database_name, schema_name, view_name from duckdb_views()"
                ).fetchall()
            }
            for node in self._manifest.nodes.values():
                of = node.schema, node.alias
                is_built = node.resource_type in _BUILT
                if is_built and ("warehouse", *of) in there and ("dev", *of) not in there:
                    name = f"{quoted(node.schema)}.{quoted(node.alias)}"
                    connection.execute(f"create schema if not exists {quoted(node.schema)}")
                    connection.execute(f"create view {name} as from warehouse.{name}")

    def _marts(self) -> list[Mart]:
        """The marts that were built here: those that are tables."""
        with duckdb.connect(str(self.file), read_only=True) as connection:
            tables = {
                name
                for (name,) in connection.execute(
                    "select table_name from duckdb_tables() where schema_name = $schema",
                    {"schema": MARTS_SCHEMA},
                ).fetchall()
            }
        return [mart for mart in marts_of(self._manifest) if mart.name in tables]

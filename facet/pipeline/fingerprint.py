"""What a build is of beside the data: the project's text and the versions that build it."""

import hashlib
from importlib.metadata import version

from facet.config import Settings
from facet.release.digests import writer

_FOLDERS = ("models", "macros", "seeds", "snapshots", "tests/dbt")
_FILES = ("dbt_project.yml", "profiles.example.yml")
_PACKAGES = ("facet", "dbt-core", "dbt-duckdb", "dbt-postgres", "duckdb")


def fingerprint(settings: Settings) -> str:
    """A digest of the project's files, of versions, and of what writes a release's files."""
    digest = hashlib.sha256()
    project = settings.project_dir
    files = [project / name for name in _FILES]
    for folder in _FOLDERS:
        files += sorted(path for path in (project / folder).rglob("*") if path.is_file())
    for path in files:
        if path.is_file():
            digest.update(f"\n{path.relative_to(project)}\n".encode())
            digest.update(path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    digest.update(f"{settings.operational_schema} {writer(settings.engine)}".encode())
    return digest.hexdigest()

"""Errors a person can act on: each names the thing, the reason and the next step.

Exit codes (documented in docs/operations.md):

==== =========================================================================
code meaning
==== =========================================================================
0    done
1    unexpected: a defect in Facet
2    usage: the command line was wrong
3    configuration: a setting is missing or invalid
4    operational database: unreachable, not the expected one, or its schema differs
5    build: dbt could not build, or no tenant passed its tests
6    release: publishing, switching or rolling back failed (a full disk, say)
7    busy: another run holds the lock
8    warehouse: the copy's file cannot be written (a full disk, say)
9    quality: a measure of the operational schema is below the threshold
==== =========================================================================
"""


class FacetError(Exception):
    """What went wrong, why, and what to do about it.

    Args:
        what: the thing that failed, named.
        why: the reason, in one sentence.
        next_step: what the reader can do now.
    """

    exit_code = 1

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(f"{what}: {why} {next_step}")
        self.what = what
        self.why = why
        self.next_step = next_step


class ConfigurationError(FacetError):
    """A setting is missing or invalid."""

    exit_code = 3


class OperationalError(FacetError):
    """The operational database is unreachable, another one, or its schema differs."""

    exit_code = 4


class BuildError(FacetError):
    """dbt could not build, or nothing that it built may be served."""

    exit_code = 5


class ReleaseError(FacetError):
    """A release could not be written, switched to or found."""

    exit_code = 6


class BusyError(FacetError):
    """Another run holds the lock."""

    exit_code = 7


class WarehouseError(FacetError):
    """The warehouse file cannot be opened or written."""

    exit_code = 8


class QualityError(FacetError):
    """A measure of the operational schema's quality is below the threshold."""

    exit_code = 9

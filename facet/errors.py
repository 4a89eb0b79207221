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
10   attention: ``facet status --check`` found what somebody should look after
11   held back: a run published, but not for every tenant
12   delivery: an alert or a report could not be sent
==== =========================================================================
"""

import errno
import re
from pathlib import Path
from typing import Final

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: What the system says for those, as it reaches us in the text of DuckDB's and dbt's errors.
_FULL_TEXT: Final = re.compile(
    r"No space left on device|Disk quota exceeded|File too large|Could not write all bytes"
)
_BREAK = "\n"  # no f-string of Python 3.11 may hold one


class FacetError(Exception):
    """What went wrong, why, and what to do about it.

    Args:
        what: the thing that failed, named.
        why: the reason, in one sentence.
        next_step: what the reader can do now.
    """

    exit_code = 1

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(f"{what}: {why}{_BREAK if _BREAK in why else ' '}{next_step}")
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


class HeldBackError(FacetError):
    """A run published, but some tenants were held back."""

    exit_code = 11


class AlertError(FacetError):
    """A message could not be sent."""

    exit_code = 12


class DeliveryError(FacetError):
    """The mail server cannot be reached, or did not take a message."""

    exit_code = 12


def is_full(error: BaseException | str) -> bool:
    """Whether an error, or its text, is about a full disk."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return _FULL_TEXT.search(str(error)) is not None


def not_written(path: Path, error: OSError) -> WarehouseError:
    """The error for a file of a home that cannot be written."""
    return WarehouseError(
        str(path),
        why=f"It cannot be written: {error.strerror or error}.",
        next_step="Free some space, or point FACET_HOME at a larger disk, and run it again; what"
        " is served has not changed."
        if is_full(error)
        else "Run it as the owner of FACET_HOME, or point FACET_HOME at a folder of your own.",
    )

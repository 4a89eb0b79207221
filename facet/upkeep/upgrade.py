"""Bringing a home that an older version of Facet made to this one's form.

A home says its version in ``home.json``; one without it is of before there were any. What a later
version adds to a document is no matter of this: what is missing has a default, and what is not
known is passed over, wherever it is read.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from facet import home
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.release.disk import write_durably
from facet.release.store import remove_leftovers


@dataclass(frozen=True, kw_only=True)
class Step:
    """What makes a home of the version before one of the next, and does no harm when it is one."""

    what: str
    do: Callable[[Settings], None]


def _close(settings: Settings) -> None:
    home.close_contents(settings.home)


def _remove_leftovers(settings: Settings) -> None:
    """What dbt kept for both engines in one place, and releases that were never finished."""
    shutil.rmtree(settings.home / "dbt" / "target", ignore_errors=True)
    if settings.releases_dir.is_dir():
        remove_leftovers(settings.releases_dir)


#: By the version that they lead to, from 1 on.
STEPS: Final = (
    (
        Step(what="every file is its owner's alone", do=_close),
        Step(what="what older versions left behind is removed", do=_remove_leftovers),
    ),
)
VERSION: Final = len(STEPS)


def version_of(settings: Settings) -> int:
    """The version that a home says it has; 0 where it says none."""
    try:
        return int(json.loads((settings.home / "home.json").read_text())["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def upgrade(settings: Settings) -> tuple[str, ...]:
    """Take the steps that a home has not taken yet. The caller holds the lock.

    Whatever stops in the middle is taken again by the next call. A home of a newer version stays
    as it is.

    Returns:
        What was done, a few words for each step; nothing the second time.
    """
    done = []
    for number in range(version_of(settings), VERSION):
        for step in STEPS[number]:
            step.do(settings)
            done.append(step.what)
        said = json.dumps({"version": number + 1})
        write_durably(settings.home / "home.json", f"{said}\n")
    return tuple(done)


def require_known(settings: Settings) -> None:
    """Refuse a home of a newer version.

    Raises:
        ConfigurationError: its version is not known.
    """
    if (version := version_of(settings)) > VERSION:
        raise ConfigurationError(
            f"{settings.home} is of a newer Facet",
            why=f"It has version {version}; this Facet knows {VERSION}.",
            next_step="Use the newer Facet. This one reads what it knows of it, and changes no"
            " more than a run does.",
        )

"""Names that a release does not have."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from facet.errors import FacetError

#: Of more names than this only those are listed that are like the one that there is not.
_LISTED: Final = 40
_CLOSE: Final = 8


class UnknownNameError(FacetError):
    """A metric, dimension, mart or column that the release does not have."""

    exit_code = 2


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that is none of those that are known."""
    listed = sorted(known)
    if len(listed) > _LISTED:
        listed = [*(get_close_matches(name, listed, n=_CLOSE, cutoff=0.3)), "…"]
    return UnknownNameError(
        f"No {what} {name!r}",
        why="The release does not have it.",
        next_step=f"Choose one of: {', '.join(listed)}.",
    )

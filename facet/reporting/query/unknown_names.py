"""Names that a release does not have."""

from collections.abc import Iterable

from facet.errors import FacetError


class UnknownNameError(FacetError):
    """A metric, dimension, mart or column that the release does not have."""


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that is none of those that are known."""
    return UnknownNameError(
        f"No {what} {name!r}",
        why="The release does not have it.",
        next_step=f"Choose one of: {', '.join(sorted(known))}.",
    )

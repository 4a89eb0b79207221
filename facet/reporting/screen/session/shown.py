"""What the page of this rerun has shown, as parts of a document; made when somebody asks for it."""

from collections.abc import Callable, Sequence

from facet.reporting.present.document.parts import Part
from facet.reporting.screen.session.state import state


def note_shown(part: Callable[[], Part]) -> None:
    """Note that something stands on the page; `part` makes it for a file, off the page too."""
    state().drawn_parts.append(part)


def shown() -> Sequence[Callable[[], Part]]:
    """What stands on the page so far, from top to bottom."""
    return tuple(state().drawn_parts)


def begin() -> None:
    """Begin a page on which nothing stands yet."""
    state().drawn_parts = []

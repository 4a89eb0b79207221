"""What waits for somebody, whatever the period: a tile each."""

from typing import Final

from facet.reporting.query.metric import Kind
from facet.reporting.screen.pages.fulfilment.data import came_back, waiting
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

_KINDS: Final[dict[str, Kind]] = {"owed": "money"}
#: What is missing, where it is not the thing itself.
_MISSING: Final = {"owed": "waiting.no_order", "differences": "waiting.not_there"}


def waiting_tiles(view: View) -> None:
    """Show what is late, overdue, open or does not agree; a dash where nothing is recorded."""
    found = waiting(view)
    notes = {"late": view.text("waiting.came_back", count=view.count(came_back(view)))}
    for name, value in found.items():
        if value is None:
            notes[name] = view.text(_MISSING.get(name, "waiting.not_recorded"))
    plain_tiles(
        [
            Tile(
                name=name,
                label=view.text(f"waiting.{name}"),
                value=view.formats.short(value, _KINDS.get(name, "count")),
                note=notes.get(name),
                help=view.text(f"waiting_means.{name}"),
            )
            for name, value in found.items()
        ],
        of="waiting",
    )

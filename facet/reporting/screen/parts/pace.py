"""The colours of how a goal or a target is paced."""

from typing import Final

from facet.reporting.present.charts import ACCENT, GOLD, LOSS

COLOURS: Final = {
    "at_risk": LOSS,
    "missed": LOSS,
    "behind": GOLD,
    "on_track": ACCENT,
    "started": ACCENT,
    "achieved": ACCENT,
}

"""Quarantine: what of the operational data cannot be counted as it stands, and what to do."""

from facet.reporting import screen

view = screen.view_of_session()
screen.stop_without_marts(view, "rpt_quarantine", "fct_quarantined_rows")

screen.quarantine_tiles(view)
screen.quarantine_list(view)

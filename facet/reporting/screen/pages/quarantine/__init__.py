"""Quarantine: rows that cannot be counted, by cause."""

from typing import Final

from facet.reporting.screen.session.page import Page
from facet.rights import codes

PAGE: Final = Page(
    name="quarantine",
    section="company",
    icon="rule",
    permissions=(codes.PLATFORM, codes.ADMINISTRATION),
    shows=("quarantine",),
    marts=("rpt_quarantine", "fct_quarantined_rows"),
)

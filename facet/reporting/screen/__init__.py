"""What pages are made of: the way in, the frame around them, filters, tiles, charts, drill-downs.

Only this part of the room knows Streamlit. A page reads: filters → numbers → charts → table.
"""

from facet.reporting.screen.bridge import bridge
from facet.reporting.screen.drill_down import drill_down
from facet.reporting.screen.empty import EndOfPage, stop_if_empty
from facet.reporting.screen.entry import enter, trouble, view_of_session
from facet.reporting.screen.figures import breakdown_chart, trend_chart
from facet.reporting.screen.frame import footer, header, styles
from facet.reporting.screen.menu import page_menu
from facet.reporting.screen.tables import breakdown_table
from facet.reporting.screen.tiles import tiles
from facet.reporting.screen.view import Part, View

__all__ = [
    "EndOfPage",
    "Part",
    "View",
    "breakdown_chart",
    "breakdown_table",
    "bridge",
    "drill_down",
    "enter",
    "footer",
    "header",
    "page_menu",
    "stop_if_empty",
    "styles",
    "tiles",
    "trend_chart",
    "trouble",
    "view_of_session",
]

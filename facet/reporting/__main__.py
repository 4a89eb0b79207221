"""The server's own process: ``python -m facet.reporting``; `facet dashboards` starts it."""

import sys

from facet.reporting.server import run_here

run_here(sys.argv[1:])

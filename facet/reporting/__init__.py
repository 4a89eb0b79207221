"""Reports and dashboards in four layers, and their server.

``identity`` says who somebody is, ``query`` reads metrics and marts from their tenant's file alone,
``present`` turns numbers into texts, formats and charts, ``screen`` is what pages are made of. The
package knows releases, and nothing of how they are made.
"""

from facet.reporting.server import serve, serving, wait_until_ready

__all__ = ["serve", "serving", "wait_until_ready"]

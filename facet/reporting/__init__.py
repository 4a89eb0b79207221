"""What people look at: who somebody is, the gateway to their tenant's file, metrics, screens.

``identity`` makes principals, ``gateway`` opens a principal's tenant file alone, ``metrics``
compiles names of metrics into statements and runs them through the gateway. ``periods``,
``filters``, ``formats``, ``texts`` and ``charts`` turn numbers into something to read; ``screen``
is what pages are made of; ``server`` serves them. This room knows releases, and nothing of how
they are made.
"""

from facet.reporting.server import serve, serving, wait_until_ready

__all__ = ["serve", "serving", "wait_until_ready"]

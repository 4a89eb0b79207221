"""Metrics asked from outside the pages: by command and from Python.

The same questions, rights and numbers as on the pages; every question is in the audit trail.

>>> from facet.metrics.shop import Shop  # doctest: +SKIP
>>> shop = Shop.of(tenant_id=2)
>>> shop.query(["net_sales", "orders"], by=["month", "channel"]).to_pandas()
"""

"""Health for machines: what is served and how runs went, over HTTP, apart from the dashboards.

It reads the files of a home and writes none; it tells no number of any tenant's business.
"""

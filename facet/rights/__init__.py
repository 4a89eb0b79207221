"""Rights of people: read from the operational database, kept beside releases, without addresses.

`document` is what the dashboards read; `reading` is how it comes about, from the CRM's own roles.
"""

"""Facet: analytics warehouse and reporting layer of a multi-tenant CRM."""

from facet.zones import prefer_package

prefer_package()

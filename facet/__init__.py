"""Facet: analytics warehouse and reporting layer of a multi-tenant CRM."""

"""Readers of marts in PostgreSQL: a role per tenant, which gets that tenant's rows alone.

Another role of each tenant gets what tells of nobody (`shown`). `protection` is what stands on each
mart, `rights` is who holds what in the database, `changes` is what is to be done, as SQL;
`applying` does it, all or nothing.
"""

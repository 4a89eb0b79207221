"""Metrics over HTTP and the Model Context Protocol, for whoever holds a token.

The same questions, rights and numbers as on the pages (`facet.metrics`). `offered` is what both
ways offer, `door` is who comes in and how often, `server` and `assistant` are the ways.
"""

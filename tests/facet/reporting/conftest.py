"""Fixtures of this package's tests."""

from tests.facet.reporting.fixtures import house, reader_of, semantic_manifest, signed_in

__all__ = ["house", "reader_of", "semantic_manifest", "signed_in"]

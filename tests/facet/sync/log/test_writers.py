"""The same by the log."""

from tests.facet.sync.test_writers import (
    test_the_copy_equals_the_source_after_syncs_while_others_wrote,
)

__all__ = ["test_the_copy_equals_the_source_after_syncs_while_others_wrote"]

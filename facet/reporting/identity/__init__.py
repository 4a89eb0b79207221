"""Identity and data scope of readers."""

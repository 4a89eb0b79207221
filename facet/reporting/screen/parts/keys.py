"""Keys of widgets that depend on what is looked at."""

from collections.abc import Hashable
from hashlib import sha256

_LENGTH = 16


def key_for(name: str, depends_on: Hashable) -> str:
    """A widget's key that changes with what it depends on, and with nothing else."""
    return f"{name}-{sha256(repr(depends_on).encode()).hexdigest()[:_LENGTH]}"

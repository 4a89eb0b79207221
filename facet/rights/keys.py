"""E-mail addresses as keys: they identify who may sign in, and hold nobody's address."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from facet.config import Settings

_BYTES = 32


def secret_of(settings: Settings) -> bytes:
    """The secret of a home, made where it has none yet; only its owner may read the file."""
    path = settings.home / "secret"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        settings.create_home()
        return _made(path)


def email_key(secret: bytes, email: str) -> str:
    """What stands for an address: the same for any spelling that reaches the same mailbox's owner.

    Capitals and outer spaces do not count. Without the secret an address cannot be tried out.
    """
    return hmac.new(secret, email.strip().casefold().encode(), hashlib.sha256).hexdigest()


def _made(path: Path) -> bytes:
    """Make the secret whole or not at all; of two that do so at once, the first one counts."""
    draft = path.with_name(f"secret.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()

"""What dbt and the engines say of a failure, as an error that somebody can act on."""

from pathlib import Path

from facet.config import Settings
from facet.errors import BuildError, is_full
from facet.release.disk import disk_full


def build_failure(settings: Settings, log: Path, what: str, message: str) -> Exception:
    """What to tell of a failure of dbt's: why, where the whole story is, and what to do.

    Args:
        settings: home and limits.
        log: dbt's own log of the build.
        what: what failed, named.
        message: what dbt or the engine said, of any number of lines.
    """
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    reason = " ".join(lines[:6]) or "dbt did not say why"
    if is_full(message):
        return disk_full(what, settings.home, reason=reason)
    if "out of memory" in message.lower():
        return _memory_used_up(settings, log, what)
    return BuildError(
        what,
        why=f"{reason}." if reason[-1] not in ".!?" else reason,
        next_step=f"Correct it and run `facet run` again; the whole story is in {log}. "
        "What is served has not changed.",
    )


def _memory_used_up(settings: Settings, log: Path, what: str) -> Exception:
    """Whoever asks for the last of the memory fails, though another may have taken it."""
    return BuildError(
        what,
        why=f"The build needs more than the {settings.memory_limit} of FACET_MEMORY_LIMIT: it was "
        "used up while this was built, by it or by what was built at the same time.",
        next_step="Raise FACET_MEMORY_LIMIT, or set FACET_THREADS=1 to build one after the other, "
        f"and run `facet run` again; the whole story is in {log}. What is served has not changed.",
    )

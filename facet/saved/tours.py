"""Who has been shown around, or did not want to be: nobody is asked twice."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facet.config import Settings
from facet.saved.file import path_of, saved_file


@dataclass(frozen=True)
class Tours:
    """The tour of one user of a tenant."""

    path: Path
    tenant_id: int
    user_id: int

    @classmethod
    def of(cls, settings: Settings, *, tenant_id: int, user_id: int) -> "Tours":
        """That of a home."""
        return cls(path_of(settings), tenant_id, user_id)

    def is_over(self) -> bool:
        """Whether they have answered the offer, whichever way.

        Raises:
            SavedError: the file cannot be read.
        """
        if not self.path.exists():
            return False
        with saved_file(self.path) as file:
            query = "select 1 from tours where tenant_id = ? and user_id = ?"
            return file.execute(query, [self.tenant_id, self.user_id]).fetchone() is not None

    def end(self) -> None:
        """Write down that they have answered.

        Raises:
            SavedError: the file cannot be written.
        """
        with saved_file(self.path) as file:
            file.execute(
                "insert or ignore into tours values (?, ?, ?)",
                [self.tenant_id, self.user_id, datetime.now(UTC).isoformat(timespec="seconds")],
            )

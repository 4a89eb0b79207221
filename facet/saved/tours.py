"""Who has been shown around, or did not want to be: nobody is asked twice."""

from facet.saved.file import OfUser, now, saved_file


class Tours(OfUser):
    """The tour of one user of a tenant."""

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
                [self.tenant_id, self.user_id, now()],
            )

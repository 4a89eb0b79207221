"""Pages that people have themselves sent by mail, and how often."""

import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from facet.config import Settings
from facet.saved.file import NotSavedError, OfUser, now, path_of, require_found, saved_file

Every = Literal["day", "week", "month"]
FileFormat = Literal["pdf", "xlsx"]

#: So many may a person have.
MOST: Final = 20
_COLUMNS: Final = (
    "tenant_id, subscription_id, user_id, recipient, name, page, address, every, weekday,"
    " file_format, language, time_zone"
)


@dataclass(frozen=True, kw_only=True)
class PageSubscription:
    """A page with what was chosen on it, which somebody is sent.

    Args:
        tenant_id: whose numbers it shows.
        subscription_id: within its tenant.
        user_id: whose it is; what they may see is looked up at each sending.
        recipient: the address that their sign-in vouches for.
        name: of the saved view that it was; None of a page as it stood.
        page: the page's name.
        address: the parameters of the page's address.
        every: how often.
        weekday: from 1 (Monday) to 7, of a week.
        file_format: of the file in the mail.
        language: that they read.
        time_zone: of their clocks; None: the tenant's.
    """

    tenant_id: int
    subscription_id: str
    user_id: int
    recipient: str
    name: str | None
    page: str
    address: Mapping[str, Sequence[str]]
    every: Every
    weekday: int
    file_format: FileFormat
    language: str
    time_zone: str | None


class PageSubscriptions(OfUser):
    """The subscriptions of one user of a tenant."""

    def all(self) -> tuple[PageSubscription, ...]:
        """Theirs, by page.

        Raises:
            SavedError: the file cannot be read.
        """
        return _read(self.path, "tenant_id = ? and user_id = ?", [self.tenant_id, self.user_id])

    def add(
        self,
        page: str,
        *,
        name: str | None,
        address: Mapping[str, Sequence[str]],
        every: Every,
        weekday: int,
        file_format: FileFormat,
        recipient: str,
        language: str,
        time_zone: str | None,
    ) -> PageSubscription:
        """Have a page sent from now on.

        Raises:
            NotSavedError: it is sent already, or there are too many.
            SavedError: the file cannot be written.
        """
        made = PageSubscription(
            tenant_id=self.tenant_id,
            subscription_id=secrets.token_hex(8),
            user_id=self.user_id,
            recipient=recipient,
            name=name,
            page=page,
            address={key: list(values) for key, values in address.items()},
            every=every,
            weekday=weekday,
            file_format=file_format,
            language=language,
            time_zone=time_zone,
        )
        with saved_file(self.path) as file:
            own = "select count(*) from subscriptions where tenant_id = ? and user_id = ?"
            if file.execute(own, [self.tenant_id, self.user_id]).fetchone()[0] >= MOST:
                raise NotSavedError("many")
            row = _row(made)
            try:
                file.execute(
                    f"insert into subscriptions ({_COLUMNS}, changed_at)"
                    f" values ({', '.join('?' * len(row))}, ?)",
                    [*row, now()],
                )
            except sqlite3.IntegrityError as error:
                raise NotSavedError("same") from error
        return made

    def end(self, subscription_id: str) -> None:
        """Have a page sent no more.

        Raises:
            NotSavedError: they have no such subscription.
            SavedError: the file cannot be written.
        """
        with saved_file(self.path) as file:
            gone = file.execute(
                "delete from subscriptions"
                " where tenant_id = ? and user_id = ? and subscription_id = ?",
                [self.tenant_id, self.user_id, subscription_id],
            )
            require_found(gone)


def every_subscription(settings: Settings) -> tuple[PageSubscription, ...]:
    """Those of everybody, by tenant and page, for who sends them.

    Raises:
        SavedError: the file cannot be read.
    """
    return _read(path_of(settings), "true", [])


def _read(path: Path, condition: str, values: Sequence[object]) -> tuple[PageSubscription, ...]:
    if not path.exists():
        return ()
    with saved_file(path) as file:
        rows = file.execute(
            f"select {_COLUMNS} from subscriptions where {condition}"
            " order by tenant_id, page, changed_at, subscription_id",
            list(values),
        ).fetchall()
    return tuple(map(_subscription, rows))


def _row(of: PageSubscription) -> list[object]:
    address = json.dumps(of.address, ensure_ascii=False, sort_keys=True)
    return [
        *(of.tenant_id, of.subscription_id, of.user_id, of.recipient, of.name, of.page, address),
        *(of.every, of.weekday, of.file_format, of.language, of.time_zone),
    ]


def _subscription(row: tuple[Any, ...]) -> PageSubscription:
    names = [name.strip() for name in _COLUMNS.split(",")]
    values = dict(zip(names, row, strict=True))
    return PageSubscription(**{**values, "address": json.loads(values["address"])})

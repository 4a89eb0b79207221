"""What clocks show where: names of time zones and their rules, by the package ``tzdata`` alone.

The system's own time-zone data may be years older, and so may a database's: see ``differences``.
"""

import re
import zoneinfo
from functools import cache
from zoneinfo import ZoneInfo

UTC_NAME = "UTC"

#: `Area/Location`: other names that tzdata has (CET, EST) mean an abbreviation to PostgreSQL.
_NAME = re.compile(r"[A-Za-z]+(/[A-Za-z0-9_+-]+)+")


def prefer_package() -> None:
    """Have Python read the package ``tzdata``, not what the system has."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()


@cache
def names() -> tuple[str, ...]:
    """The names that a tenant's time zone may have, sorted: `Area/Location`, and `UTC`."""
    known = zoneinfo.available_timezones()
    return tuple(sorted(name for name in known if name == UTC_NAME or _NAME.fullmatch(name)))

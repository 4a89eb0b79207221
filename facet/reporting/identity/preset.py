"""Whom `facet dev` signs in: a note in the home that it makes for itself.

It only chooses among those whom the demo's sign-in offers to anybody at this machine: where that
sign-in is refused, so is this.
"""

import json
from pathlib import Path
from typing import Final

_NAME: Final = "dev_user.json"


def preset_user(home: Path) -> tuple[int, int] | None:
    """Tenant and user who are there without signing in; None where somebody has to."""
    try:
        content = json.loads((home / _NAME).read_text(encoding="utf-8"))
        return int(content["tenant_id"]), int(content["user_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def preset(home: Path, user: tuple[int, int] | None) -> None:
    """Have somebody be there without signing in; with None nobody."""
    path = home / _NAME
    if user is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(json.dumps({"tenant_id": user[0], "user_id": user[1]}), encoding="utf-8")

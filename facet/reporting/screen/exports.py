"""Taking a table along, as CSV or Excel, for those who may.

What may be taken is decided when it is taken, on the server: from the session and the rights of
that moment, not from those of the page that the button stands on. It is written down before it is
handed out, or it is not handed out.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NoReturn, get_args

import streamlit as st

from facet.errors import FacetError
from facet.reporting.export import MIME, Format, to_csv, to_excel
from facet.reporting.filters import to_address
from facet.reporting.screen.menu import UNFILTERED
from facet.reporting.screen.trail import record
from facet.reporting.screen.view import View
from facet.reporting.table import Cell
from facet.rights.codes import EXPORT

_NAMES: Final[dict[Format, str]] = {"csv": "CSV", "xlsx": "Excel"}


def export(
    view: View,
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
) -> None:
    """Offer a table to whoever may export; all of its rows, exact and not written out.

    Args:
        view: who looks, at what.
        name: of the table on its page.
        headings: of its columns.
        rows: its cells; money is in the tenant's currency.
    """
    if not view.principal.may(EXPORT) or not rows:
        return
    with st.container(
        key=f"export-{name}", horizontal=True, horizontal_alignment="right", gap=None
    ):
        for kind in get_args(Format):
            st.download_button(
                _NAMES[kind],
                partial(
                    delivered, view, st.session_state["page-opened"], name, kind, headings, rows
                ),
                file_name=_file_name(view, name, kind),
                mime=MIME[kind],
                icon=":material/download:",
                type="tertiary",
                help=view.text("export.help", rows=view.count(len(rows))),
                key=f"export-{kind}-{name}",
            )


def delivered(
    view: View,
    page: str,
    name: str,
    kind: Format,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
) -> bytes:
    """The file of a table, for whoever may still have it; runs when the button is clicked.

    Raises:
        PermissionError: the session has ended, or the right is not there any more.
        OSError: the export cannot be written down.
    """
    told = {"table": name, "format": kind, "rows": len(rows), "filters": to_address(view.filters)}
    refuse = partial(_refuse, view, page, told)
    try:
        principal = view.again()
    except (PermissionError, FacetError):
        refuse("session")
    if not principal.may(EXPORT):
        refuse("right")
    if principal.scope != view.principal.scope:
        refuse("scope")
    content = to_csv(headings, rows) if kind == "csv" else _workbook(view, page, headings, rows)
    record(view, "export", page, told)
    return content


def _refuse(view: View, page: str, told: dict[str, object], reason: str) -> NoReturn:
    record(view, "refused", page, {**told, "reason": f"export.{reason}"})
    raise PermissionError(f"The export is refused: {reason}.")


def _workbook(
    view: View, page: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> bytes:
    say: Callable[[str], str] = view.text
    about = {
        say("export.shop"): view.tenant.name,
        say("export.page"): say(f"page.{page}"),
        say("export.currency"): view.tenant.currency,
        say("export.as_of"): view.formats.moment(view.tenant.as_of_local),
        say("export.release"): view.release.id,
        say("export.by"): view.principal.full_name,
    }
    if page not in UNFILTERED:
        about[say("export.period")] = view.formats.period(view.period)
    for name, keys in view.filters.chosen.items():
        about[say(f"filter.{name}")] = ", ".join(view.choice_label(name, key) for key in keys)
    return to_excel(headings, rows, about=about)


def _file_name(view: View, name: str, kind: Format) -> str:
    shop = unicodedata.normalize("NFKD", view.tenant.name.replace("đ", "d").replace("Đ", "D"))
    slug = re.sub(r"[^a-z0-9]+", "-", shop.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{slug or 'facet'}_{name}_{view.tenant.today.isoformat()}.{kind}"

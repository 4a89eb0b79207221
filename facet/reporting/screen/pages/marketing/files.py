"""Files by use and rights, folders, and documents."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.present.formats import DASH
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Record
from facet.reporting.query.tree import as_tree
from facet.reporting.screen.parts.cells import column, or_dash
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: Files of a list, those that need somebody first.
FILES: Final[dict[str, Where]] = {
    "needs": {"needs_rights": [True]},
    "used": {"asset_use": ["running", "coming", "brand"]},
    "draft": {"asset_use": ["draft"]},
    "unused": {"asset_use": ["over", "none"]},
    "all": {},
}
_FILE: Final = (
    *("asset_name", "asset_type", "asset_use", "rights_state", "folder_name", "campaign_name"),
    *("brand_name", "approved_by_name", "license_left_days", "unchanged_days"),
    *("license_until_date", "changed_date"),
)


def file_list(view: View) -> None:
    """Files of marketing: those whose rights need somebody, are used, drafts, unused, or all."""
    subheading(view.text("file.title"))
    if not view.marts.count("rpt_marketing_assets"):
        nothing_yet(view.text("file.never"), view.text("file.never_why"), key="no-files")
        return
    chosen = one_of(
        view.text("file.which"),
        FILES,
        lambda name: view.text(f"file_list.{name}"),
        key="files",
        is_label_shown=False,
    )
    rows = view.marts.rows(
        "rpt_marketing_assets",
        _FILE,
        where=FILES[chosen],
        order_by=["license_until_date", "-unchanged_days", "marketing_asset_id"],
    ).records()
    if not rows:
        nothing_wrong(view.text(f"file_none.{chosen}"))
        return
    st.caption(view.text("file.means"))
    bad = {view.text(f"rights_state.{name}"): LOSS for name in ("expired", "end_soon", "end_early")}
    columns = [
        column(view, "file.file", "asset_name", width=240),
        column(view, "file.use", lambda row: view.word("asset_use", row["asset_use"])),
        column(
            view,
            "file.rights",
            lambda row: view.word("rights_state", row["rights_state"]),
            colours=bad,
        ),
        column(view, "file.until", or_dash("license_until_date"), kind="day"),
        column(view, "file.left", "license_left_days", kind="days"),
        column(view, "file.campaign", or_dash("campaign_name")),
        column(view, "file.brand", or_dash("brand_name")),
        column(view, "file.folder", or_dash("folder_name")),
        column(view, "file.type", lambda row: view.word("asset_type", row["asset_type"])),
        column(view, "file.unchanged", "unchanged_days", kind="days"),
        column(view, "file.approved_by", or_dash("approved_by_name")),
    ]
    listing(view, f"files-{chosen}", rows, columns)


def folder_tree(view: View) -> None:
    """Folders as a tree, each with all that lies in and below it."""
    subheading(view.text("folder.title"))
    rows = view.marts.rows(
        "rpt_asset_folders",
        [
            *("folder_id", "parent_folder_id", "folder_name", "folder_level", "own_asset_count"),
            *("asset_count", "size_bytes", "needy_asset_count", "last_changed_date"),
        ],
        order_by=["folder_name", "folder_id"],
    ).records()
    if not rows:
        nothing_yet(view.text("folder.never"), view.text("folder.never_why"), key="no-folders")
        return
    columns = [
        column(view, "folder.folder", _indented, width=260),
        column(view, "folder.files", "asset_count", kind="count"),
        column(view, "folder.own", "own_asset_count", kind="count"),
        column(view, "folder.needy", "needy_asset_count", kind="count"),
        column(view, "folder.size", lambda row: view.formats.size(row["size_bytes"])),
        column(view, "folder.changed", or_dash("last_changed_date"), kind="day"),
    ]
    tree = as_tree(rows, key="folder_id", parent="parent_folder_id")
    listing(view, "folders", [row for row, _ in tree], columns)


def document_list(view: View) -> None:
    """Documents that marketing works by, those that no longer hold first."""
    subheading(view.text("document.title"))
    rows = view.marts.rows(
        "rpt_reference_documents",
        [
            *("document_title", "document_type", "campaign_name", "document_state"),
            *("valid_left_days", "needs_renewal", "valid_until_date", "changed_date"),
        ],
        order_by=["-needs_renewal", "valid_until_date", "reference_document_id"],
    ).records()
    if not rows:
        nothing_yet(
            view.text("document.never"), view.text("document.never_why"), key="no-documents"
        )
        return
    bad = {view.text(f"document_state.{name}"): LOSS for name in ("expired", "end_soon")}
    columns = [
        column(view, "document.document", "document_title", width=260),
        column(view, "document.type", lambda row: view.word("document_type", row["document_type"])),
        column(view, "document.state", partial(_state, view), colours=bad),
        column(view, "document.until", or_dash("valid_until_date"), kind="day"),
        column(
            view,
            "document.campaign",
            lambda row: row["campaign_name"] or view.text("document.for_all"),
        ),
        column(view, "document.changed", or_dash("changed_date"), kind="day"),
    ]
    listing(view, "documents", rows, columns)


def _state(view: View, row: Record) -> str:
    """Whether a document holds; of a campaign that does not run, it matters to nobody."""
    if row["document_state"] != "hold" and not row["needs_renewal"]:
        return view.text("document.was_for")
    return view.word("document_state", row["document_state"])


def _indented(row: Record) -> str:
    return "\u2003" * (int(str(row["folder_level"])) - 1) + str(row["folder_name"] or DASH)

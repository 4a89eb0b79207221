"""Which parts of each brand are there, and what is missing."""

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Record
from facet.reporting.screen.parts.cells import Column, column, share_of
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing, written_table
from facet.reporting.screen.session.view import View

PARTS: Final = ("settings", "colors", "logos", "typography", "guidelines")


def brands(view: View) -> None:
    """How complete each brand is, part by part, when it was changed, and all that is missing."""
    subheading(view.text("brand.title"))
    items = view.marts.rows(
        "rpt_brand_items",
        [
            *("brand_setting_id", "brand_name", "brand_part", "brand_item", "record_count"),
            *("is_default", "is_there", "is_missing", "changed_date"),
        ],
        order_by=["-is_default", "brand_setting_id", "item_position"],
    ).records()
    if not items:
        nothing_yet(view.text("brand.never"), view.text("brand.never_why"), key="no-brands")
        return
    st.caption(view.text("brand.means"))
    by_brand: dict[Cell, list[Record]] = {}
    for item in items:
        by_brand.setdefault(item["brand_setting_id"], []).append(item)
    columns = [
        column(view, "brand.brand", partial(_name, view)),
        column(view, "brand.complete", _completeness, kind="share"),
        *(_part_column(view, part) for part in PARTS),
        column(view, "brand.changed", _last_changed, kind="day"),
    ]
    listing(view, "brands", [*by_brand.values()], columns)
    _missing(view, [item for item in items if item["is_missing"]])


def _missing(view: View, items: list[Record]) -> None:
    minor_heading(view.text("brand.missing"))
    if not items:
        nothing_wrong(view.text("brand.none_missing"))
        return
    columns = [
        column(view, "brand.brand", "brand_name"),
        column(view, "brand.part", lambda item: view.word("brand_part", item["brand_part"])),
        column(view, "brand.item", lambda item: view.word("brand_item", item["brand_item"])),
    ]
    written_table(view, items, columns)


def _name(view: View, items: list[Record]) -> str:
    name = str(items[0]["brand_name"])
    return view.text("brand.default", name=name) if items[0]["is_default"] else name


def _completeness(items: list[Record]) -> Cell:
    return share_of(sum(bool(item["is_there"]) for item in items), len(items))


def _last_changed(items: list[Record]) -> Cell:
    days = [day for item in items if isinstance(day := item["changed_date"], date)]
    return max(days, default=DASH)


def _part_column(view: View, part: str) -> Column:
    """How many things of a part are there, of how many."""

    def told(items: list[Record]) -> str:
        there = [bool(item["is_there"]) for item in items if item["brand_part"] == part]
        part_of, whole = view.count(sum(there)), view.count(len(there))
        return view.text("brand.part_of", part=part_of, whole=whole)

    return Column(label=view.text(f"brand_part.{part}"), value=told)

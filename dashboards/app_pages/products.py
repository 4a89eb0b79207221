"""Products: what to order and to mark down, what sells and what lies, materials and stones."""

import streamlit as st

from facet.reporting.screen.pages.products.actions import mark_down_list, reorder_list
from facet.reporting.screen.pages.products.catalogue import (
    product_detail,
    product_list,
    set_list,
)
from facet.reporting.screen.pages.products.data.products import Products
from facet.reporting.screen.pages.products.features import customization_list, feature_list
from facet.reporting.screen.pages.products.materials import material_list, price_what_if
from facet.reporting.screen.pages.products.stock import (
    category_tree,
    classes_by_age,
    difference_list,
    order_types,
)
from facet.reporting.screen.pages.products.stones import stone_tables
from facet.reporting.screen.pages.products.tiles import stock_tiles, what_needs_somebody
from facet.reporting.screen.session.state import current_view

view = current_view()
products = Products.of(view)

st.caption(view.text("products.about"))
what_needs_somebody(view, products)
stock_tiles(view, products)
reorder_list(view, products)
mark_down_list(view, products)

product = product_list(view, products)
product_detail(view, product)
set_list(view)

classes_by_age(view, products)
category_tree(view)
feature_list(view)
order_types(view)
customization_list(view)
difference_list(view, products)

price_what_if(view, products)
material_list(view, products)
stone_tables(view)

"""Figures. One template; accent means what is looked at, grey what it is compared with.

Nothing here knows Streamlit. A figure is built once and never changed after: it is shared by all
who may see its numbers. Backgrounds are transparent and colours readable on light and dark.
"""

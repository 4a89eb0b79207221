"""Pages and their parts: only this part of the package knows Streamlit.

``session`` is what one rerun knows, ``parts`` what pages are made of, ``pages`` has a folder for
each, ``registry`` lists them, ``frame`` is what is around them.
"""

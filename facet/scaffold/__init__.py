"""New marts, metrics, pages and operational tables, begun by one command each.

What is written passes lint and conventions at once; what only a person can say is told, and its
test fails until it is said. Texts are templates beside this, named for what they become.
"""

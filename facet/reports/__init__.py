"""Reports by mail: what their pages show, for those who subscribed, by schedule.

A report holds what its recipient may see at the moment of sending, by the same rights as the
dashboards. Numbers, words and exports are those of ``facet.reporting``; nothing is computed here.
"""

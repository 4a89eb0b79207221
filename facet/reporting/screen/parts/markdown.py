"""Text of people and shops, shown as it is: nothing in it formats, links or becomes an icon."""

import re


def escaped(text: str) -> str:
    """A text with everything that Markdown would read as more than itself taken literally."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$^&])", r"\\\1", text).replace("\n", " ")


def math_free(text: str) -> str:
    """A text of the page's own with Markdown in it, whose amounts in dollars are no formulas."""
    return text.replace("$", "\\$")

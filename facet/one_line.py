"""What people wrote, as one line that can be seen."""


def in_a_line(text: str) -> str:
    """A text without line breaks and tabs, which names in a CRM have, and whatever nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

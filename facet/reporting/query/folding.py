"""Letters as they are searched for: without diacritics and in one case, by one meaning everywhere.

``Đặng Thị Ánh`` is found as ``dang thi anh``. What is searched for is folded here, what is searched
through there by the database or here, too; a test holds both to the same.
"""

import unicodedata


def folded(text: str) -> str:
    """A text as it is searched for and through."""
    parts = unicodedata.normalize("NFD", text.lower())
    bare = "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", bare).replace("đ", "d")


def folded_sql(expression: str) -> str:
    """The same of an expression of a statement; to DuckDB đ is a letter of its own."""
    return f"replace(strip_accents(lower({expression})), 'đ', 'd')"

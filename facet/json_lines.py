"""Records of one JSON document a line, which a process may leave cut off at any moment."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class JsonLines:
    """A file of documents, the newest last. On a full disk it stays as it is, without an error."""

    path: Path

    def append(self, document: Mapping[str, Any]) -> None:
        """Add a document, on a line of its own even where the last one was cut off."""
        line = json.dumps(document, default=datetime.isoformat, ensure_ascii=False)
        with suppress(OSError), self.path.open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
            before = b"" if file.read(1) in (b"", b"\n") else b"\n"
            file.write(before + line.encode() + b"\n")

    def lines(self) -> list[str]:
        """All lines, readable or not; none where there is no file."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []

"""Results as Markdown, with the machine they were measured on."""

import os
import platform
import time
from collections.abc import Sequence
from pathlib import Path

_STEPS = 1_000_000


def machine() -> str:
    """One line about this machine: cores, memory, load, Python, and how fast that is just now.

    Processors that are shared differ threefold from one minute to the next.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines()
                 if line.startswith("model name")]  # fmt: skip
        model = names[0] if names else model
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, load {os.getloadavg()[0]:.1f},"
        f" Python {platform.python_version()}, a million steps of it in {_seconds():.2f} s\n"
    )


def _seconds() -> float:
    started = time.perf_counter()
    sum(step * step for step in range(_STEPS))
    return time.perf_counter() - started


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)

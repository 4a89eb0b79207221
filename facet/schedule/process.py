"""A command of `facet` as a process of its own, so that its memory goes back when it ends."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import IO, Final

#: The end of what a job printed that goes on record, in bytes.
_OUTPUT_SIZE: Final = 2_000
#: What starts `facet` in a process of its own.
PROGRAM: Final = (sys.executable, "-P", "-c", "from facet.cli import main; main()")


class Process:
    """A command that is running or has ended."""

    def __init__(self, program: Sequence[str], command: Sequence[str]) -> None:
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is read
        self._process = subprocess.Popen(
            [*program, *command],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            # the terminal's Ctrl-C is for the schedule, which lets its jobs end
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How it ended (below zero: by a signal); None while it runs."""
        return self._process.poll()

    def end(self, *, at_once: bool = False) -> None:
        """Ask it to end, or end it; the system gives back its locks in any case."""
        self._process.send_signal(signal.SIGKILL if at_once else signal.SIGTERM)

    def output(self) -> str:
        """The end of what it printed. To be asked once, when it has ended."""
        with self._output as file:
            size = file.seek(0, 2)
            file.seek(max(size - _OUTPUT_SIZE, 0))
            return file.read().decode(errors="replace").strip()

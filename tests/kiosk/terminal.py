"""A terminal with somebody at it: a command's questions are read as they come, and what is typed is answered.

So a test sees what a person sees, down to what the terminal does not show.
"""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_S = 30.0


class Terminal:
    def __init__(self, *words: str) -> None:
        self.shown = ""
        self._end, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._end)

    def wait_for(self, words: str) -> str:
        """Read until these words are shown; return all that is shown.

        A hidden question ends with its space once the terminal has stopped showing what is typed.
        """
        until = time.monotonic() + PATIENCE_S
        while words not in self.shown:
            assert time.monotonic() < until, f"no {words!r} in {self.shown!r}"
            assert self._read(), f"ended without {words!r}: {self.shown!r}"
        return self.shown

    def type(self, text: str) -> None:
        os.write(self._end, text.encode() + b"\n")

    def status(self) -> int:
        """Read to the end; return the exit status."""
        while self._read():
            pass
        return self._process.wait(PATIENCE_S)

    def _read(self) -> bool:
        if not select.select([self._end], [], [], 1.0)[0]:
            return True
        try:
            part = os.read(self._end, 65_536)
        except OSError:  # how a pty says that the other end is closed
            return False
        self.shown += part.decode(errors="replace")
        return bool(part)

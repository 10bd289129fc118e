"""The kiosk's log: JSON lines that say what happened and never to whom.

Denied unless allowed: a line may carry the fields named here and no others, and every text in it is a
word of ours (a class, a state, a code), never what a citizen typed or a card said.
"""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, TextIO

import structlog

ALLOWED = frozenset({
    "event", "level", "at", "kiosk", "visit", "mode", "state", "was", "happened", "effect", "service",
    "fault", "place", "code", "seconds", "pending", "rejected", "version", "online", "ready", "paper",
    "lost", "pad",
})  # fmt: skip
MAX_TEXT = 80


class ForbiddenField(ValueError):
    """A log line was given a field that is not allowed: a mistake in the code, found by its tests."""


def open_log(path: Path | None, kiosk: str) -> structlog.BoundLogger:
    """Return the log that appends to a file, or writes to standard error when there is none."""
    stream: TextIO = sys.stderr
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a", encoding="utf-8", buffering=1)
    logger: structlog.BoundLogger = structlog.wrap_logger(
        _Lines(stream),
        processors=[
            structlog.processors.add_log_level,
            _stamp,
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    return logger.bind(kiosk=kiosk)


class _Lines:
    """Writes lines. On a disk that takes none the line is lost, and not the kiosk that had it to say."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = Lock()

    def msg(self, line: str) -> None:
        """Write one line."""
        with self._lock, suppress(OSError):
            self._stream.write(line + "\n")
            self._stream.flush()

    debug = info = warning = error = critical = msg


def only_allowed(logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Let through allowed fields with short words and plain numbers. Raises ForbiddenField."""
    for key, value in line.items():
        if key not in ALLOWED:
            raise ForbiddenField(key)
        if not isinstance(value, str | int | float | bool | None):
            raise ForbiddenField(f"{key}: {type(value).__name__}")
        if isinstance(value, str) and len(value) > MAX_TEXT:
            line[key] = value[:MAX_TEXT]
    return line


def _stamp(logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    line["at"] = datetime.now(UTC).isoformat(timespec="milliseconds")
    return line


def fault_place(fault: BaseException) -> str:
    """Return where a fault arose, as module:line. Its message may hold anything, and stays out of the log."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"

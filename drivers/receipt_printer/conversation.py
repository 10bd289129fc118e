"""An open line to a printer: what is said on it, and what was heard.

Kept true:
- One question is out at a time, and a new one waits for the answer to the last, or for its time to pass: the
  answers to the four questions look alike.
- A job is done when as many "done" have come as jobs were sent: the remains of an earlier job that run on
  after somebody has added paper cannot speak for a later one.
"""

import time

from drivers.errors import DeviceSilent, WriteTimedOut
from drivers.receipt_printer import protocol
from drivers.receipt_printer.protocol import (
    Answer,
    AnswerReader,
    Ask,
    BuffersCleared,
    Condition,
    Done,
    RealTimeStatus,
    read_condition,
    says_offline,
)
from drivers.receipt_printer.status import Reason, reason_of
from drivers.transport import Transport

_PIECE = 1024  # bytes written at once: a second at 9600 baud, inside the write timeout of a port
_POLL_S = 0.5
_PROBE_TIMEOUT_S = 3.0  # a cut takes about one
_FLUSH_TIMEOUT_S = 12.0  # 8 KB at 9600 baud take 8.5
_CUTTER_TIMEOUT_S = 1.5  # it looks for its home position
_SLOWEST_S_PER_BYTE = 10 / 9600


class Conversation:
    """Owns `line`. Every method may raise a `DeviceError`; no answer is `DeviceSilent`."""

    def __init__(self, line: Transport, answer_timeout_s: float) -> None:
        self._line = line
        self._answer_timeout_s = answer_timeout_s
        self._reader = AnswerReader()
        self._status_due = False
        """A question was asked whose answer has not come: the next status is its answer, not another's."""
        self._done_due = 0
        """How many jobs are in the printer, or were when its power failed."""
        self._paper_ended = False

    def close(self) -> None:  # noqa: D102 - Transport says it
        self._line.close()

    def condition(self) -> Condition:
        """Ask how the printer is. One that is online has no cause to give for being offline."""
        patience = _Patience(self._answer_timeout_s)
        while self._status_due and patience.left_s > 0:
            self._hear(patience)
        answers = {ask: self._ask(ask) for ask in (Ask.PRINTER, Ask.PAPER)}
        if says_offline(answers[Ask.PRINTER]):
            answers |= {ask: self._ask(ask) for ask in (Ask.OFFLINE_CAUSE, Ask.ERROR_CAUSE)}
        return read_condition(answers)

    def deliver(self, job: bytes, timeout_s: float) -> Reason | None:
        """Send a job and wait until it is executed; return None when it is, else why it will not be.

        `timeout_s` is beyond the time its bytes need on the slowest line, 9600 baud.
        """
        patience = _Patience(timeout_s + len(job) * _SLOWEST_S_PER_BYTE)
        try:
            self._send(job)
            while self._done_due and patience.left_s > 0:
                heard = self._hear(patience, _POLL_S)
                if any(isinstance(answer, RealTimeStatus) and says_offline(answer.bits) for answer in heard):
                    reason = reason_of(self.condition())
                    if reason and reason is not Reason.HEAD_HOT:  # a hot head cools and goes on by itself
                        return reason
                elif not heard and not self._status_due:
                    # One question at a time: behind a job still on the wire its answer may take seconds.
                    self._put(Ask.PRINTER)
        except WriteTimedOut:
            return reason_of(self.condition()) or Reason.UNKNOWN_OUTCOME
        if not self._done_due:
            return Reason.PAPER_OUT if self._paper_ended else None
        return reason_of(self.condition()) or Reason.UNKNOWN_OUTCOME

    def bring_in_step(self) -> bool:
        """Make the printer ready for a new job, whatever the last one broke off in; return whether it is."""
        self.clear_buffers()
        fresh_paper = protocol.INITIALIZE + protocol.AUTOMATIC_STATUS_OFF + protocol.FEED_AND_CUT
        for before, timeout_s in ((b"", _PROBE_TIMEOUT_S), (protocol.FLUSH, _FLUSH_TIMEOUT_S)):
            self._send(before + fresh_paper + protocol.ASK_WHEN_DONE)
            due = self._done_due
            patience = _Patience(timeout_s)
            # Jobs that were lost with the printer's power are waited for in vain.
            while self._done_due and patience.left_s > 0:
                self._hear(patience)
            if self._done_due < due:
                self._done_due = 0
                return True
        return False

    def clear_buffers(self) -> None:
        """Make the printer forget what it has not executed, if it knows how: then it says so."""
        self._line.write(protocol.CLEAR_BUFFERS)
        patience = _Patience(self._answer_timeout_s)
        while patience.left_s > 0:
            if BuffersCleared() in self._hear(patience):
                self._done_due = 0
                return

    def recover_from_error(self) -> Condition:
        """Tell the printer to try its cutter again; return how it is then."""
        self._line.write(protocol.RECOVER_AFTER_CLEARING)
        patience = _Patience(_CUTTER_TIMEOUT_S)
        while (condition := self.condition()).jammed and patience.left_s > 0:
            self._hear(patience, _POLL_S)
        return condition

    def _send(self, job: bytes) -> None:
        self._hear(_Patience(0))  # what lies there already is not about this job
        self._done_due += 1
        self._paper_ended = False
        for start in range(0, len(job), _PIECE):
            self._line.write(job[start : start + _PIECE])

    def _put(self, ask: Ask) -> None:
        self._status_due = True
        self._line.write(ask.command)

    def _ask(self, ask: Ask) -> int:
        self._put(ask)
        patience = _Patience(self._answer_timeout_s)
        while patience.left_s > 0:
            for answer in self._hear(patience):
                if isinstance(answer, RealTimeStatus):
                    return answer.bits
        raise DeviceSilent("the printer does not answer")

    def _hear(self, patience: "_Patience", at_most_s: float = float("inf")) -> list[Answer]:
        """Return what the printer says next, and take note of it."""
        answers = list(self._reader.feed(patience.read(self._line, at_most_s)))
        for answer in answers:
            match answer:
                case RealTimeStatus():
                    self._status_due = False
                case Done(paper_out):
                    self._done_due = max(0, self._done_due - 1)
                    self._paper_ended = paper_out
        return answers


class _Patience:
    """How long something is still waited for. A read that brought nothing has used up its time."""

    def __init__(self, timeout_s: float) -> None:
        self._ends_at = time.monotonic() + timeout_s
        self._spent_s = 0.0
        self._timeout_s = timeout_s

    @property
    def left_s(self) -> float:
        return min(self._timeout_s - self._spent_s, self._ends_at - time.monotonic())

    def read(self, line: Transport, at_most_s: float) -> bytes:
        timeout_s = min(self.left_s, at_most_s)
        arrived = line.read(max(timeout_s, 0.0))
        if not arrived:
            self._spent_s += timeout_s
        return arrived

"""A receipt printer on a serial line: prints a slip and tells the truth about it.

`Printed` means: after the last byte and the cut, the printer answered that it had executed them all (GS r 1),
and answered once more after that, so it was no glitch of a printer losing power. Whatever else happens is
`NotPrinted`, with the reason as the printer's status gives it, and whether part of the slip may be on paper.

Kept true:
- A slip is sent once. What to do about one that failed is for its author, who marks the next try as a copy
  if `begun`.
- What a failed job left behind stays with it. Its bytes are cleared out of the printer at once, so that they
  do not come out when somebody adds paper; before the next slip the parser is brought in step again and the
  paper is cut, so that half a slip does not go home with the next citizen.
- No failure of the device leaves as an exception: an unplugged printer is an outcome like an empty one.
"""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.errors import DeviceDisconnected, DeviceError, NoDevice, PortInUse
from drivers.receipt_printer.conversation import Conversation
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.protocol import Paper
from drivers.receipt_printer.slip import Slip
from drivers.receipt_printer.status import PrinterStatus, Reason, reason_of, status_of
from drivers.transport import OpenTransport


@dataclass(frozen=True, slots=True)
class Printed:
    """The slip is printed and cut off. `paper` is what is left: LOW or OUT is for the technician."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """The slip did not come out whole. If `begun`, some or even all of it may be on paper."""

    reason: Reason
    begun: bool


class ReceiptPrinter:
    """A printer behind `open_transport`, owned by one thread.

    `paper_width_dots`, `font`, `native_qr`: see `SlipEncoder`. `answer_timeout_s`: how long a real-time
    answer may take. `print_timeout_s`: how long a slip may take, beyond the time its bytes need at 9600 baud.
    """

    def __init__(
        self,
        open_transport: OpenTransport,
        *,
        paper_width_dots: int = 576,
        font: Path | None = None,
        native_qr: bool = True,
        answer_timeout_s: float = 0.5,
        print_timeout_s: float = 10.0,
    ) -> None:
        self._open_transport = open_transport
        self._encoder = SlipEncoder(paper_width_dots, font, native_qr)
        self._answer_timeout_s = answer_timeout_s
        self._print_timeout_s = print_timeout_s
        self._line: Conversation | None = None
        self._in_step = False
        """Whether nothing of an earlier job can be in the printer."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. Opens the line if need be; a few milliseconds when all is well."""
        try:
            return status_of(self._conversation().condition())
        except DeviceError as error:
            return PrinterStatus(Paper.UNKNOWN, self._give_up(error))

    def print(self, slip: Slip) -> Printed | NotPrinted:
        """Print `slip` and wait until it is cut off.

        Raises `ValueError`, before anything is sent, for a slip that does not fit the paper.
        """
        job = self._encoder.encode(slip)
        begun = False
        try:
            line = self._conversation()
            reason = self._make_ready(line)
            if reason is None:
                self._in_step, begun = False, True
                reason = line.deliver(job, self._print_timeout_s)
                if reason is None:
                    paper = line.condition().paper
                    self._in_step = True
                    return Printed(paper)
                self._drop_the_rest(line)
        except DeviceError as error:
            reason = self._give_up(error)
        return NotPrinted(reason, begun)

    def recover(self) -> PrinterStatus:
        """Get the printer going after a person has cleared the cause; what it held unprinted is dropped.

        `print` does this by itself. Here it is for a technician to see it done: it cuts the paper.
        """
        try:
            line = self._conversation()
            self._in_step = False
            reason = self._make_ready(line)
            status = status_of(line.condition())
            return PrinterStatus(status.paper, reason, status.cover_open)
        except DeviceError as error:
            return PrinterStatus(Paper.UNKNOWN, self._give_up(error))

    def close(self) -> None:
        """Let the line go. The next call opens it again."""
        if self._line:
            self._line.close()
        self._line = None
        self._in_step = False

    # ---

    def _conversation(self) -> Conversation:
        if self._line is None:
            self._line = Conversation(self._open_transport(), self._answer_timeout_s)
        return self._line

    def _make_ready(self, line: Conversation) -> Reason | None:
        """Return None when the printer can take a slip, else why not."""
        condition = line.condition()
        if condition.jammed:
            self._in_step = False
            condition = line.recover_from_error()
        if reason := reason_of(condition):
            return reason
        self._in_step = self._in_step or line.bring_in_step()
        return None if self._in_step else Reason.STALLED

    def _drop_the_rest(self, line: Conversation) -> None:
        try:
            line.clear_buffers()
        except DeviceError as error:
            self._give_up(error)  # why the slip was not printed is known already

    def _give_up(self, error: DeviceError) -> Reason:
        """Name the failure; a line that may still come back stays open."""
        self._in_step = False
        match error:
            case NoDevice() | DeviceDisconnected():
                self.close()
                return Reason.NO_DEVICE
            case PortInUse():
                return Reason.PORT_IN_USE
        return Reason.SILENT

"""The receipt printer: slips onto paper, and how much paper there is.

A slip is printed only when the printer has said so. What may have come out all the same is its own
answer, and the next try of it says 补打.
"""

from collections.abc import Callable, Iterable, Iterator

from drivers.errors import DeviceStatus
from drivers.receipt_printer.device import Printed, ReceiptPrinter
from drivers.receipt_printer.protocol import Paper as Roll
from drivers.receipt_printer.slip import Slip as Written
from drivers.receipt_printer.status import PrinterStatus, Reason
from kiosk.domain.findings import Measured
from kiosk.domain.paper import Slip, TransactionReceipt
from kiosk.domain.transaction import ClockQuality, Transaction
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import Paper, SlipFailure
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.services.paper_roll import PaperRoll
from kiosk.services.service import Check, Watched

STATUS_INTERVAL_S = 2.0
_PAPER = {
    Roll.UNKNOWN: Paper.UNKNOWN,
    Roll.FULL: Paper.FULL,
    Roll.LOW: Paper.LOW,
    Roll.OUT: Paper.OUT,
    Roll.JAMMED: Paper.UNKNOWN,
}
_UNTOLD = {Reason.STALLED, Reason.UNKNOWN_OUTCOME}  # the printer itself says that all is well
_FAILURES = {Reason.PAPER_OUT: SlipFailure.PAPER_OUT, Reason.COVER_OPEN: SlipFailure.COVER_OPEN}


class PaperPrinter:
    """The printer as a service. `write` puts a slip's content into words (kiosk/views/slips.py)."""

    def __init__(
        self,
        printer: ReceiptPrinter,
        write: Callable[[Slip, str, ClockQuality], Written],
        sign: Callable[[Transaction, ClockQuality], str],
        roll: PaperRoll,
    ) -> None:
        self._printer = printer
        self._write = write
        self._sign = sign
        self._roll = roll
        self._reported: on.PrinterChanged | None = None
        self._untold: Reason | None = None

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Print a slip and say whether it's on paper, or sign a receipt for the screen."""
        match effect:
            case do.PrintSlip():
                yield from self._print(effect)
            case do.SignReceipt(visit, transaction, clock):
                yield on.ReceiptSigned(visit, self._sign(transaction, clock))
            case order.BeginRoll():
                self._roll.begin()
                yield self._paper_told()
            case order.TellPaper():
                yield self._paper_told()

    def _print(self, effect: do.PrintSlip) -> Iterator[on.Event]:
        outcome = self._printer.print(self._write(effect.slip, effect.language, effect.clock))
        self._count(effect.slip, printed=isinstance(outcome, Printed))
        if isinstance(outcome, Printed):
            self._untold = None
            yield on.SlipPrinted(effect.visit)
        else:
            self._untold = outcome.reason if outcome.reason in _UNTOLD else None
            failure = _FAILURES.get(outcome.reason, SlipFailure.PRINTER_FAULT)
            if outcome.begun and outcome.reason not in _FAILURES:
                failure = SlipFailure.OUTCOME_UNKNOWN
            yield on.SlipNotPrinted(effect.visit, failure, outcome.begun)
        yield from self._changed(self._printer.status())

    def _count(self, slip: Slip, *, printed: bool) -> None:
        """Count a slip, and remember the number of a receipt that somebody went home without."""
        number = slip.transaction.receipt_number if isinstance(slip, TransactionReceipt) else ""
        if printed:
            self._roll.printed(number)
        elif number:
            self._roll.failed(number)

    def _paper_told(self) -> tech.PaperTold:
        count = self._roll.count
        return tech.PaperTold(count.slips, count.last_roll, count.unprinted)

    def watch(self) -> Watched:
        """Ask the printer how it is."""
        return Watched(self._changed(self._printer.status()), STATUS_INTERVAL_S)

    def check(self) -> Check:
        """Ask the printer how it is. What only a failed slip has shown stands until the next is printed."""
        status = self._printer.status()
        detail = f"paper {status.paper.value}"
        measured = (Measured("paper", status.paper.value),)
        reason = status.reason or self._untold
        if reason is None:
            causes = ("paper_low",) if status.paper is Roll.LOW else ()
            return Check(DeviceStatus.ONLINE, detail=detail, causes=causes, measured=measured)
        return Check(reason.device, reason.remedy, f"{detail}, {reason.word}", (reason.word,), measured)

    def close(self) -> None:
        """Let go of the line."""
        self._printer.close()

    def _changed(self, status: PrinterStatus) -> tuple[on.Event, ...]:
        reason = status.reason or self._untold
        cause = reason.word if reason else ""
        now = on.PrinterChanged(status.reason is None, _PAPER[status.paper], cause)
        if now.paper in {Paper.LOW, Paper.OUT}:
            self._roll.near_end()
        if now == self._reported:
            return ()
        self._reported = now
        return (now,)

"""One contract for the driver, kept over the wire in this process and over a pty with the real pyserial."""

import os
import tty
from functools import partial
from pathlib import Path

import pytest

from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.emulators.wire import InProcessWire
from drivers.errors import DeviceStatus, NoDevice, PortInUse, Remedy
from drivers.receipt_printer.device import NotPrinted, Printed, ReceiptPrinter
from drivers.receipt_printer.protocol import ASK_WHEN_DONE, CLEAR_BUFFERS, Ask, Paper
from drivers.receipt_printer.slip import Columns, Image, Qr, Raster, Slip, Text, Title
from drivers.receipt_printer.status import PrinterStatus, Reason
from drivers.serial_port import SerialPort
from drivers.transport import Transport

RECEIPT = Slip(
    (
        Title("登记回执（挂失尚未生效）"),
        Columns("登记编号", "XX01-000123"),
        Columns("姓名", "王*华"),
        Text("您的社会保障卡挂失申请已登记，尚未生效。请立即拨打 12333 办理口头挂失。"),
        Qr("https://example.org/r/XX01-000123"),
    )
)
NEXT = Slip((Text("下一位"),))
PRINTED = Printed(Paper.FULL)


# --- the contract


def test_a_slip_is_printed_and_cut(bench) -> None:
    assert bench.printer.print(RECEIPT) == PRINTED
    assert bench.last_text.startswith("登记回执（挂失尚未生效）")
    assert bench.emulator.last_slip.cut
    assert bench.emulator.slips_made == 1
    assert not bench.emulator.complaints


def test_a_healthy_printer_is_online_with_paper(bench) -> None:
    assert bench.printer.status() == PrinterStatus(Paper.FULL)
    assert bench.printer.status().device is DeviceStatus.ONLINE


def test_paper_near_its_end_still_prints_and_is_reported(bench) -> None:
    bench.emulator.bring_paper_near_end()
    assert bench.printer.status() == PrinterStatus(Paper.LOW)
    assert bench.printer.print(RECEIPT) == Printed(Paper.LOW)


TROUBLES = [
    ("run_out_of_paper", "refill", Reason.PAPER_OUT, Paper.OUT),
    ("open_cover", "close_cover", Reason.COVER_OPEN, Paper.FULL),
    ("jam", "clear_jam", Reason.CUTTER_ERROR, Paper.JAMMED),
    ("overheat", "cool_down", Reason.HEAD_HOT, Paper.FULL),
    ("cut_power", "power_on", Reason.SILENT, Paper.UNKNOWN),
]
troubles = pytest.mark.parametrize(
    ("strike", "mend", "reason", "paper"), TROUBLES, ids=[t[0] for t in TROUBLES]
)


@troubles
def test_in_trouble_nothing_is_sent_and_the_reason_is_given(bench, strike, mend, reason, paper) -> None:
    assert bench.printer.print(RECEIPT) == PRINTED
    before = bench.emulator.executed_bytes
    getattr(bench.emulator, strike)()
    status = bench.printer.status()
    assert (status.reason, status.paper) == (reason, paper)
    assert bench.printer.print(RECEIPT) == NotPrinted(reason, begun=False)
    getattr(bench.emulator, mend)()
    assert bench.printer.print(NEXT) == PRINTED
    assert bench.last_text == "下一位"
    assert bench.emulator.slips_made == 2
    assert bench.emulator.executed_bytes - before < 200  # the refused slip did not come after all


@troubles
def test_trouble_in_the_middle_of_a_slip_is_no_print_and_the_next_slip_is_whole(
    bench, strike, mend, reason, paper
) -> None:
    assert bench.printer.print(NEXT) == PRINTED
    getattr(bench.emulator, strike)(after_bytes=150)
    assert bench.printer.print(RECEIPT) == NotPrinted(reason, begun=True)
    getattr(bench.emulator, mend)()
    assert bench.printer.print(NEXT) == PRINTED
    assert bench.last_text == "下一位"
    half = bench.emulator.slips[1].text
    assert "登记回执" in half
    assert "QR" not in half  # what the printer still held did not come out
    assert bench.printer.print(RECEIPT) == PRINTED


def test_an_unplugged_printer_is_no_device_and_works_again_when_plugged_in(bench) -> None:
    assert bench.printer.print(RECEIPT) == PRINTED
    bench.unplug()
    assert bench.printer.status() == PrinterStatus(Paper.UNKNOWN, Reason.NO_DEVICE)
    assert bench.printer.print(RECEIPT) == NotPrinted(Reason.NO_DEVICE, begun=False)
    bench.plug_in()
    assert bench.printer.status() == PrinterStatus(Paper.FULL)
    assert bench.printer.print(NEXT) == PRINTED
    assert bench.last_text == "下一位"


def test_a_printer_that_stops_without_a_word_leaves_the_outcome_unknown(bench) -> None:
    bench.printer.print(NEXT)
    bench.emulator.stall(after_bytes=100)
    assert bench.printer.print(RECEIPT) == NotPrinted(Reason.UNKNOWN_OUTCOME, begun=True)
    bench.emulator.resume()
    assert bench.printer.print(NEXT) == PRINTED
    assert bench.last_text == "下一位"


# --- what takes one wire to show


@pytest.mark.parametrize("clears_buffers", [True, False], ids=["clears", "does not clear"])
@pytest.mark.parametrize("strike", ["run_out_of_paper", "open_cover", "jam", "cut_power", "stall"])
def test_at_whichever_byte_a_fault_strikes_printed_means_a_whole_slip(
    strike: str, clears_buffers: bool
) -> None:
    whole = 0
    for after_bytes in range(13, 400, 6):  # the questions before the slip are 12 bytes
        emulator = ReceiptPrinterEmulator(clears_buffers=clears_buffers)
        printer = ReceiptPrinter(InProcessWire(emulator).open)
        printer.print(NEXT)
        getattr(emulator, strike)(after_bytes)
        outcome = printer.print(RECEIPT)
        if isinstance(outcome, Printed):
            whole += 1
            assert emulator.slips_made == 2
            assert emulator.last_slip.cut
            assert "QR" in emulator.last_slip.text
        else:
            assert outcome.begun
    assert 0 < whole < 20  # the fault strikes inside the slip, and, at last, behind it


class SlowPrinter:
    """A line to a printer that is well, and says "done" as often after each job as the test wants."""

    def __init__(self, done_after_job: list[int], left_over: bytes = b"") -> None:
        self._done_after_job = done_after_job
        self._left_over = left_over
        self._said = bytearray()
        self._done = 0

    def write(self, data: bytes) -> None:
        if data[:2] == b"\x10\x04":
            self._said += b"\x12"
        if data.endswith(ASK_WHEN_DONE):
            self._done += self._done_after_job.pop(0)

    def read(self, timeout_s: float) -> bytes:
        if not self._said and self._done and timeout_s > 0:
            self._done -= 1
            if not self._done:
                self._said += self._left_over  # comes when nobody listens any more
            return b"\0"
        said = bytes(self._said)
        self._said.clear()
        return said

    def discard_input(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_remains_that_run_on_after_a_refill_are_not_taken_for_the_next_slip() -> None:
    """The rest of the first ends while the printer is brought in step: two are done, not the second slip."""
    line = SlowPrinter(done_after_job=[1, 0, 2, 0])  # in step, first slip, in step again, second slip
    printer = ReceiptPrinter(lambda: line)
    assert printer.print(RECEIPT) == NotPrinted(Reason.UNKNOWN_OUTCOME, begun=True)
    assert printer.print(RECEIPT) == NotPrinted(Reason.UNKNOWN_OUTCOME, begun=True)


def test_what_lies_on_the_line_before_a_slip_is_not_about_that_slip() -> None:
    line = SlowPrinter(done_after_job=[1, 0], left_over=b"\0")
    assert ReceiptPrinter(lambda: line).print(RECEIPT) == NotPrinted(Reason.UNKNOWN_OUTCOME, begun=True)


def test_the_noise_of_a_printer_losing_power_is_not_taken_for_done() -> None:
    class Glitch(InProcessWire):
        """A line that goes low when the power fails: the receiver sees a zero byte."""

        def write(self, data: bytes) -> None:
            super().write(data)
            if len(data) > 100:
                self.inject_noise(b"\0")

    emulator = ReceiptPrinterEmulator()
    printer = ReceiptPrinter(Glitch(emulator).open)
    printer.print(NEXT)
    emulator.cut_power(after_bytes=100)
    assert printer.print(RECEIPT) == NotPrinted(Reason.SILENT, begun=True)


def test_a_printer_that_admits_the_paper_ended_has_not_printed() -> None:
    class Admitting(ReceiptPrinterEmulator):
        """Some printers answer GS r although they are out of paper."""

        def take_outgoing(self) -> bytes:
            return super().take_outgoing().replace(b"\x00", b"\x0f")

    emulator = Admitting(clears_buffers=False)
    assert ReceiptPrinter(InProcessWire(emulator).open).print(RECEIPT) == NotPrinted(
        Reason.PAPER_OUT, begun=True
    )


def test_a_hot_head_that_cools_in_time_prints_the_slip() -> None:
    class Cooling(ReceiptPrinterEmulator):
        """A head that is cool again when it has been asked about three times."""

        asked = 0

        def receive(self, data: bytes) -> None:
            super().receive(data)
            self.asked += data == Ask.ERROR_CAUSE.command
            if self.asked == 3:
                self.cool_down()

    emulator = Cooling()
    printer = ReceiptPrinter(InProcessWire(emulator).open)
    printer.print(NEXT)
    emulator.overheat(after_bytes=100)
    assert printer.print(RECEIPT) == PRINTED
    assert emulator.asked == 3


def test_half_a_slip_does_not_go_home_with_the_next_citizen(wired) -> None:
    wired.printer.print(NEXT)
    wired.emulator.cut_power(after_bytes=150)
    wired.printer.print(RECEIPT)
    wired.emulator.power_on()
    wired.printer.print(NEXT)
    assert [slip.text.splitlines()[0] for slip in wired.emulator.slips] == [
        "下一位",
        "登记回执（挂失尚未生效）",
        "下一位",
    ]


@pytest.mark.parametrize("clears_buffers", [True, False], ids=["clears", "does not clear"])
def test_a_printer_left_inside_a_picture_by_somebody_else_is_brought_in_step(clears_buffers: bool) -> None:
    emulator = ReceiptPrinterEmulator(clears_buffers=clears_buffers)
    emulator.receive(b"\x1dv0\x00\x48\x00\x60\x00" + bytes(1000))  # 5,912 bytes are still to come
    assert ReceiptPrinter(InProcessWire(emulator).open).print(NEXT) == PRINTED
    assert emulator.last_slip.text == "下一位"


def test_a_printer_busy_with_a_slip_is_asked_one_question_at_a_time() -> None:
    """Behind a job on a slow line the answer takes seconds: more questions would only lengthen the line."""

    class Deaf(InProcessWire):
        questions = 0

        def write(self, data: bytes) -> None:
            self.silent = self.silent or len(data) > 100
            self.questions += self.silent and data == Ask.PRINTER.command
            super().write(data)

    wire = Deaf(ReceiptPrinterEmulator())
    assert ReceiptPrinter(wire.open).print(RECEIPT) == NotPrinted(Reason.SILENT, begun=True)
    assert wire.questions <= 2  # one while waiting, one to find out why


@pytest.mark.parametrize(("clears_buffers", "waits"), [(True, False), (False, True)])
def test_only_a_printer_that_cannot_clear_its_buffers_is_waited_for(
    clears_buffers: bool, waits: bool
) -> None:
    class Watched(InProcessWire):
        waited_s = 0.0

        def read(self, timeout_s: float) -> bytes:
            arrived = super().read(timeout_s)
            self.waited_s += 0 if arrived else timeout_s
            return arrived

    emulator = ReceiptPrinterEmulator(clears_buffers=clears_buffers)
    wire = Watched(emulator)
    printer = ReceiptPrinter(wire.open)
    printer.print(NEXT)
    emulator.cut_power(after_bytes=100)
    printer.print(RECEIPT)
    emulator.power_on()
    printer.status()  # lets the answers pass that never came
    wire.waited_s = 0
    assert printer.print(NEXT) == PRINTED
    assert (wire.waited_s > 2) == waits


def test_a_printer_that_never_executes_anything_is_stalled(wired) -> None:
    wired.emulator.stall()
    assert wired.printer.print(RECEIPT) == NotPrinted(Reason.STALLED, begun=False)


def test_after_a_jam_is_cleared_the_technician_can_bring_the_printer_back(wired) -> None:
    wired.emulator.jam()
    assert wired.printer.recover().reason is Reason.CUTTER_ERROR
    wired.emulator.clear_jam()
    assert wired.printer.status().reason is Reason.CUTTER_ERROR  # only asked, not told
    assert wired.printer.recover() == PrinterStatus(Paper.FULL)


def test_a_late_answer_is_not_taken_for_the_next_one() -> None:
    emulator = ReceiptPrinterEmulator()
    wire = InProcessWire(emulator)
    printer = ReceiptPrinter(wire.open)
    emulator.run_out_of_paper()
    wire.held = True
    assert printer.status().reason is Reason.SILENT
    emulator.refill()
    wire.held = False
    assert printer.status() == PrinterStatus(Paper.FULL)


@pytest.mark.parametrize("noise", [b"\xff", b"\x11\x13", b"\x91\x80\xa3"])
def test_noise_on_the_line_does_not_change_the_verdict(noise: bytes) -> None:
    emulator = ReceiptPrinterEmulator()
    wire = InProcessWire(emulator)
    wire.one_byte_at_a_time = True
    printer = ReceiptPrinter(wire.open)
    for _ in range(3):
        wire.inject_noise(noise)
        assert printer.print(NEXT) == PRINTED


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(NoDevice("gone"), Reason.NO_DEVICE), (PortInUse("taken"), Reason.PORT_IN_USE)],
)
def test_a_port_that_cannot_be_opened_is_an_outcome(failure: Exception, reason: Reason) -> None:
    def open_port() -> Transport:
        raise failure

    printer = ReceiptPrinter(open_port)
    assert printer.print(NEXT) == NotPrinted(reason, begun=False)
    assert printer.status().device is reason.device


def test_a_cable_pulled_after_the_reason_is_known_does_not_change_the_reason() -> None:
    class Pulled(InProcessWire):
        """The cable goes the moment the driver wants to clear up after the slip."""

        def write(self, data: bytes) -> None:
            if data == CLEAR_BUFFERS and emulator.slips_made:
                self.unplug()
            super().write(data)

    emulator = ReceiptPrinterEmulator()
    printer = ReceiptPrinter(Pulled(emulator).open)
    printer.print(NEXT)
    emulator.run_out_of_paper(after_bytes=100)
    assert printer.print(RECEIPT) == NotPrinted(Reason.PAPER_OUT, begun=True)
    assert printer.status().reason is Reason.NO_DEVICE


def test_a_line_that_stops_taking_bytes_is_given_up(tmp_path: Path) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    answering = ReceiptPrinterEmulator()
    picture = Slip((Image(Raster(576, 400, bytes(72 * 400))),))

    class Stuck(SerialPort):
        """The real port, whose device answers until a long job comes, and then takes no more."""

        def write(self, data: bytes) -> None:
            if len(data) < 1024:
                answering.receive(data)
            else:
                super().write(data)

        def read(self, timeout_s: float) -> bytes:
            return answering.take_outgoing()

    printer = ReceiptPrinter(partial(Stuck, os.ttyname(slave), 9600, write_timeout_s=0.1))
    assert printer.print(picture) == NotPrinted(Reason.UNKNOWN_OUTCOME, begun=True)
    os.close(master)
    os.close(slave)


def test_a_slip_that_cannot_be_printed_is_refused_before_anything_is_sent(wired) -> None:
    with pytest.raises(ValueError, match="dots of paper"):
        wired.printer.print(Slip((Image(Raster(577, 1, bytes(73))),)))
    assert wired.emulator.executed_bytes == 0


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_says_what_brings_the_printer_back(reason: Reason) -> None:
    assert isinstance(reason.remedy, Remedy)
    assert isinstance(reason.device, DeviceStatus)


def test_a_closed_printer_opens_again_by_itself(bench) -> None:
    bench.printer.close()
    bench.printer.close()
    assert bench.printer.print(NEXT) == PRINTED


def test_at_the_wrong_speed_the_printer_is_silent(tmp_path: Path) -> None:
    with PtyHost(ReceiptPrinterEmulator(), tmp_path / "printer", baud=115200) as host:
        printer = ReceiptPrinter(partial(SerialPort, host.link, 9600), answer_timeout_s=0.1)
        assert printer.status() == PrinterStatus(Paper.UNKNOWN, Reason.SILENT)
        assert printer.print(RECEIPT) == NotPrinted(Reason.SILENT, begun=False)
        printer.close()

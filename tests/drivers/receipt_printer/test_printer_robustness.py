"""Whatever comes over the line: no exception, no growth. Longer in benchmarks: fuzz_printer, soak_printer."""

import threading
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.emulators.escpos_parser import COMMANDS
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.device import NotPrinted, Printed, ReceiptPrinter
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.slip import Columns, Qr, Slip, Text, Title

SLIP = Slip((Title("回执"), Columns("姓名", "王*华"), Text("正文"), Qr("https://example.org/r/1")))
JOB = SlipEncoder().encode(SLIP)

commands = st.builds(lambda name, rest: name + rest, st.sampled_from(list(COMMANDS)), st.binary(max_size=12))
streams = st.lists(st.one_of(st.binary(max_size=30), commands, st.just(JOB)), max_size=12)
answers = st.sampled_from(
    [b"", b"\x12", b"\x1a", b"\x00", b"\x0f", b"\x37\x25\x00", b"\x14\x00\x00\x0f", b"\x72"]
)


class Scripted:
    """A line on which the next answers come in an order nobody planned, and then none any more."""

    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers

    def write(self, data: bytes) -> None:
        pass

    def read(self, timeout_s: float) -> bytes:
        return self._answers.pop() if self._answers else b""

    def discard_input(self) -> None:
        pass

    def close(self) -> None:
        pass


@given(st.lists(st.one_of(answers, st.binary(max_size=6)), max_size=40))
def test_a_printer_that_answers_nonsense_never_brings_the_driver_down(said: list[bytes]) -> None:
    printer = ReceiptPrinter(lambda: Scripted(said))
    assert isinstance(printer.print(SLIP), Printed | NotPrinted)
    printer.status()
    printer.recover()


@given(st.lists(st.one_of(answers, st.binary(max_size=6)), max_size=40))
def test_printed_is_never_said_without_the_answer_that_says_so(said: list[bytes]) -> None:
    """Without GS r ever being answered, and with no noise that looks like it, nothing counts as printed."""
    harmless = [bytes(byte for byte in piece if byte & 0x90) for piece in said]
    assert isinstance(ReceiptPrinter(lambda: Scripted(harmless)).print(SLIP), NotPrinted)


@settings(max_examples=200)
@given(streams)
def test_no_stream_brings_the_emulator_down(pieces: list[bytes]) -> None:
    emulator = ReceiptPrinterEmulator()
    for piece in pieces:
        emulator.receive(piece)
    for slip in emulator.slips:
        assert isinstance(slip.text, str)


def test_after_any_stream_the_driver_gets_the_printer_to_print_again(wired) -> None:
    """Sooner or later: a command that announces a megabyte takes many flushes of 8 KB to end."""

    @settings(max_examples=100)
    @given(streams)
    def check(pieces: list[bytes]) -> None:
        for piece in pieces:
            wired.emulator.receive(piece)
        wired.printer.close()  # whoever sent this, it was not this driver
        assert any(isinstance(wired.printer.print(SLIP), Printed) for _ in range(150))
        assert "王*华" in wired.last_text

    check()


def threads_and_files() -> tuple[int, int]:
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def test_hundreds_of_slips_leave_no_thread_and_no_file_behind(on_pty) -> None:
    on_pty.printer.print(SLIP)
    before = threads_and_files()
    for number in range(300):
        if number % 100 == 50:
            on_pty.unplug()
            assert isinstance(on_pty.printer.print(SLIP), NotPrinted)
            on_pty.plug_in()
        assert isinstance(on_pty.printer.print(SLIP), Printed)
    assert threads_and_files() == before
    assert len(on_pty.emulator.slips) == 100

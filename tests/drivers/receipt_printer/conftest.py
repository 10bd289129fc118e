"""A printer on the workbench, and a QR scanner that is none of ours."""

import ctypes
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.emulators.wire import InProcessWire
from drivers.receipt_printer.device import ReceiptPrinter
from drivers.serial_port import SerialPort

FONT = Path(sys.prefix) / "share" / "fonts" / "NotoSansSC-Regular.ttf"


@pytest.fixture(scope="session")
def font() -> Path:
    return FONT


@dataclass
class Workbench:
    """A printer, its driver, and the cable between them, which can be pulled."""

    emulator: ReceiptPrinterEmulator
    printer: ReceiptPrinter
    unplug: Callable[[], None]
    plug_in: Callable[[], None]

    @property
    def last_text(self) -> str:
        return self.emulator.last_slip.text


@pytest.fixture
def wired() -> Iterator[Workbench]:
    """The printer in this process: no time passes, every fault is exact."""
    emulator = ReceiptPrinterEmulator(FONT)
    wire = InProcessWire(emulator)
    with ReceiptPrinter(wire.open, font=FONT) as printer:
        yield Workbench(emulator, printer, wire.unplug, wire.plug_in)


@pytest.fixture
def on_pty(tmp_path: Path) -> Iterator[Workbench]:
    """The printer behind a pty, through the real pyserial."""
    emulator = ReceiptPrinterEmulator(FONT)
    with PtyHost(emulator, tmp_path / "printer", baud=115200) as host:
        open_port = partial(SerialPort, host.link, 115200)
        with ReceiptPrinter(open_port, font=FONT, answer_timeout_s=0.2, print_timeout_s=1.0) as printer:
            yield Workbench(emulator, printer, host.unplug, host.plug_in)


@pytest.fixture(params=["wired", "on_pty"])
def bench(request: pytest.FixtureRequest) -> Workbench:
    return request.getfixturevalue(request.param)


ScanQr = Callable[[Image.Image], list[str]]


@pytest.fixture(scope="session")
def scan_qr() -> ScanQr:
    """Read the QR codes in a picture with libzbar, as a phone would."""
    zbar = ctypes.CDLL("libzbar.so.0")
    for name in ("image_scanner_create", "image_create", "image_first_symbol", "symbol_next"):
        getattr(zbar, f"zbar_{name}").restype = ctypes.c_void_p
    zbar.zbar_symbol_get_data.restype = ctypes.c_char_p
    of = ctypes.c_void_p
    scanner = of(zbar.zbar_image_scanner_create())
    zbar.zbar_image_scanner_set_config(scanner, 0, 0, 1)

    def scan(picture: Image.Image) -> list[str]:
        grey = picture.convert("L")
        dots = grey.tobytes()
        image = of(zbar.zbar_image_create())
        zbar.zbar_image_set_format(image, ctypes.c_ulong(int.from_bytes(b"Y800", "little")))
        zbar.zbar_image_set_size(image, *grey.size)
        zbar.zbar_image_set_data(image, dots, ctypes.c_ulong(len(dots)), None)
        zbar.zbar_scan_image(scanner, image)
        found = []
        symbol = of(zbar.zbar_image_first_symbol(image))
        while symbol:
            found.append(zbar.zbar_symbol_get_data(symbol).decode())
            symbol = of(zbar.zbar_symbol_next(symbol))
        zbar.zbar_image_destroy(image)
        return found

    return scan

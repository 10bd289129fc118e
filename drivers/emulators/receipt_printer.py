"""A receipt printer on the workbench: ESC/POS in, slips out, and every mishap of a paper roll on demand.

    bytes -> receive buffer -> (while online) parser -> print engine -> paper -> slips
          \\-> real-time commands, obeyed as they arrive

Kept true, as in the real ones: what is in the buffer is executed in order and waits while the printer is
offline, so GS r is not answered then; DLE EOT is, always; and a real-time command is one even inside the data
of another. Every byte that makes no sense is kept in `complaints`.

Faults take `after_bytes`: they strike when that many more bytes have been executed, 0 is now.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from drivers.control_socket import ControlSocket, Hands
from drivers.emulators.escpos_parser import Command, EscPosParser, Item
from drivers.emulators.escpos_real_time import RealTimeScanner
from drivers.emulators.print_engine import PrintEngine
from drivers.emulators.printer_trouble import PrinterTrouble
from drivers.emulators.pty_host import PtyHost
from drivers.emulators.slip_renderer import PrintedSlip, SlipRenderer

_RECEIVE_BUFFER = 4096  # bytes, of most printers; without flow control what does not fit is lost
_LONGEST_PIECE = 80_000  # dots, 10 m: somebody forgot to cut
_MAKER_AND_MODEL = {66: b"EMULATED", 67: b"80 MM"}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Bytes that a real printer would have made something unwanted of, or nothing at all."""

    at_byte: int
    code: bytes = field(repr=False)
    why: str


class ReceiptPrinterEmulator:
    """The printer. Serve it with `InProcessWire` or `PtyHost`, or alone with `serve`.

    `font`: what to draw pictures of slips with; without it slips are text only. `clears_buffers`: knows
    DLE DC4 8, as not every printer does. The newest `keep_slips` slips are kept.
    """

    def __init__(
        self,
        font: Path | None = None,
        *,
        paper_width_dots: int = 576,
        clears_buffers: bool = True,
        keep_slips: int = 100,
    ) -> None:
        self.on_outgoing: Callable[[], None] = lambda: None
        self.slips: deque[PrintedSlip] = deque(maxlen=keep_slips)
        self.complaints: deque[Complaint] = deque(maxlen=1000)
        self.slips_made = 0
        self.executed_bytes = 0
        self._renderer = SlipRenderer(font) if font else None
        self._clears_buffers = clears_buffers
        self._engine = PrintEngine(paper_width_dots)
        self._real_time = RealTimeScanner()
        self._parser = EscPosParser()
        self._trouble = PrinterTrouble()
        self._buffer = bytearray()
        self._outgoing = bytearray()
        self._automatic_status = False
        self._reported = b""
        self._due_faults: list[tuple[int, dict[str, bool]]] = []
        self._guard = RLock()

    @property
    def last_slip(self) -> PrintedSlip:
        """The newest slip. Raises `LookupError` when there is none."""
        if not self.slips:
            raise LookupError("nothing has been printed yet")
        return self.slips[-1]

    # --- hands

    def run_out_of_paper(self, after_bytes: int = 0) -> None:
        """Let the roll end."""
        self._strike(after_bytes, paper_out=True)

    def bring_paper_near_end(self, after_bytes: int = 0) -> None:
        """Let the roll become thin: it still prints."""
        self._strike(after_bytes, paper_low=True)

    def refill(self) -> None:
        """Put in a new roll. What hung out of the printer is torn off; what is in the buffer goes on."""
        with self._guard:
            self._leave(cut=False)
            self._change(paper_out=False, paper_low=False)

    def open_cover(self, after_bytes: int = 0) -> None:
        """Open the lid over the roll."""
        self._strike(after_bytes, cover_open=True)

    def close_cover(self) -> None:
        """Close the lid."""
        self._change(cover_open=False)

    def jam(self, after_bytes: int = 0) -> None:
        """Get paper stuck in the cutter."""
        self._strike(after_bytes, stuck=True, cutter_error=True)

    def clear_jam(self) -> None:
        """Take the paper out of the cutter. The printer stays in error until it is told to recover."""
        self._change(stuck=False)

    def overheat(self, after_bytes: int = 0) -> None:
        """Make the head too hot to print."""
        self._strike(after_bytes, head_hot=True)

    def cool_down(self) -> None:
        """Let the head cool: the printer goes on by itself."""
        self._change(head_hot=False)

    def break_down(self, after_bytes: int = 0) -> None:
        """Damage the printer for good."""
        self._strike(after_bytes, broken=True)

    def hold_key(self) -> None:
        """Hold the paper feed key down: it is offline, and names no cause that the driver asks for."""
        self._change(key_held=True)

    def stall(self, after_bytes: int = 0) -> None:
        """Stop executing, and go on saying that all is well."""
        self._strike(after_bytes, stalled=True)

    def resume(self) -> None:
        """End a stall: what is in the buffer is executed now."""
        self._change(stalled=False)

    def cut_power(self, after_bytes: int = 0) -> None:
        """Pull the mains plug: buffers and settings are gone, what is printed stays on the roll."""
        self._strike(after_bytes, powered=False)

    def power_on(self) -> None:
        """Put the plug back. A cutter tries again then."""
        with self._guard:
            self._change(powered=True, stalled=False, cutter_error=self._trouble.stuck, head_hot=False)

    # --- the wire

    def receive(self, data: bytes) -> None:  # noqa: D102 - ByteEmulator says it
        with self._guard:
            for piece, command in self._real_time.cut(data):
                self._store(piece)
                if command:
                    self._obey(command)

    def take_outgoing(self) -> bytes:  # noqa: D102
        with self._guard:
            said = bytes(self._outgoing)
            self._outgoing.clear()
            return said

    # --- inside

    def _strike(self, after_bytes: int, **trouble: bool) -> None:
        with self._guard:
            if after_bytes == 0:
                self._change(**trouble)
            else:
                self._due_faults.append((self.executed_bytes + after_bytes, trouble))

    def _change(self, **trouble: bool) -> None:
        with self._guard:
            had_power = self._trouble.powered
            self._trouble = replace(self._trouble, **trouble)
            if had_power and not self._trouble.powered:
                self._forget()
            elif self._automatic_status and self._trouble.automatic_status() != self._reported:
                self._report()
            self._run()

    def _forget(self) -> None:
        self._buffer.clear()
        self._outgoing.clear()
        self._real_time = RealTimeScanner()
        self._automatic_status = False
        self._parser = EscPosParser()
        self._engine.initialize()

    def _report(self) -> None:
        self._reported = self._trouble.automatic_status()
        self._outgoing += self._reported
        self.on_outgoing()

    def _store(self, data: bytes) -> None:
        for start in range(0, len(data), _RECEIVE_BUFFER):
            piece = data[start : start + _RECEIVE_BUFFER]
            if not self._trouble.executing:
                room = max(0, _RECEIVE_BUFFER - len(self._buffer)) if self._trouble.powered else 0
                if self._trouble.powered and len(piece) > room:
                    self._complain(piece[room:], "the receive buffer is full")
                piece = piece[:room]
            self._buffer += piece
            self._run()

    def _run(self) -> None:
        while self._trouble.executing and (found := self._parser.next_item(self._buffer)):
            item, size = found
            struck = [fault for fault in self._due_faults if fault[0] < self.executed_bytes + size]
            for fault in struck:
                self._due_faults.remove(fault)
                self._change(**fault[1])
            if struck:
                continue
            code = bytes(self._buffer[:size])
            del self._buffer[:size]
            self.executed_bytes += size
            if wrong := self._execute(item):
                self._complain(code, wrong)

    def _execute(self, item: Item) -> str | None:
        match item:
            case Command("GS r", parameters):
                return self._answer_in_order(parameters[0])
            case Command("GS a", parameters):
                self._automatic_status = parameters[0] != 0
                if self._automatic_status:
                    self._report()
            case Command("GS I", parameters):
                if parameters[0] not in _MAKER_AND_MODEL:
                    return f"GS I {parameters[0]}"
                self._outgoing += b"_" + _MAKER_AND_MODEL[parameters[0]] + b"\0"
            case Command("GS V"):
                wrong = "a cut in the middle of a line" if self._engine.line_begun else None
                self._leave(cut=True)
                return wrong
            case _:
                wrong = self._engine.execute(item)
                if self._engine.paper_out_dots > _LONGEST_PIECE:
                    self._leave(cut=False)
                    return "ten metres of paper without a cut"
                return wrong
        return None

    def _answer_in_order(self, n: int) -> str | None:
        match n & 0x0F:
            case 1:
                self._outgoing.append(self._trouble.paper_sensors())
            case 2:
                self._outgoing.append(0)  # no cash drawer
            case _:
                return f"GS r {n}"
        return None

    def _obey(self, command: bytes) -> None:
        if not self._trouble.powered:
            return
        match command[1], command[2]:
            case 0x04, n:
                self._outgoing.append(self._trouble.real_time_status(n))
            case 0x05, n if self._trouble.cutter_error and not self._trouble.stuck:
                if n == 2:
                    self._empty_buffers()
                self._change(cutter_error=False)
            case 0x14, _ if self._clears_buffers:
                self._empty_buffers()
                self._outgoing += b"\x37\x25\x00"

    def _empty_buffers(self) -> None:
        self._buffer.clear()
        self._engine.forget_line()

    def _leave(self, *, cut: bool) -> None:
        """Let the piece of paper that has come out leave the printer; a blank one is not worth keeping."""
        lines = self._engine.tear_off()
        if any(line.marks for line in lines):
            self.slips.append(PrintedSlip(lines, self._engine.paper_width, cut, self._renderer))
            self.slips_made += 1

    def _complain(self, code: bytes, why: str) -> None:
        self.complaints.append(Complaint(self.executed_bytes, code[:16], why))


@contextmanager
def serve(
    link: Path, control: Path, *, font: Path | None = None, baud: int = 115200, paced: bool = False
) -> Iterator[ReceiptPrinterEmulator]:
    """Serve a printer on a pty behind `link`, and its hands on the Unix socket `control`, until left."""
    emulator = ReceiptPrinterEmulator(font)
    with (
        PtyHost(emulator, link, baud=baud, paced=paced) as host,
        ControlSocket(control, hands(emulator, host)),
    ):
        yield emulator


def hands(emulator: ReceiptPrinterEmulator, host: PtyHost) -> Hands:
    """Return what can be done to the printer by somebody at its control socket."""

    def last_slip() -> dict[str, object]:
        slip = emulator.last_slip
        return {
            "text": slip.text,
            "cut": slip.cut,
            "qr_codes": list(slip.qr_codes),
            "slips_made": emulator.slips_made,
        }

    def save_last_slip(png: str) -> None:
        Path(png).write_bytes(emulator.last_slip.png())

    def complaints() -> dict[str, object]:
        return {"complaints": [f"{each.at_byte}: {each.why}" for each in emulator.complaints]}

    return {
        "last_slip": last_slip,
        "save_last_slip": save_last_slip,
        "complaints": complaints,
        "run_out_of_paper": emulator.run_out_of_paper,
        "bring_paper_near_end": emulator.bring_paper_near_end,
        "refill": emulator.refill,
        "open_cover": emulator.open_cover,
        "close_cover": emulator.close_cover,
        "jam": emulator.jam,
        "clear_jam": emulator.clear_jam,
        "overheat": emulator.overheat,
        "cool_down": emulator.cool_down,
        "break_down": emulator.break_down,
        "stall": emulator.stall,
        "resume": emulator.resume,
        "cut_power": emulator.cut_power,
        "power_on": emulator.power_on,
        "unplug": host.unplug,
        "plug_in": host.plug_in,
    }

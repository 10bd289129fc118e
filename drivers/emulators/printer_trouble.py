"""What is wrong with a printer, and the bytes in which it says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrinterTrouble:
    """What can be wrong with the printer at one moment, and what it says of it."""

    powered: bool = True
    stalled: bool = False
    stuck: bool = False
    cover_open: bool = False
    paper_low: bool = False
    paper_out: bool = False
    cutter_error: bool = False
    head_hot: bool = False
    broken: bool = False
    key_held: bool = False

    @property
    def executing(self) -> bool:
        """Whether it works off its buffer."""
        return self.powered and not self.stalled and not self.offline

    @property
    def offline(self) -> bool:
        """Whether it says that it cannot print. A stalled printer says nothing of the kind."""
        return self.cover_open or self.paper_out or self.key_held or self.error

    @property
    def error(self) -> bool:
        """Whether something in it failed, as opposed to paper or cover."""
        return self.cutter_error or self.head_hot or self.broken

    def real_time_status(self, n: int) -> int:
        """Return the answer to DLE EOT n."""
        causes = {
            1: (0x08 * self.offline,),
            2: (0x04 * self.cover_open, 0x08 * self.key_held, 0x20 * self.paper_out, 0x40 * self.error),
            3: (0x08 * self.cutter_error, 0x20 * self.broken, 0x40 * self.head_hot),
            4: (0x0C * (self.paper_low or self.paper_out), 0x60 * self.paper_out),
        }
        return 0x12 | sum(causes[n])

    def paper_sensors(self) -> int:
        """Return the answer to GS r 1, and the third byte of the automatic status."""
        return 0x03 * (self.paper_low or self.paper_out) | 0x0C * self.paper_out

    def automatic_status(self) -> bytes:
        """Return the four bytes that GS a asks for at every change."""
        printer = 0x10 | 0x08 * self.offline | 0x20 * self.cover_open
        error = 0x08 * self.cutter_error | 0x20 * self.broken | 0x40 * self.head_hot
        return bytes([printer, error, self.paper_sensors(), 0])

"""How a printer is set to print: what commands change and ESC @ resets."""

from dataclasses import dataclass, field

from drivers.emulators.printed_paper import CELL, Bitmap, Picture

DEFAULT_LINE_SPACING = 30  # clones; Epson's is 34 (1/6 inch)


@dataclass
class PrintSettings:
    """Sizes in dots or factors, as the commands give them."""

    width: int = 1
    height: int = 1
    chinese_width: int = 1
    chinese_height: int = 1
    bold: bool = False
    underline: int = 0
    inverse: bool = False
    align: int = 0
    line_spacing: int = DEFAULT_LINE_SPACING
    space_after: int = 0
    chinese_spaces: tuple[int, int] = (0, 0)
    left_margin: int = 0
    area_width: int = 576
    code_page: int = 0
    qr_module_dots: int = 3
    qr_level: str = "L"
    qr_content: bytes = b""
    graphic: Picture | None = None
    downloaded: dict[bytes, Bitmap] = field(default_factory=dict)

    def change(self, name: str, n: int, parameters: bytes) -> str | None:
        """Take over the setting that command `name` makes; return what is wrong with it, if anything is."""
        digit = n & 0x0F  # such a parameter may be a number or its ASCII digit
        fine = True
        match name:
            case "ESC 2":
                self.line_spacing = DEFAULT_LINE_SPACING
            case "ESC 3":
                self.line_spacing = n
            case "ESC a":
                self.align = min(digit, 2)
                fine = digit <= 2
            case "ESC E":
                self.bold = bool(n & 1)
            case "ESC -" | "FS -":
                self.underline = min(digit, 2)
                fine = digit <= 2
            case "GS B":
                self.inverse = bool(n & 1)
            case "GS !":
                self.width = self.chinese_width = (n >> 4 & 7) + 1
                self.height = self.chinese_height = (n & 7) + 1
            case "FS !":
                self.chinese_width = 2 if n & 0x04 else 1
                self.chinese_height = 2 if n & 0x08 else 1
            case "ESC SP":
                self.space_after = n
            case "FS S":
                self.chinese_spaces = (parameters[0], parameters[1])
            case "ESC t":
                self.code_page = n
                fine = n <= 1
            case "FS 2":
                fine = parameters[0] == 0xFE and 0xA1 <= parameters[1] <= 0xFE
                if fine:
                    self.downloaded[parameters[:2]] = _from_columns(parameters[2:])
            case "ESC M":
                fine = digit == 0
            case "ESC {":
                fine = not n & 1
            case _:
                fine = False
        return None if fine else f"{name} with {parameters[:2].hex(' ') or 'nothing'}: not on this printer"


def _from_columns(columns: bytes) -> Bitmap:
    """Turn 24 columns of 24 dots into rows."""
    bits = [f"{int.from_bytes(columns[3 * x : 3 * x + 3], 'big'):024b}" for x in range(CELL)]
    rows = (int("".join(column[y] for column in bits), 2).to_bytes(3, "big") for y in range(CELL))
    return Bitmap(CELL, CELL, b"".join(rows))

"""How long a receipt takes, against the time its bytes need on the wire.

    python -m benchmarks.bench_printer

A full receipt is printed by the production driver through pyserial and a paced pty, which carries the bytes
at the speed of a serial line in both directions; the emulated printer itself takes no time. The floor is the
receipt's bytes alone, at ten bits each: the questions before and after it are the driver's own expense.
Fails when the best receipt takes more than 1.1 times its floor (what else runs on the machine can only add to
it), or when it has more than 2 KB.
"""

import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.device import Printed, ReceiptPrinter
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.slip import Align, Columns, Qr, Rule, Size, Slip, Text, Title
from drivers.serial_port import SerialPort

FONT = Path(sys.prefix) / "share" / "fonts" / "NotoSansSC-Regular.ttf"
RECEIPT = Slip(
    (
        Title("登记回执（挂失尚未生效）"),
        Columns("登记编号", "XX01-000123", bold=True),
        Columns("姓名", "王*㐂"),
        Columns("社会保障号码", "410***********1234"),
        Columns("登记时间", "2025-11-24 09:15:32"),
        Columns("登记终端", "新乡市民中心一楼大厅 XX-01"),
        Rule(),
        Text("您的社会保障卡挂失申请已登记，尚未生效。请立即拨打 12333 办理口头挂失，以免卡被他人使用。"),
        Text("网络恢复后，本终端将自动提交；生效后可凭登记编号在任一终端查询并打印生效回执。"),
        Rule(),
        Text("社保账户不等于金融账户：银行账户挂失，请另行联系发卡银行。", size=Size.NORMAL),
        Qr("RC1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE" * 6),
        Text("扫码可查验本回执", align=Align.CENTER, size=Size.NORMAL),
    )
)
LIMIT_BYTES, LIMIT_RATIO = 2048, 1.1


def seconds(baud: int, times: int) -> list[float]:
    """Return how long each of `times` receipts took at `baud`."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        host = PtyHost(ReceiptPrinterEmulator(), Path(folder) / "printer", baud=baud, paced=True)
        with host, ReceiptPrinter(partial(SerialPort, host.link, baud), font=FONT) as printer:
            printer.print(Slip((Text("开机"),)))  # the first one also brings the printer in step
            for _ in range(times):
                start = time.perf_counter()
                outcome = printer.print(RECEIPT)
                taken.append(time.perf_counter() - start)
                assert isinstance(outcome, Printed), outcome
    return taken


def main() -> int:
    size = len(SlipEncoder(font=FONT).encode(RECEIPT))
    drawn = len(SlipEncoder(font=FONT, native_qr=False).encode(RECEIPT))
    print(f"receipt: {size} bytes (limit {LIMIT_BYTES}); with its QR code as a picture {drawn}")
    print(f"{'baud':>8} {'wire':>9} {'best':>9} {'median':>9} {'ratios':>13}")
    good = size <= LIMIT_BYTES
    for baud, times in ((9600, 5), (115_200, 20)):
        floor = size * 10 / baud
        taken = seconds(baud, times)
        best, median = min(taken), statistics.median(taken)
        ratios = f"{best / floor:>6.3f} {median / floor:>6.3f}"
        print(f"{baud:>8} {floor:>8.3f}s {best:>8.3f}s {median:>8.3f}s {ratios}")
        good = good and best / floor <= LIMIT_RATIO
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

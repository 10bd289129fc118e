"""The QR code comes off the paper as it went on."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.slip import Qr, Slip
from kiosk.domain.contact import ContactField
from kiosk.domain.paper import TransactionReceipt
from kiosk.domain.policy import Policy
from kiosk.domain.transaction import (
    ClockQuality,
    Pending,
    Rejected,
    Transaction,
    TransactionKind,
    TransactionState,
)
from kiosk.receipts.claim import claim_of
from kiosk.receipts.keys import SigningKey
from kiosk.receipts.qr_text import sign, verify
from kiosk.views import slips
from kiosk.views.words import load_words
from tests.drivers.receipt_printer.conftest import ScanQr
from tests.effect.backends_word import KEY as TRANSACTION_KEY
from tests.effect.backends_word import in_effect
from tests.receipts.samples import CAPTURED, KEY, KEYS, PRINTED

FONT = Path(sys.prefix) / "share" / "fonts" / "NotoSansSC-Regular.ttf"
BUDGET_BYTES = 2048

CHANGE = Transaction(
    key=TRANSACTION_KEY,
    receipt_number="0001-000123-1",
    kind=TransactionKind.CONTACT_CHANGE,
    captured_at=CAPTURED,
    clock=ClockQuality.UNCHECKED,
    kiosk="0001",
    holder_masked_name="王*英",
    holder_masked_number="410702**********2X",
    state=Pending(),
    changes=tuple((field, "红旗区平原路********", "牧野区建设路********") for field in ContactField),
)
STATES = [Pending(), in_effect("X" * 32, CAPTURED), Rejected("x" * 40)]


def slip_with_qr(transaction: Transaction, key: SigningKey) -> tuple[Slip, str]:
    policy = Policy(site=PRINTED.site, kiosk=PRINTED.kiosk)
    written = slips.write(TransactionReceipt(transaction), load_words("zh_CN"), policy, PRINTED)
    text = sign(claim_of(transaction, PRINTED, "X" * 16), key)
    return Slip((*written.lines, Qr(text))), text


@pytest.mark.parametrize("state", STATES, ids=lambda state: type(state).__name__)
@pytest.mark.parametrize(("width", "native"), [(576, True), (576, False), (384, True)])
def test_a_scanner_reads_from_the_paper_what_was_signed(
    scan_qr: ScanQr, state: TransactionState, width: int, native: bool
) -> None:
    slip, text = slip_with_qr(replace(CHANGE, state=state), KEY)
    printer = ReceiptPrinterEmulator(FONT, paper_width_dots=width)
    printer.receive(SlipEncoder(paper_width_dots=width, font=FONT, native_qr=native).encode(slip))
    assert list(printer.complaints) == []
    [scanned] = scan_qr(printer.last_slip.picture())
    assert scanned == text
    assert verify(scanned, KEYS).receipt_number == CHANGE.receipt_number
    assert printer.last_slip.qr_codes == ((text,) if native else ())


@pytest.mark.parametrize("state", STATES, ids=lambda state: type(state).__name__)
def test_a_full_receipt_with_its_qr_code_stays_in_the_printers_budget(state: TransactionState) -> None:
    slip, _ = slip_with_qr(replace(CHANGE, state=state), KEY)
    assert len(SlipEncoder(font=FONT).encode(slip)) <= BUDGET_BYTES

"""Receipts of invented people, and the keys of two kiosks."""

from datetime import UTC, datetime, timedelta, timezone

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st

from kiosk.domain.paper import PrintedAt
from kiosk.domain.receipt_number import receipt_number
from kiosk.domain.transaction import ClockQuality, TransactionKind
from kiosk.receipts.claim import ACCEPTANCE_NUMBER, CODE, KIOSK, RULES, Claim, InEffect, Refused, Unanswered
from kiosk.receipts.keys import SigningKey

KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
KEYS = {KEY.key_id: KEY.public("0001"), OTHER_KEY.key_id: OTHER_KEY.public("0002")}

CAPTURED = datetime(2026, 11, 24, 2, 15, 58, tzinfo=UTC)
PRINTED = PrintedAt(datetime(2026, 11, 24, 2, 16, 5, tzinfo=UTC), ClockQuality.SYNCHRONISED, "0001", "大厅")

IN_EFFECT = Claim(
    receipt_number="0001-000123-1",
    kind=TransactionKind.LOSS_REPORT,
    standing=InEffect("20261124000042", datetime(2026, 11, 24, 2, 16, 1, tzinfo=UTC)),
    captured_at=CAPTURED,
    captured_clock=ClockQuality.SYNCHRONISED,
    printed_at=PRINTED.at,
    printed_clock=ClockQuality.SYNCHRONISED,
    kiosk="0001",
    rules="xrs-2017-145.1",
)

# By the Python library cwt 3.3.0, out of the same claim and the same key, put into base45 by hand.
IN_EFFECT_BY_CWT = (
    "XXR1:RRQT 9 60GO0$+AWKB3UAR098CK:195806467463W5646*966L6Z86CPG+-D846D%6*96+Q6646A461F6 NDPYUDF37"
    "S0Y*BDF37S0QYC/TC6469B69AFAPENF6:964W50R6Z$527B0R8 HHOM1:IN.IT-SSE2W8X2.2I299IYGJ07JTR8N45A39*QK"
    "+RD000-7G.NC*U*CP+%0*NN+P37AR9ATL7S9Q2+T2JE8NIP"
)


def times() -> st.SearchStrategy[datetime]:
    """Any time the form has room for, told in any zone."""
    zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
    return st.builds(datetime.fromtimestamp, st.integers(0, 2**32 - 1), zones)


def standings() -> st.SearchStrategy[Unanswered | InEffect | Refused]:
    """Any way a transaction can stand."""
    return st.one_of(
        st.builds(Unanswered),
        st.builds(InEffect, st.from_regex(ACCEPTANCE_NUMBER, fullmatch=True), times()),
        st.builds(Refused, st.from_regex(CODE, fullmatch=True)),
    )


def claims(kiosk: str = "0001") -> st.SearchStrategy[Claim]:
    """Any claim that a kiosk can print."""
    return st.builds(
        Claim,
        receipt_number=st.builds(
            receipt_number, st.from_regex(KIOSK, fullmatch=True), st.integers(0, 999_999)
        ),
        kind=st.sampled_from(TransactionKind),
        standing=standings(),
        captured_at=times(),
        captured_clock=st.sampled_from(ClockQuality),
        printed_at=times(),
        printed_clock=st.sampled_from(ClockQuality),
        kiosk=st.just(kiosk),
        rules=st.from_regex(RULES, fullmatch=True),
    )

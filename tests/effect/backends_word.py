"""The backend's word that something is in effect, as tests have it: out of its answer, like the kiosk."""

from datetime import datetime

from kiosk.backend.contract import AcceptanceAnswer, Standing, TransactionAnswer
from kiosk.domain.transaction import TransactionState

KEY = "01930000-0000-7000-8000-000000000001"


def in_effect(
    number: str, effective_at: datetime, *, key: str = KEY, already: bool = False
) -> TransactionState:
    """Return the state of the transaction with a key that the backend has accepted."""
    given = AcceptanceAnswer(number=number, effective_at=effective_at, already=already)
    return TransactionAnswer(key=key, state=Standing.EFFECTIVE, acceptance=given).to_state()

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.citizen_number import masked_name, masked_number
from kiosk.domain.contact import ContactField, masked_contact
from kiosk.domain.measures.supplementary import RULE_SET
from kiosk.domain.paper import PrintedAt
from kiosk.domain.transaction import (
    ClockQuality,
    Pending,
    Rejected,
    Transaction,
    TransactionKind,
    TransactionState,
)
from kiosk.receipts.claim import Claim, InEffect, Refused, Unanswered, claim_of
from kiosk.receipts.errors import UnknownVersion
from tests.effect.backends_word import KEY, in_effect
from tests.receipts.samples import CAPTURED, IN_EFFECT, PRINTED, claims

EFFECTIVE_AT = datetime(2026, 11, 24, 2, 16, 1, 250_000, tzinfo=UTC)


def transaction(state: TransactionState, person: tuple[str, str, str] = ("王秀英", "", "")) -> Transaction:
    name, number, phone = person
    return Transaction(
        key=KEY,
        receipt_number="0001-000123-1",
        kind=TransactionKind.LOSS_REPORT,
        captured_at=CAPTURED,
        clock=ClockQuality.UNCHECKED,
        kiosk="0001",
        holder_masked_name=masked_name(name),
        holder_masked_number=masked_number(number),
        state=state,
        card_masked=number[-4:],
        changes=((ContactField.PHONE, "", masked_contact(ContactField.PHONE, phone)),),
    )


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (Pending(), Unanswered()),
        (
            in_effect("20261124000042", EFFECTIVE_AT),
            InEffect("20261124000042", EFFECTIVE_AT.replace(microsecond=0)),
        ),
        (Rejected("stale", "王秀英的卡已补办"), Refused("stale")),
    ],
)
def test_a_claim_says_how_the_transaction_stood_when_it_was_printed(
    state: TransactionState, standing: Unanswered | InEffect | Refused
) -> None:
    claim = claim_of(transaction(state), PRINTED, "xrs-2017-145.1")
    assert claim.standing == standing
    assert (claim.captured_at, claim.captured_clock) == (CAPTURED, ClockQuality.UNCHECKED)
    assert (claim.printed_at, claim.printed_clock) == (PRINTED.at, ClockQuality.SYNCHRONISED)


def test_a_reprint_elsewhere_is_claimed_by_the_kiosk_that_printed_it() -> None:
    elsewhere = PrintedAt(PRINTED.at, ClockQuality.SYNCHRONISED, "0002", "另一大厅")
    claim = claim_of(transaction(Pending()), elsewhere, "xrs-2017-145.1")
    assert (claim.receipt_number, claim.kiosk) == ("0001-000123-1", "0002")


def test_the_rules_in_force_can_be_claimed() -> None:
    assert claim_of(transaction(Pending()), PRINTED, RULE_SET).rules == RULE_SET


PEOPLE = st.tuples(
    st.text(min_size=1, max_size=20),
    st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
    st.from_regex(r"1[0-9]{10}", fullmatch=True),
)
STATES = st.sampled_from([Pending(), in_effect("20261124000042", EFFECTIVE_AT), Rejected("stale", "{}")])


@given(STATES, PEOPLE, PEOPLE)
def test_two_people_with_the_same_transaction_have_the_same_claim(
    state: TransactionState, one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    def claim(person: tuple[str, str, str]) -> Claim:
        about = replace(state, reason=" ".join(person)) if isinstance(state, Rejected) else state
        return claim_of(transaction(about, person), PRINTED, "xrs-2017-145.1")

    assert claim(one).encode() == claim(other).encode()


@given(claims())
def test_a_claim_comes_back_from_its_bytes(claim: Claim) -> None:
    assert Claim.decode(claim.encode()) == claim


@pytest.mark.parametrize(
    "changed",
    [
        {"receipt_number": "0001-000123-2"},
        {"receipt_number": "00010001231"},
        {"receipt_number": "410702198001011234"},
        {"kiosk": "1"},
        {"kiosk": "0001\n"},
        {"kiosk": "０００１"},
        {"rules": ""},
        {"rules": "王秀英"},
        {"rules": "x" * 17},
        {"captured_at": datetime(2026, 11, 24)},  # noqa: DTZ001
        {"captured_at": CAPTURED + timedelta(microseconds=1)},
        {"printed_at": datetime(1969, 12, 31, tzinfo=UTC)},
        {"printed_at": datetime(2107, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_does_not_fit_the_form_cannot_be_claimed(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"not|no time|form"):
        replace(IN_EFFECT, **changed)


@pytest.mark.parametrize("number", ["", "x" * 33, "受理20261124", "2026 1124", "2026\n"])
def test_an_acceptance_number_is_of_letters_digits_and_dashes(number: str) -> None:
    with pytest.raises(ValueError, match="acceptance number"):
        InEffect(number, CAPTURED)


@pytest.mark.parametrize("code", ["", "x", "Stale", "王秀英", "has space", "x" * 41])
def test_a_code_is_one_of_the_backends_stable_words(code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        Refused(code)


def written(**changed: object) -> bytes:
    """The fields of a good claim, some of them changed, as bytes."""
    names = (
        "version",
        "number",
        "kind",
        "standing",
        "captured",
        "clock",
        "printed",
        "clock2",
        "kiosk",
        "rules",
    )
    fields = dict(zip(names, cbor2.loads(IN_EFFECT.encode()), strict=True))
    return cbor2.dumps(list((fields | changed).values()))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        cbor2.dumps("claim"),
        cbor2.dumps({}),
        IN_EFFECT.encode() + b"\0",
        written(kind=3),
        written(kind=True),
        written(kind=1.0),
        written(clock=2),
        written(clock=False),
        written(standing=[]),
        written(standing=[0, 0]),
        written(standing=[1, "20261124000042"]),
        written(standing=[1, "20261124000042", -1]),
        written(standing=[1, "20261124000042", 2**63]),
        written(standing=[2, "NO"]),
        written(standing=[3]),
        written(captured=-1),
        written(captured=2**32),
        written(captured="2026-11-24"),
        written(number="0001-000123-2"),
        written(kiosk=1),
        written(rules=["xrs-2017-145.1"]),
        written(more="王秀英"),
    ],
)
def test_bytes_that_no_kiosk_would_write_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no|form"):
        Claim.decode(content)


@pytest.mark.parametrize("content", [written(version=2), cbor2.dumps([2, "of another form"])])
def test_a_claim_newer_than_this_program_is_said_to_be_so(content: bytes) -> None:
    with pytest.raises(UnknownVersion, match="version 2"):
        Claim.decode(content)

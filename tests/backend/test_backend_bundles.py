"""A dead kiosk's entries, carried to the backend by hand: taken in once, whatever had arrived before."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import requests

from kiosk.backend.client import BackendClient
from kiosk.backend.contract import ToldTransaction
from kiosk.backend.delivery import Delivery
from kiosk.backend.emulator.server import ReferenceBackend
from offline_queue import Bundle, Identity, NewEntry, Outbox, Sender, Vault, seal_bundle
from tests.backend.workbench import LI, WANG, ByHand, change, code, loss, new_key

KEY = bytes(range(32))
KIOSK, STRANGER = Identity(KEY), Identity(b"x" * 32)


@pytest.fixture
def backend(serve) -> ReferenceBackend:
    backend = serve()
    backend.know_kiosk("0001", KIOSK.address)
    return backend


@pytest.fixture
def outbox(tmp_path) -> Outbox:
    """Kiosk 0001's, with the losses of two people."""
    outbox = Outbox.open(tmp_path / "outbox.db", Vault.from_key(KEY), owner="0001")
    for person in (WANG, LI):
        document = loss(person)
        del document["sequence"]
        outbox.put(entry(json.dumps(document).encode(), person.number))
    yield outbox
    outbox.close()


def entry(payload: bytes, person: str = "somebody") -> NewEntry:
    now = datetime(2026, 10, 12, 10, 0, tzinfo=UTC)
    return NewEntry(new_key(), "loss_report", person, payload, now, "synchronised")


def carry(
    hand: ByHand, backend: ReferenceBackend, bundle: Bundle, sender: Identity = KIOSK
) -> requests.Response:
    return post(hand, seal_bundle(bundle, sender, backend.bundle_address))


def post(hand: ByHand, sealed: bytes) -> requests.Response:
    headers = {"Content-Type": "application/octet-stream"}
    return hand.ask("POST", "/v1/bundles", data=sealed, headers=headers)


def send(outbox: Outbox, backend: ReferenceBackend) -> None:
    client = BackendClient(backend.url, kiosk="0001")
    delivery = Delivery(client)
    Sender(outbox, delivery.deliver, delivery.look_up).turn()
    client.close()


def test_what_a_dead_kiosk_had_to_tell_takes_effect(hand: ByHand, backend, outbox) -> None:
    answer = carry(hand, backend, outbox.bundle_up()).json()
    assert answer == {"kiosk": "0001", "taken": 2, "known": 0, "unclear": 0, "missing": []}
    assert {card.holder_number for card in backend.lost_cards} >= {WANG.number, LI.number}
    assert [taken.told.sequence for taken in backend.transactions] == [1, 2]


def test_carried_twice_it_takes_effect_once(hand: ByHand, backend, outbox) -> None:
    carry(hand, backend, outbox.bundle_up())
    assert carry(hand, backend, outbox.bundle_up()).json()["known"] == 2
    assert len(backend.transactions) == 2


def test_what_had_arrived_over_the_network_is_not_doubled(hand: ByHand, backend, outbox) -> None:
    bundle = outbox.bundle_up()
    send(outbox, backend)
    assert carry(hand, backend, bundle).json() == {
        "kiosk": "0001", "taken": 0, "known": 2, "unclear": 0, "missing": [],
    }  # fmt: skip
    assert len(backend.transactions) == 2


def test_a_kiosk_that_comes_back_to_life_finds_its_entries_settled(hand: ByHand, backend, outbox) -> None:
    carry(hand, backend, outbox.bundle_up())
    send(outbox, backend)
    assert (outbox.summary().delivered, outbox.summary().pending) == (2, 0)
    assert len(backend.transactions) == 2


def test_numbers_that_never_arrived_are_named(hand: ByHand, backend, outbox) -> None:
    bundle = outbox.bundle_up()
    lost_one = replace(bundle, entries=bundle.entries[1:])
    assert carry(hand, backend, lost_one).json()["missing"] == [1]


def test_a_refusal_is_kept_like_any_other(hand: ByHand, backend, outbox) -> None:
    document = change(WANG, "no-such-visit")
    del document["sequence"]
    told = outbox.put(entry(json.dumps(document).encode(), WANG.number))
    assert carry(hand, backend, outbox.bundle_up()).json()["taken"] == 3
    assert hand.ask("GET", f"/v1/transactions/{told.key}").json()["state"] == "rejected"


def test_an_entry_that_is_none_of_the_api_costs_the_others_nothing(hand: ByHand, backend, outbox) -> None:
    outbox.put(entry(b'{"nonsense": true}'))
    foreign = loss(LI, kiosk="0002")
    del foreign["sequence"]
    outbox.put(entry(json.dumps(foreign).encode()))
    answer = carry(hand, backend, outbox.bundle_up()).json()
    assert (answer["taken"], answer["unclear"], answer["missing"]) == (2, 2, [3, 4])


def test_another_content_under_a_known_key_changes_nothing(hand: ByHand, backend, outbox) -> None:
    first = outbox.entries()[0]
    other = ToldTransaction.model_validate(loss(LI))
    hand.tell(json.loads(other.model_dump_json()), key=first.key)
    answer = carry(hand, backend, outbox.bundle_up()).json()
    assert (answer["taken"], answer["unclear"]) == (1, 1)


def test_only_a_known_kiosk_is_believed_and_only_for_its_own_outbox(hand: ByHand, backend, outbox) -> None:
    bundle = outbox.bundle_up()
    assert code(carry(hand, backend, bundle, STRANGER)) == "400 bundle_unreadable"
    backend.know_kiosk("0002", STRANGER.address)
    assert code(carry(hand, backend, bundle, STRANGER)) == "400 bundle_unreadable"
    assert backend.transactions == ()


@pytest.mark.parametrize("spoil", [lambda b: b"", lambda b: b[:40], lambda b: b[:-1] + bytes([b[-1] ^ 1])])
def test_what_is_no_whole_bundle_is_refused(hand: ByHand, backend, outbox, spoil) -> None:
    sealed = seal_bundle(outbox.bundle_up(), KIOSK, backend.bundle_address)
    assert code(post(hand, spoil(sealed))).startswith("400 ")
    assert backend.transactions == ()


def test_a_bundle_for_somebody_else_is_refused(hand: ByHand, backend, outbox) -> None:
    sealed = seal_bundle(outbox.bundle_up(), KIOSK, STRANGER.address)
    assert code(post(hand, sealed)) == "400 bundle_unreadable"


def test_kiosks_made_known_are_known_after_a_restart(serve, tmp_path, outbox) -> None:
    first = serve(db_path=tmp_path / "backend.db", bundle_key=bytes(32))
    first.know_kiosk("0001", KIOSK.address)
    sealed = seal_bundle(outbox.bundle_up(), KIOSK, first.bundle_address)
    second = serve(db_path=tmp_path / "backend.db", bundle_key=bytes(32))
    hand = ByHand(second)
    assert post(hand, sealed).json()["taken"] == 2
    hand.close()

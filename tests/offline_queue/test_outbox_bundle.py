"""Bundles: a dead kiosk's entries, carried by hand to whoever can deliver them."""

import pytest

from offline_queue import Address, Delivered, Identity, Sender, State, open_bundle, seal_bundle, verify_file
from offline_queue.errors import DuplicateKey, UnreadableBundle

KIOSK = Identity(bytes(range(32)))
BACKEND = Identity(bytes(32))
STRANGER = Identity(b"x" * 32)


@pytest.fixture
def dead_kiosk(open_outbox, fact, tmp_path):
    """Two pending entries, one delivered."""
    outbox = open_outbox(tmp_path / "dead.db")
    outbox.put(fact("a", b"canary-payload a", urgent=True))
    outbox.put(fact("b", b"canary-payload b"))
    outbox.put(fact("a", b"canary-payload c"))
    outbox.settle("key-2", Delivered())
    return outbox


@pytest.fixture
def sealed(dead_kiosk) -> bytes:
    return seal_bundle(dead_kiosk.bundle_up(), KIOSK, BACKEND.address)


def test_the_recipient_reads_what_is_pending_and_up_to_which_number_it_goes(sealed, dead_kiosk, clock):
    bundle = open_bundle(sealed, BACKEND, KIOSK.address)
    assert (bundle.owner, bundle.last_seq, bundle.made_at) == ("kiosk-07", 3, clock().wall)
    assert [(entry.origin.seq, entry.new.key) for entry in bundle.entries] == [(1, "key-1"), (3, "key-3")]
    first = bundle.entries[0].new
    assert (first.person, first.payload, first.urgent) == ("a", b"canary-payload a", True)
    assert dead_kiosk.summary().pending == 2


def test_nobody_else_can_read_it(sealed):
    assert b"canary" not in sealed
    with pytest.raises(UnreadableBundle, match="sealed for somebody else"):
        open_bundle(sealed, STRANGER, KIOSK.address)


def test_a_bundle_by_somebody_else_is_not_believed(dead_kiosk, sealed):
    forged = seal_bundle(dead_kiosk.bundle_up(), STRANGER, BACKEND.address)
    with pytest.raises(UnreadableBundle, match="made by somebody else"):
        open_bundle(forged, BACKEND, KIOSK.address)
    passed_off = forged[:16] + sealed[16:48] + forged[48:]
    with pytest.raises(UnreadableBundle, match="signature"):
        open_bundle(passed_off, BACKEND, KIOSK.address)


@pytest.mark.parametrize("place", [0, 20, 60, 130, -1])
def test_a_changed_bundle_is_not_believed(sealed, place):
    changed = bytearray(sealed)
    changed[place] ^= 1
    with pytest.raises(UnreadableBundle):
        open_bundle(bytes(changed), BACKEND, KIOSK.address)


@pytest.mark.parametrize("content", [b"", b"outbox bundle 1\n", b"PK\3\4 a zip file"])
def test_what_is_no_bundle_is_said_to_be_none(content):
    with pytest.raises(UnreadableBundle):
        open_bundle(content, BACKEND, KIOSK.address)


def test_an_address_can_be_written_down_and_read_back():
    assert Address.parse(str(KIOSK.address)) == KIOSK.address
    assert bytes(range(32)).hex() not in str(KIOSK.address)
    with pytest.raises(ValueError, match="128"):
        Address.parse("00")


def test_another_kiosk_takes_the_entries_over_with_key_owner_and_number(sealed, open_outbox, fact, tmp_path):
    other = open_outbox(tmp_path / "other.db", owner="kiosk-08")
    own = other.put(fact("z"))
    bundle = open_bundle(sealed, BACKEND, KIOSK.address)
    assert (other.take_in(bundle), other.take_in(bundle)) == (2, 0)
    assert [(e.owner, e.seq) for e in other.entries()] == [("kiosk-08", 1), ("kiosk-07", 1), ("kiosk-07", 3)]
    assert other.put(fact("y")).seq == own.seq + 1
    assert other.verify().first_break is None


def test_what_had_arrived_before_is_looked_up_and_not_sent_again(sealed, open_outbox, tmp_path):
    asked = []
    other = open_outbox(tmp_path / "other.db", owner="kiosk-08")
    other.take_in(open_bundle(sealed, BACKEND, KIOSK.address))

    def look_up(entry):
        asked.append(entry.key)
        return Delivered(b"had arrived")

    def deliver(entry):
        raise AssertionError("sent again")

    assert len(Sender(other, deliver, look_up).turn().settled) == 2
    assert asked == ["key-1", "key-3"]


def test_a_replaced_disk_takes_its_own_entries_back_and_notes_the_numbers_between(
    sealed, open_outbox, fact, tmp_path, vault
):
    fresh = open_outbox(tmp_path / "fresh.db")
    assert fresh.take_in(open_bundle(sealed, BACKEND, KIOSK.address)) == 2
    assert [entry.seq for entry in fresh.entries(State.PENDING)] == [1, 3]
    assert fresh.summary().lost == 1
    assert fresh.put(fact("new", key="key-new")).seq == 4
    fresh.close()
    assert verify_file(tmp_path / "fresh.db", vault, "kiosk-07").first_break is None


def test_a_replaced_disk_gives_no_number_again_that_was_sent_before(outbox, open_outbox, fact, tmp_path):
    outbox.put(fact("a"))
    for person in ("b", "c"):
        sent = outbox.put(fact(person))
        outbox.settle(sent.key, Delivered(b"receipt"))
    fresh = open_outbox(tmp_path / "fresh.db")
    fresh.take_in(outbox.bundle_up())
    assert fresh.put(fact("new", key="key-new")).seq == 4
    assert fresh.verify().first_break is None


def test_a_number_that_was_given_again_since_is_replaced_by_a_new_one(sealed, open_outbox, fact, tmp_path):
    fresh = open_outbox(tmp_path / "fresh.db")
    fresh.put(fact("new", key="key-new"))
    fresh.take_in(open_bundle(sealed, BACKEND, KIOSK.address))
    assert [(e.key, e.seq) for e in fresh.entries()] == [("key-new", 1), ("key-1", 2), ("key-3", 3)]
    assert fresh.verify().first_break is None


def test_a_bundle_is_taken_in_wholly_or_not_at_all(sealed, open_outbox, fact, tmp_path, monkeypatch):
    other = open_outbox(tmp_path / "other.db", owner="kiosk-08")
    bundle = open_bundle(sealed, BACKEND, KIOSK.address)
    twice = type(bundle)(bundle.owner, bundle.made_at, bundle.last_seq, bundle.entries + bundle.entries[:1])
    with pytest.raises(DuplicateKey):
        other.take_in(twice)
    assert other.entries() == []
    assert other.put(fact("z")).seq == 1
    assert other.verify().first_break is None

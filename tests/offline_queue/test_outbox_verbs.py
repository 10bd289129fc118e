"""What goes into an outbox, what comes out, and what a restart leaves."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from offline_queue import Delivered, Rejected, State
from offline_queue.errors import AlreadySettled, DuplicateKey, InUse, KeyMismatch, OwnerMismatch, UnknownKey
from offline_queue.vault import Vault


def test_an_entry_comes_back_as_it_was_put_in(outbox, fact, clock):
    new = fact("person-a", b'{"phone": "x"}', urgent=True)
    entry = outbox.put(new)
    assert outbox.get(new.key) == entry
    assert (entry.person, entry.payload, entry.urgent) == ("person-a", b'{"phone": "x"}', True)
    assert (entry.captured_at, entry.clock_quality) == (new.captured_at, "synchronised")
    assert (entry.recorded, entry.state, entry.attempts) == (clock(), State.PENDING, 0)
    assert (entry.owner, entry.seq, entry.doubtful, entry.outcome) == ("kiosk-07", 1, False, None)


def test_entries_are_numbered_without_gaps_across_restarts_and_refused_duplicates(open_outbox, fact):
    outbox = open_outbox()
    first = fact()
    outbox.put(first)
    with pytest.raises(DuplicateKey):
        outbox.put(first)
    outbox.put(fact())
    outbox.close()
    outbox = open_outbox()
    outbox.put(fact())
    assert [entry.seq for entry in outbox.entries()] == [1, 2, 3]


def test_what_was_put_and_settled_outlives_the_process(open_outbox, fact):
    outbox = open_outbox()
    kept, sent, refused = fact(), fact("person-b"), fact("person-c")
    for new in (kept, sent, refused):
        outbox.put(new)
    outbox.settle(sent.key, Delivered(b"receipt 17"))
    outbox.settle(refused.key, Rejected("stale", "changed elsewhere"))
    outbox.close()

    outbox = open_outbox()
    assert outbox.get(kept.key).state is State.PENDING
    assert outbox.get(sent.key).outcome == Delivered(b"receipt 17")
    assert outbox.get(refused.key).outcome == Rejected("stale", "changed elsewhere")
    assert outbox.summary().pending == outbox.summary().delivered == outbox.summary().rejected == 1


def test_an_entry_of_an_earlier_run_is_doubtful_until_it_was_asked_about(open_outbox, fact):
    outbox = open_outbox()
    outbox.put(fact())
    outbox.close()
    outbox = open_outbox()
    entry = outbox.claim()
    assert entry.doubtful
    assert not outbox.postpone(entry.key, "http_503", 5, doubtful=False).doubtful
    outbox.close()
    assert open_outbox().get(entry.key).doubtful


def test_a_settled_entry_takes_the_same_word_twice_but_no_other(outbox, fact):
    new = fact()
    outbox.put(new)
    settled = outbox.settle(new.key, Delivered(b"17"))
    assert outbox.settle(new.key, Delivered(b"17")) == settled
    with pytest.raises(AlreadySettled):
        outbox.settle(new.key, Rejected("stale"))
    with pytest.raises(AlreadySettled):
        outbox.postpone(new.key, "http_500", 1, doubtful=False)


def test_an_unknown_key_is_said_to_be_unknown(outbox):
    with pytest.raises(UnknownKey):
        outbox.get("nobody")
    with pytest.raises(UnknownKey):
        outbox.settle("nobody", Delivered())


def test_a_rejected_entry_can_be_taken_up_again_in_its_old_place(outbox, fact):
    first, second = fact(), fact()
    outbox.put(first)
    outbox.settle(first.key, Rejected("stale"))
    outbox.put(second)
    entry = outbox.retry(first.key)
    assert (entry.state, entry.outcome, entry.doubtful) == (State.PENDING, None, False)
    assert outbox.claim().key == first.key
    assert outbox.settle(first.key, Delivered(b"18")).outcome == Delivered(b"18")
    assert outbox.claim().key == second.key


def test_a_waiting_entry_that_is_retried_is_due_at_once(outbox, fact):
    outbox.put(fact())
    key = outbox.claim().key
    outbox.postpone(key, "http_500", 60, doubtful=False)
    assert outbox.claim() is None
    outbox.retry(key)
    assert outbox.claim().key == key


def test_the_backlog_is_counted_and_its_age_told(outbox, fact, clock):
    assert outbox.summary().oldest_pending_s is None
    outbox.put(fact(urgent=True))
    clock.wait(90)
    outbox.put(fact("person-b"))
    outbox.claim()
    outbox.postpone("key-1", "http_500", 5, doubtful=False)
    summary = outbox.summary()
    assert (summary.pending, summary.urgent, summary.failing) == (2, 1, 1)
    assert (summary.oldest_pending_s, summary.last_seq) == (90, 2)


def test_two_processes_cannot_have_the_file_open(outbox, open_outbox):
    with pytest.raises(InUse):
        open_outbox()


def test_only_the_thread_that_opened_the_outbox_may_touch_it(outbox, fact):
    with ThreadPoolExecutor() as another, pytest.raises(sqlite3.ProgrammingError):
        another.submit(outbox.put, fact()).result()


def test_a_file_is_not_opened_for_another_owner_or_with_another_key(open_outbox):
    open_outbox().close()
    with pytest.raises(OwnerMismatch):
        open_outbox(owner="kiosk-08")
    with pytest.raises(KeyMismatch):
        open_outbox(vault=Vault.from_key(bytes(32)))
    with pytest.raises(KeyMismatch):
        open_outbox(vault=Vault.from_key(bytes(range(32)), "sm4-gcm"))


def test_what_an_entry_shows_of_itself_names_no_person_and_no_payload(outbox, fact):
    new = fact("canary-person", b"canary-payload")
    entry = outbox.put(new)
    settled = outbox.settle(new.key, Rejected("stale", "canary-reason"))
    assert "canary" not in f"{new!r} {entry!r} {settled!r}"


def test_settling_returns_the_entry_as_it_now_stands_in_the_file(open_outbox, fact):
    outbox = open_outbox()
    new = fact()
    outbox.put(new)
    outbox.claim()
    outbox.postpone(new.key, "http_500", 1, doubtful=True)
    settled = outbox.settle(new.key, Delivered(b"17"))
    assert settled == outbox.get(new.key)


def test_a_first_entry_that_falls_due_in_time_is_not_passed_after_all(outbox, fact, clock):
    change = fact("a")
    outbox.put(change)
    outbox.claim()
    outbox.postpone(change.key, "http_500", 10, doubtful=False)
    other, report = fact("b", urgent=True), fact("a", urgent=True)
    outbox.put(other)
    outbox.put(report)
    assert outbox.claim().key == other.key  # and the report would have been next
    clock.wait(10)
    assert outbox.claim().key == change.key


def test_what_is_kept_costs_no_claim_a_step(outbox, fact):
    def steps_of_a_claim() -> int:
        steps = 0

        def count() -> None:
            nonlocal steps
            steps += 1

        outbox.put(fact())
        outbox._connection.set_progress_handler(count, 1)  # at every step of SQLite's machine
        entry = outbox.claim()
        outbox._connection.set_progress_handler(None, 1)
        outbox.settle(entry.key, Delivered(b"answer"))
        return steps

    with_nothing_kept = steps_of_a_claim()
    for _ in range(50):
        steps_of_a_claim()
    assert steps_of_a_claim() == with_nothing_kept

"""Several entries on their way at once: on threads that touch nothing, in order for each person."""

import threading
from queue import SimpleQueue

import pytest

from offline_queue import Couriers, Delivered, NeverArrived, Offline, Sender, State


class SlowBackend:
    """Holds every question until `expected` are being asked at once."""

    def __init__(self, expected: int) -> None:
        self.together = threading.Barrier(expected)
        self.most_at_once = 0
        self.under_way: set[str] = set()
        self.arrived: list[tuple[str, str]] = []
        self.lock = threading.Lock()

    def deliver(self, entry):
        with self.lock:
            assert entry.person not in self.under_way, "two entries of one person at once"
            self.under_way.add(entry.person)
            self.most_at_once = max(self.most_at_once, len(self.under_way))
        self.together.wait(timeout=10)
        with self.lock:
            self.under_way.remove(entry.person)
            self.arrived.append((entry.person, entry.key))
        return Delivered()

    def look_up(self, entry):
        return NeverArrived()


def drain(sender: Sender, count: int) -> None:
    """What a thread that owns an outbox does, in six lines."""
    done: SimpleQueue = SimpleQueue()
    couriers = Couriers(sender.ask, lambda *answer: done.put(answer), count=count)
    on_their_way = 0
    while True:
        while entry := sender.claim():
            couriers.carry(entry)
            on_their_way += 1
        if not on_their_way:
            break
        sender.conclude(*done.get(timeout=10))
        on_their_way -= 1
    couriers.close(wait_s=10)


def test_as_many_as_allowed_are_asked_at_once_and_each_person_in_order(outbox, fact):
    backend = SlowBackend(expected=4)
    for _ in range(3):
        for person in "abcdefgh":
            outbox.put(fact(person))
    drain(Sender(outbox, backend.deliver, backend.look_up, at_once=4), count=4)
    assert outbox.summary().pending == 0
    assert backend.most_at_once == 4
    for person in "abcdefgh":
        keys = [key for who, key in backend.arrived if who == person]
        assert keys == sorted(keys, key=lambda key: int(key.removeprefix("key-")))


def test_asking_happens_on_the_couriers_threads_only(outbox, fact):
    asked_on = set()

    def deliver(entry):
        asked_on.add(threading.current_thread().name)
        return Delivered()

    outbox.put(fact())
    drain(Sender(outbox, deliver, lambda entry: NeverArrived(), at_once=1), count=1)
    assert asked_on == {"courier-0"}


def test_a_dead_link_stops_all_but_a_probe(outbox, fact):
    asked = []

    def deliver(entry):
        asked.append(entry.key)
        return Offline("refused")

    for person in "abcd":
        outbox.put(fact(person))
    sender = Sender(outbox, deliver, lambda entry: NeverArrived(), at_once=4)
    drain(sender, count=4)
    assert len(asked) <= 4
    assert not sender.link.is_up
    assert sender.link.failures == 1, "they failed together, so the next try is as near as after one failure"
    assert len(outbox.entries(State.PENDING)) == 4


def test_whoever_does_not_come_back_in_time_is_not_waited_for(outbox, fact):
    release = threading.Event()

    def deliver(entry):
        release.wait(timeout=10)
        return Delivered()

    outbox.put(fact())
    sender = Sender(outbox, deliver, lambda entry: NeverArrived())
    couriers = Couriers(sender.ask, lambda *answer: None, count=1)
    couriers.carry(sender.claim())
    couriers.close(wait_s=0)
    assert outbox.get("key-1").state is State.PENDING
    release.set()


def test_an_answer_to_what_was_never_claimed_is_a_fault(outbox, fact):
    entry = outbox.put(fact())
    with pytest.raises(KeyError):
        Sender(outbox, lambda entry: Delivered(), lambda entry: NeverArrived()).conclude(entry, Delivered())

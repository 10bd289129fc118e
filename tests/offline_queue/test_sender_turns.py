"""What the sender makes of every answer, in what order it asks, and how long it waits."""

from collections.abc import Callable

import pytest

from offline_queue import (
    Delivered,
    NeverArrived,
    NotNow,
    Offline,
    Outcome,
    Rejected,
    Sender,
    State,
    Unknown,
    Unsendable,
)
from offline_queue.errors import StorageFailure
from tests.offline_queue.conftest import failing_disk


class Backend:
    """Answers in hand: each key gets what `answers` says, and Delivered otherwise."""

    def __init__(self) -> None:
        self.answers: dict[str, Outcome | Exception] = {}
        self.found: dict[str, Outcome | NeverArrived] = {}
        self.link_down: Offline | None = None
        self.asked: list[str] = []
        self.looked_up: list[str] = []

    def deliver(self, entry):
        self.asked.append(entry.key)
        answer = self.link_down or self.answers.get(entry.key, Delivered(b"taken"))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def look_up(self, entry):
        self.looked_up.append(entry.key)
        return self.link_down or self.found.get(entry.key, NeverArrived())


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def sender_of(backend) -> Callable[..., Sender]:
    def make(outbox, **rest):
        return Sender(outbox, backend.deliver, backend.look_up, **({"chance": lambda: 0.0} | rest))

    return make


@pytest.fixture
def sender(outbox, sender_of) -> Sender:
    return sender_of(outbox)


def put(outbox, *facts):
    return [outbox.put(fact).key for fact in facts]


def test_a_turn_sends_all_that_is_due_and_reports_what_it_settled(outbox, fact, sender, backend):
    a, b = put(outbox, fact("person-a"), fact("person-b"))
    backend.answers[b] = Rejected("stale", "older than the card")
    report = sender.turn()
    assert [(entry.key, entry.state) for entry in report.settled] == [
        (a, State.DELIVERED),
        (b, State.REJECTED),
    ]
    assert report.next_in_s is None
    assert sender.turn().settled == ()


def test_urgent_entries_go_first_and_others_in_the_order_they_came(outbox, fact, sender, backend):
    keys = put(outbox, fact("a"), fact("b"), fact("c", urgent=True), fact("d", urgent=True))
    sender.turn()
    assert backend.asked == [keys[2], keys[3], keys[0], keys[1]]


def test_an_urgent_entry_brings_its_persons_earlier_ones_with_it(outbox, fact, sender, backend):
    other, change, report = put(outbox, fact("other"), fact("a"), fact("a", urgent=True))
    sender.turn()
    assert backend.asked == [change, report, other]


def test_a_failing_entry_parks_its_person_and_nobody_else(outbox, fact, sender, backend, clock):
    first, second, other = put(outbox, fact("a"), fact("a"), fact("b"))
    backend.answers[first] = NotNow("http_500")
    report = sender.turn()
    assert backend.asked == [first, other]
    assert [entry.key for entry in report.postponed] == [first]
    del backend.answers[first]
    clock.wait(report.next_in_s)
    sender.turn()
    assert backend.asked[2:] == [first, second]


def test_an_urgent_entry_does_not_wait_behind_its_persons_failing_one(outbox, fact, sender, backend):
    (change,) = put(outbox, fact("a"))
    backend.answers[change] = NotNow("http_500")
    sender.turn()
    later, report = put(outbox, fact("a"), fact("a", urgent=True))
    sender.turn()
    assert backend.asked == [change, report]
    assert outbox.get(later).state is State.PENDING


def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(outbox, fact, sender, backend, clock):
    (key,) = put(outbox, fact())
    backend.answers[key] = Unknown("timeout")
    entry = sender.turn().postponed[0]
    assert (entry.doubtful, entry.last_error, entry.attempts) == (True, "timeout", 1)
    backend.found[key] = Delivered(b"taken at the first time")
    clock.wait(60)
    assert sender.turn().settled[0].outcome == Delivered(b"taken at the first time")
    assert (backend.asked, backend.looked_up) == ([key], [key])


def test_what_a_look_up_does_not_find_is_sent_again_with_its_key(outbox, fact, sender, backend, clock):
    (key,) = put(outbox, fact())
    backend.answers[key] = Unknown("timeout")
    sender.turn()
    del backend.answers[key]
    clock.wait(60)
    sender.turn()
    assert (backend.asked, backend.looked_up) == ([key, key], [key])


def test_after_a_restart_an_entry_is_looked_up_first(open_outbox, fact, sender_of, backend):
    outbox = open_outbox()
    (key,) = put(outbox, fact())
    outbox.claim()
    outbox.close()
    outbox = open_outbox()
    backend.found[key] = Delivered(b"it had arrived")
    assert sender_of(outbox).turn().settled[0].outcome == Delivered(b"it had arrived")
    assert backend.asked == []


def test_while_offline_only_a_probe_is_sent(outbox, fact, sender, backend, clock):
    keys = put(outbox, fact("a"), fact("b"), fact("c"))
    backend.link_down = Offline("refused")
    report = sender.turn()
    assert (backend.asked, report.link.is_up, report.link.code) == ([keys[0]], False, "refused")
    clock.wait(report.next_in_s)
    sender.turn()
    assert backend.asked == [keys[0], keys[0]]
    backend.link_down = None
    clock.wait(sender.turn().next_in_s)
    assert len(sender.turn().settled) == 3


def test_only_the_answer_to_the_probe_opens_the_way_for_several_at_once(
    outbox, fact, sender_of, backend, clock
):
    put(outbox, fact("a"), fact("b"), fact("c"))
    sender = sender_of(outbox, at_once=2)
    sender.conclude(sender.claim(), Offline("refused"))
    clock.wait(60)
    probe = sender.claim()
    assert sender.claim() is None
    sender.conclude(probe, Delivered())
    assert sender.claim()
    assert sender.claim()


def test_no_more_entries_are_on_their_way_than_allowed_and_one_per_person(outbox, fact, sender_of):
    put(outbox, fact("a"), fact("a"), fact("b"), fact("c"))
    sender = sender_of(outbox, at_once=2)
    claimed = [sender.claim(), sender.claim(), sender.claim()]
    assert [entry and entry.person for entry in claimed] == ["a", "b", None]


def test_waits_double_up_to_five_minutes_and_to_half_a_minute_while_a_loss_report_waits(
    outbox, fact, sender, backend, clock
):
    (key,) = put(outbox, fact("a"))
    backend.answers[key] = NotNow("http_500")
    waits = []
    for _ in range(10):
        waits.append(sender.turn().next_in_s)
        clock.wait(waits[-1])
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    (report,) = put(outbox, fact("b", urgent=True))
    backend.answers[report] = NotNow("http_500")
    for _ in range(10):
        wait = sender.turn().next_in_s
        assert wait <= 30
        clock.wait(wait)


def test_a_quiet_link_is_tried_within_half_a_minute_of_a_loss_report(outbox, fact, sender, backend, clock):
    put(outbox, fact())
    backend.link_down = Offline("refused")
    for _ in range(9):
        clock.wait(sender.turn().next_in_s)
    sender.turn()
    assert sender.next_in_s() == 300
    put(outbox, fact("b", urgent=True))
    assert sender.next_in_s() <= 30


def test_chance_shortens_a_wait_to_no_less_than_half(outbox, fact, sender_of, backend):
    (key,) = put(outbox, fact())
    backend.answers[key] = NotNow("http_500")
    assert 1.0 <= sender_of(outbox, chance=lambda: 0.999).turn().next_in_s < 1.01


def test_retry_after_is_never_undercut_and_believed_up_to_an_hour(outbox, fact, sender, backend, clock):
    (key,) = put(outbox, fact(urgent=True))
    backend.answers[key] = NotNow("http_503", retry_after_s=120)
    assert sender.turn().next_in_s == 120
    clock.wait(120)
    backend.answers[key] = NotNow("http_503", retry_after_s=10**9)
    assert sender.turn().next_in_s == 3600


def test_a_link_told_to_retry_later_is_left_alone_that_long(outbox, fact, sender, backend, clock):
    first, other = put(outbox, fact(urgent=True), fact("b", urgent=True))
    backend.link_down = Offline("http_429", retry_after_s=120)
    assert sender.turn().next_in_s == 120
    clock.wait(119)
    sender.turn()
    assert backend.asked == [first]
    clock.wait(1)
    sender.turn()
    assert backend.asked == [first, other], "another's, in case the backend chokes on that one"


def test_a_rest_the_backend_asked_for_is_cut_short_by_a_person_and_by_nothing_else(
    outbox, fact, sender, backend, clock
):
    put(outbox, fact(urgent=True))
    backend.link_down = Offline("http_503", retry_after_s=120)
    sender.turn()
    backend.link_down = None
    clock.wait(5)
    sender.resume()  # its health is asked elsewhere, and it answers
    assert sender.claim() is None
    outbox.retry_pending()
    assert len(sender.turn().settled) == 1


def test_a_person_who_wants_a_try_now_ends_every_wait(outbox, fact, sender, backend):
    failing, behind, urgent = put(outbox, fact("a"), fact("a"), fact("b", urgent=True))
    backend.answers[failing] = NotNow("http_500")
    backend.answers[urgent] = NotNow("http_500")
    sender.turn()
    backend.answers.clear()
    assert sender.claim() is None
    outbox.retry_pending()
    assert {outbox.get(key).next_at for key in (failing, behind, urgent)} == {None}
    settled = [entry.key for _ in range(3) for entry in sender.turn().settled]
    assert settled == [urgent, failing, behind]


def test_an_outage_is_told_once_in_the_row_of_whom_it_was_tried_for(outbox, fact, sender, backend, clock):
    tried, untried = put(outbox, fact("a"), fact("b"))
    backend.link_down = Offline("connect")
    for _ in range(5):
        clock.wait(sender.turn().next_in_s)
    entry = outbox.get(tried)
    assert (entry.attempts, entry.last_error, entry.doubtful) == (1, "connect", False)
    assert entry.next_at is not None
    assert (outbox.get(untried).attempts, outbox.summary().failing) == (0, 1)
    backend.link_down = Offline("tls")
    sender.turn()
    assert outbox.get(tried).last_error == "tls"


def test_a_disk_that_takes_no_notes_of_an_outage_stops_no_sending(outbox, fact, sender, backend, clock):
    (key,) = put(outbox, fact())
    backend.link_down = Offline("connect")
    with failing_disk():
        report = sender.turn()
    assert (outbox.get(key).attempts, report.link.code) == (0, "connect")
    backend.link_down = None
    clock.wait(report.next_in_s)
    assert len(sender.turn().settled) == 1


def test_whoever_asks_for_another_try_waits_neither_for_the_entry_nor_for_the_link(
    outbox, fact, sender, backend
):
    key, other = put(outbox, fact("a"), fact("b"))
    backend.answers[key] = NotNow("http_500")
    backend.answers[other] = Unknown("timeout")
    sender.turn()
    backend.answers.clear()
    assert sender.claim() is None
    assert outbox.retry(key).next_at is None
    assert sender.next_in_s() == 0
    assert [entry.key for entry in sender.turn().settled] == [key]


def test_what_this_program_cannot_tell_waits_alone_and_says_nothing_of_the_link(
    outbox, fact, sender, backend, clock
):
    foreign, later, other = put(outbox, fact("a"), fact("a"), fact("b"))
    backend.answers[foreign] = Unsendable("unreadable")
    assert [entry.key for entry in sender.turn().settled] == [other]
    assert (outbox.get(foreign).last_error, outbox.get(later).attempts) == ("unreadable", 0)
    put(outbox, fact("c"))
    backend.link_down = Offline("connect")
    clock.wait(1)
    sender.turn()
    backend.link_down = None
    clock.wait(2)
    sender.conclude(sender.claim(), Unsendable("unreadable"))
    assert not sender.link.is_up


def test_a_fault_in_the_callers_code_costs_no_entry_and_stops_nobody_else(outbox, fact, sender, backend):
    key, other = put(outbox, fact("a"), fact("b"))
    backend.answers[key] = KeyError("canary")
    report = sender.turn()
    assert [entry.key for entry in report.settled] == [other]
    assert (report.postponed[0].last_error, report.postponed[0].doubtful) == ("fault:KeyError", True)


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_jump_of_the_wall_clock_moves_no_wait(outbox, fact, sender, backend, clock, hours):
    (key,) = put(outbox, fact())
    backend.answers[key] = NotNow("http_500")
    wait = sender.turn().next_in_s
    clock.wall = clock.wall.replace(hour=clock.wall.hour + hours)
    assert sender.next_in_s() == wait


@pytest.mark.parametrize(("urgent", "longest_s"), [(False, 300), (True, 30)])
def test_waits_outlive_a_reboot_but_are_not_believed_beyond_the_caps(
    open_outbox, fact, sender_of, backend, clock, urgent, longest_s
):
    outbox = open_outbox()
    (key,) = put(outbox, fact(urgent=urgent))
    backend.answers[key] = NotNow("http_503", retry_after_s=600)
    sender_of(outbox).turn()
    outbox.close()
    clock.wait(600 - longest_s / 2)
    clock.reboot(boot_id="boot-2")
    outbox = open_outbox()
    assert outbox.next_due_in_s() == pytest.approx(longest_s / 2)
    outbox.close()
    clock.wall = clock.wall.replace(year=1970)
    assert open_outbox().next_due_in_s() == longest_s


def test_an_answer_that_cannot_be_written_down_is_asked_for_again(outbox, fact, sender, backend, clock):
    (key,) = put(outbox, fact())
    with failing_disk(), pytest.raises(StorageFailure):
        sender.turn()
    assert sender.claim() is None, "not at once, or the backend would be asked without end"
    backend.found[key] = Delivered(b"taken")
    clock.wait(sender.next_in_s())
    assert sender.turn().settled[0].outcome == Delivered(b"taken")
    assert (backend.asked, backend.looked_up) == ([key], [key])


def test_hearing_the_backend_elsewhere_ends_the_quiet(outbox, fact, sender, backend):
    put(outbox, fact())
    backend.link_down = Offline("refused")
    sender.turn()
    backend.link_down = None
    assert sender.claim() is None
    sender.resume()
    assert len(sender.turn().settled) == 1

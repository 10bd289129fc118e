"""Order, priority and parking, over thousands of histories, against a model too simple to be wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from offline_queue import Delivered, NewEntry, Outbox, Rejected, State, Vault
from tests.offline_queue.conftest import MEMORY, HandClock


@dataclass
class Told:
    """What the model knows of an entry."""

    position: int
    person: str
    urgent: bool
    due_s: float = 0.0
    on_its_way: bool = False


class Histories(RuleBasedStateMachine):
    """Puts, claims, answers, waits, restarts and clock jumps in any order."""

    claimed = Bundle("claimed")

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self.path = Path(self.folder.name) / "outbox.db"
        self.clock = HandClock()
        self.outbox = self.open()
        self.model: dict[str, Told] = {}
        self.settled: dict[str, State] = {}
        self.count = 0

    def open(self) -> Outbox:
        return Outbox.open(self.path, Vault.from_key(bytes(32)), owner="kiosk-07", clock=self.clock)

    def due(self) -> list[str]:
        """Which keys may go now, best first: the whole of the rules, without any cleverness."""
        now_s = self.clock.boottime_s
        candidates = []
        for person in {told.person for told in self.model.values()}:
            lane = sorted((t.position, key) for key, t in self.model.items() if t.person == person)
            if any(self.model[key].on_its_way for _, key in lane):
                continue
            urgent_lane = any(self.model[key].urgent for _, key in lane)
            first = lane[0][1]
            first_urgent = next((key for _, key in lane if self.model[key].urgent), None)
            for key in (first, first_urgent):
                if key is not None and self.model[key].due_s <= now_s:
                    candidates.append((not urgent_lane, self.model[key].position, key))
                    break
        return [key for _, _, key in sorted(candidates)]

    @rule(facts=st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=5))
    def put(self, facts: list[tuple[str, bool]]) -> None:
        for person, urgent in facts:
            self.count += 1
            key = f"key-{self.count}"
            new = NewEntry(key, "fact", person, b"", datetime(2026, 1, 1, tzinfo=UTC), "synchronised", urgent)
            self.model[key] = Told(self.outbox.put(new).position, person, urgent)

    @rule(target=claimed)
    def claim_once_more(self):
        return self.claim()

    @rule(target=claimed)
    def claim(self):
        expected = self.due()
        entry = self.outbox.claim()
        assert (entry and entry.key) == (expected[0] if expected else None)
        if entry is not None:
            self.model[entry.key].on_its_way = True
        return entry and entry.key

    def is_out(self, key: str | None) -> bool:
        return key in self.model and self.model[key].on_its_way

    @rule(key=consumes(claimed), delivered=st.booleans())
    def settle(self, key, delivered: bool) -> None:
        if self.is_out(key):
            entry = self.outbox.settle(key, Delivered() if delivered else Rejected("stale"))
            self.settled[key] = entry.state
            del self.model[key]

    @rule(key=consumes(claimed), delay_s=st.sampled_from([1, 30, 300]), doubtful=st.booleans())
    def postpone(self, key, delay_s: float, doubtful: bool) -> None:
        if self.is_out(key):
            assert self.outbox.postpone(key, "http_500", delay_s, doubtful=doubtful).doubtful == doubtful
            self.model[key].due_s = self.clock.boottime_s + delay_s
            self.model[key].on_its_way = False

    @rule(key=consumes(claimed))
    def release(self, key) -> None:
        if self.is_out(key):
            self.outbox.release(key)
            self.model[key].on_its_way = False

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def hasten(self, data) -> None:
        key = data.draw(st.sampled_from(sorted(self.model)))
        self.outbox.retry(key)
        self.model[key].due_s = 0.0

    @precondition(lambda self: any(state is State.REJECTED for state in self.settled.values()))
    @rule(data=st.data())
    def take_up_again(self, data) -> None:
        rejected = sorted(key for key, state in self.settled.items() if state is State.REJECTED)
        key = data.draw(st.sampled_from(rejected))
        entry = self.outbox.retry(key)
        del self.settled[key]
        self.model[key] = Told(entry.position, entry.person, entry.urgent)

    @rule(seconds=st.sampled_from([1, 10, 100, 4000]))
    def wait(self, seconds: float) -> None:
        self.clock.wait(seconds)

    @rule(days=st.sampled_from([-400, -1, 1, 400]))
    def jump(self, days: int) -> None:
        self.clock.wall = self.clock.wall.replace(year=2026 + days // 365)

    @rule()
    def restart(self) -> None:
        self.outbox.close()
        wall_before = self.clock.wall
        self.clock.reboot(boot_id=f"boot-{self.count}-{self.clock.boot_id}"[:60])
        self.outbox = self.open()
        # A wait goes on by the wall clock, which may have jumped, but not beyond the sender's own caps.
        for key, told in self.model.items():
            told.on_its_way = False
            entry = self.outbox.get(key)
            assert entry.doubtful
            wait_s = (entry.next_at - wall_before).total_seconds() if entry.next_at else 0.0
            longest_s = 30 if told.urgent else 300
            told.due_s = self.clock.boottime_s + min(wait_s, longest_s) if wait_s > 0 else 0.0

    @invariant()
    def everything_is_accounted_for(self) -> None:
        summary = self.outbox.summary()
        assert summary.pending == len(self.model)
        assert summary.urgent == sum(told.urgent for told in self.model.values())
        assert summary.last_seq == self.count
        assert summary.delivered + summary.rejected == len(self.settled)

    @invariant()
    def the_next_due_time_is_told(self) -> None:
        assert (self.outbox.next_due_in_s() == 0) == bool(self.due())

    def teardown(self) -> None:
        if hasattr(self, "outbox"):
            assert self.outbox.verify().first_break is None
            self.outbox.close()
            self.folder.cleanup()


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=80, stateful_step_count=50)

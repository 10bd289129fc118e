"""Sends what is due, and writes down what came of it.

    claim() -> ask() -> conclude()          turn(): all of it inline, until nothing is due
     owner      any       owner             owner = the thread that opened the outbox
     thread    thread     thread

- ask() alone may block, and touches neither the outbox nor the sender: it may run on any thread.
- An entry the backend will not take yet waits alone, with its person's later ones (the row knows how long).
- When no answer comes at all the link is quiet for a while; then one entry goes ahead as a probe, and
  only its answer opens the way for the others.
- While an urgent entry waits, no wait of the sender's own making is longer than 30 s.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from offline_queue.backlog import LONGEST_URGENT_WAIT_S, LONGEST_WAIT_S
from offline_queue.entry import Entry, State
from offline_queue.errors import StorageFailure
from offline_queue.outbox import Outbox
from offline_queue.outcome import (
    Delivered,
    Finding,
    NeverArrived,
    NotNow,
    Offline,
    Outcome,
    Rejected,
    Unknown,
    Unsendable,
)

Deliver = Callable[[Entry], Outcome]
LookUp = Callable[[Entry], Finding]


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait after a failure: doubling from `first_s`, up to a cap, shortened by chance to as
    little as half so that a fleet does not knock in step. A backend's Retry-After is never undercut, but
    believed only up to `retry_after_cap_s`.
    """

    first_s: float = 2.0
    cap_s: float = LONGEST_WAIT_S
    urgent_cap_s: float = LONGEST_URGENT_WAIT_S
    retry_after_cap_s: float = 3600.0

    def delay_s(self, failures: int, chance: float, *, urgent_waits: bool) -> float:
        """The wait after so many failures in a row (1 or more); `chance` is in [0, 1)."""
        cap_s = self.urgent_cap_s if urgent_waits else self.cap_s
        return min(cap_s, self.first_s * 2.0 ** min(failures - 1, 30)) * (1 - chance / 2)

    def retry_after_s(self, wished_s: float, chance: float) -> float:
        """The wait a backend asked for, and a little more by chance, to spread those that come back."""
        return min(max(wished_s, 0.0) + chance * self.first_s, self.retry_after_cap_s)


@dataclass(frozen=True, slots=True)
class Link:
    """What is known about the way to the backend. `failures` in a row without any answer."""

    failures: int = 0
    code: str | None = None
    quiet_from_s: float = 0.0
    quiet_for_s: float = 0.0
    told_to_wait: bool = False

    @property
    def is_up(self) -> bool:
        """Whether the last question was answered (or none was asked yet)."""
        return self.failures == 0


@dataclass(frozen=True, slots=True)
class TurnReport:
    """What one turn came to. `next_in_s`: seconds until there is something to do; None: nothing waits."""

    settled: tuple[Entry, ...]
    postponed: tuple[Entry, ...]
    link: Link
    next_in_s: float | None


class Sender:
    """Sends the entries of one outbox.

    `deliver` tells the backend an entry, `look_up` asks what became of one by its key. Both must come back
    within a deadline of their own. `at_once` bounds the entries on their way at the same time.
    """

    def __init__(
        self,
        outbox: Outbox,
        deliver: Deliver,
        look_up: LookUp,
        *,
        chance: Callable[[], float] = random.random,
        backoff: Backoff | None = None,
        at_once: int = 1,
    ) -> None:
        self.link = Link()
        self._outbox = outbox
        self._deliver = deliver
        self._look_up = look_up
        self._chance = chance
        self._backoff = backoff or Backoff()
        self._at_once = at_once
        self._on_their_way: set[str] = set()
        self._retries = outbox.retries

    def turn(self) -> TurnReport:
        """Send everything that is due, one after the other, on this thread."""
        settled, postponed = [], []
        while entry := self.claim():
            after = self.conclude(entry, self.ask(entry))
            if after.state is not State.PENDING:
                settled.append(after)
            elif after.attempts > entry.attempts:
                postponed.append(after)
        return TurnReport(tuple(settled), tuple(postponed), self.link, self.next_in_s())

    def claim(self) -> Entry | None:
        """The next entry to ask about; None if none is due, the link is quiet, or enough are on their way."""
        self._heed_retries()
        if len(self._on_their_way) >= self._at_once or self._quiet_in_s() > 0:
            return None
        if not self.link.is_up and self._on_their_way:
            return None  # the probe goes alone
        entry = self._outbox.claim()
        if entry is not None:
            self._on_their_way.add(entry.key)
        return entry

    def ask(self, entry: Entry) -> Outcome:
        """Ask the backend about one entry: by key first if an earlier question may have reached it."""
        try:
            if entry.doubtful:
                found = self._look_up(entry)
                if not isinstance(found, NeverArrived):
                    return found
            return self._deliver(entry)
        except Exception as fault:  # noqa: BLE001  a fault in the caller's code must not cost the entry
            return NotNow(f"fault:{type(fault).__name__}", doubtful=True)

    def conclude(self, entry: Entry, outcome: Outcome) -> Entry:
        """Write down what came of asking about a claimed entry, and return it as it now is.

        Raises StorageFailure if it cannot be written down; then the backend will be asked again.
        """
        self._on_their_way.remove(entry.key)
        try:
            return self._write_down(entry, outcome)
        except StorageFailure:
            self._hush("not_written_down", None)
            self._outbox.release(entry.key, doubtful=True)
            raise

    def _write_down(self, entry: Entry, outcome: Outcome) -> Entry:
        match outcome:
            case Delivered() | Rejected():
                self.link = Link()
                return self._outbox.settle(entry.key, outcome)
            case NotNow(code, retry_after_s, doubtful):
                self.link = Link()
                return self._postpone(entry, code, retry_after_s, doubtful=doubtful or entry.doubtful)
            case Unknown(code):
                self._hush(code, None)
                return self._postpone(entry, code, None, doubtful=True)
            case Unsendable(code):
                return self._postpone(entry, code, None, doubtful=entry.doubtful)
            case Offline(code, None):
                is_news = self.link.is_up or entry.last_error != code
                self._hush(code, None)
                return self._put_back(entry, code, is_news=is_news)
            case Offline(code, retry_after_s):
                self._hush(code, retry_after_s)
                # A little longer than the link: should the backend choke on this entry, others get through.
                delay_s = self.link.quiet_for_s + self._backoff.first_s
                return self._outbox.postpone(entry.key, code, delay_s, doubtful=entry.doubtful)

    def resume(self) -> None:
        """The backend was heard from elsewhere: do not stay quiet, unless it has asked for a rest itself."""
        if not self.link.told_to_wait:
            self.link = Link()

    def next_in_s(self) -> float | None:
        """Seconds until claim() may have something (0: now); None if nothing is free to go."""
        self._heed_retries()
        due_in_s = self._outbox.next_due_in_s()
        return None if due_in_s is None else max(due_in_s, self._quiet_in_s())

    def _heed_retries(self) -> None:
        # Whoever asks for another try of an entry does not want to wait for the link either.
        if self._outbox.retries != self._retries:
            self._retries = self._outbox.retries
            self.link = Link()

    def _put_back(self, entry: Entry, code: str, *, is_news: bool) -> Entry:
        """The link waits, the entry need not; its row tells of an outage once, not at every probe."""
        if is_news:
            return self._outbox.note_outage(entry.key, code, self.link.quiet_for_s)
        self._outbox.release(entry.key)
        return entry

    def _postpone(self, entry: Entry, code: str, wished_s: float | None, *, doubtful: bool) -> Entry:
        delay_s = self._delay_s(entry.attempts + 1, wished_s)
        return self._outbox.postpone(entry.key, code, delay_s, doubtful=doubtful)

    def _hush(self, code: str, wished_s: float | None) -> None:
        # Of several questions that were out together, only the first to fail says something new.
        failures = self.link.failures + (self._quiet_in_s() <= 0)
        self.link = Link(
            failures,
            code,
            quiet_from_s=self._outbox.now().boottime_s,
            quiet_for_s=self._delay_s(failures, wished_s),
            told_to_wait=wished_s is not None,
        )

    def _delay_s(self, failures: int, wished_s: float | None) -> float:
        own_s = self._backoff.delay_s(failures, self._chance(), urgent_waits=self._outbox.urgent_waits)
        if wished_s is None:
            return own_s
        return max(own_s, self._backoff.retry_after_s(wished_s, self._chance()))

    def _quiet_in_s(self) -> float:
        if self.link.is_up:
            return 0.0
        quiet_for_s = self.link.quiet_for_s
        if self._outbox.urgent_waits and not self.link.told_to_wait:
            # It may have been recorded since the link fell quiet.
            quiet_for_s = min(quiet_for_s, self._backoff.urgent_cap_s)
        return max(0.0, self.link.quiet_from_s + quiet_for_s - self._outbox.now().boottime_s)

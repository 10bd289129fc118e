"""D9, in every order: a late loss report never locks a card that came into the holder's hands after it.

the holder   loses, reports at a kiosk that is offline (by its own clock), finds again, gets a new card
the kiosk    delivers what waits, whenever the link comes back
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.backend.contract import Standing, ToldTransaction
from kiosk.backend.emulator.desks import Desks
from kiosk.backend.emulator.founding import found
from kiosk.backend.emulator.register import Bureau
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.window import Window
from kiosk.domain.cards import CardState
from tests.backend.workbench import NOON, WANG, loss, new_key


@dataclass(frozen=True)
class Report:
    """A report on a kiosk's disk, and when it was really made."""

    told: ToldTransaction
    made_at: datetime
    clock_was_right: bool


class LateReports(RuleBasedStateMachine):
    """One holder, one kiosk, one window."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.store = Store(None)
        found(self.store, [WANG], self.now)
        self.window = Window(self.store, lambda: self.now)
        self.desk = Desks.over(self.store, Bureau(), lambda: self.now).transactions
        self.card = WANG.cards[0].card_number
        self.in_hand_since = NOON - timedelta(days=1000)
        self.waiting: list[Report] = []
        self.sequence = 0
        self.cards = 1

    @rule(minutes=st.integers(1, 3000))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(named=st.booleans(), fast_days=st.sampled_from([0, 0, 1, 20]))
    def the_holder_reports_at_a_kiosk(self, named: bool, fast_days: int) -> None:
        self.sequence += 1
        told = loss(
            WANG,
            self.card if named else "",
            captured_at=(self.now + timedelta(days=fast_days)).isoformat(),
            clock="unchecked" if fast_days else "synchronised",
            sequence=self.sequence,
        )
        report = Report(ToldTransaction.model_validate(told), self.now, clock_was_right=not fast_days)
        self.waiting.append(report)
        self.now += timedelta(minutes=1)

    @rule()
    def the_holder_calls_12333(self) -> None:
        if self.state() is CardState.NORMAL:
            self.window.report_loss(self.card)
        self.now += timedelta(minutes=1)

    @precondition(lambda self: self.state() is CardState.LOSS_REPORTED)
    @rule()
    def the_card_is_found_and_released_at_the_window(self) -> None:
        self.window.un_loss(self.card)
        self.in_hand_since = self.now
        self.now += timedelta(minutes=1)

    @rule()
    def the_window_hands_out_a_new_card(self) -> None:
        self.cards += 1
        new = f"N{self.cards:08d}"
        self.window.replace_card(self.card, new_number=new, new_id=f"410700D1560000077{self.cards:015d}")
        self.card, self.in_hand_since = new, self.now
        self.now += timedelta(minutes=1)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def the_kiosk_delivers_a_report(self, data: st.DataObject) -> None:
        report = self.waiting.pop(data.draw(st.integers(0, len(self.waiting) - 1)))
        before = self.state()
        answer, first = self.desk.take_in(new_key(), report.told)
        assert first
        if before is CardState.NORMAL and self.state() is CardState.LOSS_REPORTED:
            assert report.made_at > self.in_hand_since
        if report.made_at > self.in_hand_since and report.clock_was_right:
            same_day = report.made_at.date() == self.in_hand_since.date() and self.cards > 1
            if not same_day:
                assert answer.state is Standing.EFFECTIVE
                assert self.state() is CardState.LOSS_REPORTED
        if answer.state is Standing.REJECTED:
            assert answer.code == "stale"
            assert self.state() is before

    @invariant()
    def only_the_card_in_use_can_be_lost(self) -> None:
        assert {lost.card_number for lost in self.store.lost_cards()} <= {self.card}

    def state(self) -> CardState:
        card = self.store.card(self.card)
        assert card is not None
        return card.state

    def teardown(self) -> None:
        self.store.close()


TestLateReports = LateReports.TestCase
TestLateReports.settings = settings(max_examples=60, stateful_step_count=25)

"""A start comes to its end, or is a fault; and a technician can come in whatever the kiosk is stuck at."""

from dataclasses import replace

from kiosk.domain.policy import Policy
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.maintenance.door import ChoosingTechnician, EnteringPin
from kiosk.flows.mode import KNOCKS, Reason
from kiosk.flows.visit import Farewell, Home, TakingCard
from tests.flows.hall import CHIP, NAME, NUMBER, WORKING, opened, screen_of, view_of

POLICY = Policy("hall", "0001")


def after(kiosk: mode.Kiosk, *events: on.Event) -> mode.Kiosk:
    for event in events:
        kiosk = mode.step(kiosk, event).kiosk
    return kiosk


def knocked(kiosk: mode.Kiosk) -> mode.Kiosk:
    return after(kiosk, *(on.BrandTouched() for _ in range(KNOCKS)))


def codes(kiosk: mode.Kiosk) -> list[str]:
    return [fault.code for fault in kiosk.visit.conditions.faults]


def test_the_kiosk_opens_when_the_last_service_has_looked_and_nobody_waits_for_the_voice() -> None:
    kiosk = after(mode.starting(POLICY, frozenset({"cards", "ledger", "voice"})), *WORKING)
    kiosk = after(kiosk, on.ServiceReady("ledger"))
    assert isinstance(kiosk.mode, mode.Starting)
    assert isinstance(after(kiosk, on.ServiceReady("cards")).mode, mode.InService)


def test_a_start_that_does_not_come_to_its_end_is_a_fault_until_the_service_speaks_after_all() -> None:
    kiosk = after(mode.starting(POLICY, frozenset({"cards", "ledger"})), *WORKING, on.ServiceReady("cards"))
    assert kiosk.limit is not None
    late = after(kiosk, on.LimitReached())
    assert late.mode == mode.OutOfService((Reason.SERVICE_FAILED,))
    assert codes(late) == ["K-602"]
    mended = after(late, on.ServiceReady("ledger"))
    assert isinstance(mended.mode, mode.InService)
    assert codes(mended) == []


def test_a_technician_comes_into_a_kiosk_that_hangs_at_its_start_and_leaves_it_out_of_service() -> None:
    kiosk = after(mode.starting(POLICY, frozenset({"ledger"})), *WORKING)
    knock = view_of(kiosk).knock
    assert knock is not None
    kiosk = after(kiosk, *(knock.event for _ in range(KNOCKS)))  # type: ignore[misc]
    assert kiosk.state == ChoosingTechnician()
    assert after(kiosk, on.WentHome()).mode == mode.OutOfService((Reason.SERVICE_FAILED,))


def test_the_own_card_leads_in_at_the_start_too() -> None:
    kiosk = mode.starting(POLICY, frozenset({"ledger"}))
    assert after(kiosk, on.TechnicianCardShown("张工")).state == EnteringPin("张工")


def test_a_card_that_is_stuck_in_the_reader_keeps_no_technician_out() -> None:
    kiosk = after(opened(POLICY), on.CardInserted(), on.CardRead(CHIP), on.WentHome())
    assert kiosk.visit.state == TakingCard()
    knock = view_of(kiosk).knock
    assert knock is not None
    almost = after(kiosk, *(knock.event for _ in range(KNOCKS - 1)))  # type: ignore[misc]
    assert after(almost, on.TimedOut()).visit.state == TakingCard(), "knocks are soon forgotten"
    inside = after(almost, knock.event)  # type: ignore[arg-type]
    assert inside.state == ChoosingTechnician()
    assert isinstance(inside.visit.state, Home)
    assert after(inside, on.WentHome()).visit.state == TakingCard(), "and is still to be taken out"


def test_a_kiosk_closed_by_hand_is_closed_though_a_card_is_stuck_in_it_and_asks_for_it() -> None:
    stuck = after(opened(POLICY), on.CardInserted(), on.CardRead(CHIP), on.WentHome())
    inside = knocked(stuck)
    assert inside.state == ChoosingTechnician()
    left = after(inside, on.ServiceWithdrawn(Withdrawal.REPAIR), on.WentHome())
    assert left.mode == mode.OutOfService((Reason.WITHDRAWN,))
    assert "取回您的卡" in screen_of(left)
    assert left.visit.state == Home()


def test_a_card_that_went_in_before_the_kiosk_opened_is_called_for() -> None:
    starting = after(
        mode.starting(POLICY, frozenset({"ledger"})), *WORKING, on.CardInserted(), on.CardRead(CHIP)
    )
    assert after(starting, on.ServiceReady("ledger")).state == TakingCard()
    hung = after(starting, on.LimitReached())
    assert isinstance(hung.mode, mode.OutOfService)
    assert after(hung, on.ServiceReady("ledger")).state == TakingCard()


def test_a_start_that_hangs_while_a_technician_is_in_is_a_fault_all_the_same() -> None:
    inside = knocked(after(mode.starting(POLICY, frozenset({"ledger"})), *WORKING))
    left = after(inside, on.WentHome())
    assert codes(left) == ["K-602"]
    assert codes(after(left, on.ServiceReady("ledger"))) == []


def test_a_technician_who_waits_does_not_walk_over_the_card_a_citizen_has_left() -> None:
    visit = after(
        opened(POLICY), on.CardInserted(), on.CardRead(CHIP), on.IdCardRead(NAME, NUMBER, expired=False)
    )
    waiting = after(visit, on.TechnicianCardShown("张工"), on.WentHome())
    assert waiting.state == TakingCard()
    assert after(waiting, on.CardRemoved(), on.TimedOut()).state == EnteringPin("张工")


def test_nothing_new_begins_at_the_farewell_while_a_technician_waits() -> None:
    guides = on.ServiceChosen(on.ServiceName.GUIDES)
    farewell = after(opened(POLICY), guides, on.TechnicianCardShown("张工"), on.WentHome())
    assert farewell.state == Farewell()
    assert after(farewell, on.CardInserted()).state == EnteringPin("张工")


def test_a_technician_who_waited_too_long_is_told_until_somebody_else_comes() -> None:
    told = replace(opened(POLICY), mode=mode.InService(kept_waiting=True))
    begun = after(told, on.CardInserted())
    assert begun.mode == mode.InService()


def test_a_card_put_into_a_closed_kiosk_is_asked_back() -> None:
    withdrawn = after(opened(POLICY), on.CardReaderChanged(ready=False), on.IdReaderChanged(ready=False))
    assert isinstance(withdrawn.mode, mode.OutOfService)
    assert "取回您的卡" not in screen_of(withdrawn)
    assert "取回您的卡" in screen_of(after(withdrawn, on.CardInserted()))

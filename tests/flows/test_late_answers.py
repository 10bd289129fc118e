"""An order goes on when its page is left: what it answers then is for nobody who ordered something else."""

from dataclasses import replace

from kiosk.domain.findings import CHECKS, Finding
from kiosk.domain.policy import Policy
from kiosk.domain.readiness import Report
from kiosk.domain.technician import Role
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import printer_test
from kiosk.flows.maintenance.carrying import Carrying
from kiosk.flows.maintenance.door import CheckingTechnician
from kiosk.flows.maintenance.events import Page, Span, What
from kiosk.flows.maintenance.network import Network
from kiosk.flows.maintenance.outbox import CheckingChain, Outbox
from kiosk.flows.maintenance.readiness import Examining, ShowingReport
from kiosk.flows.maintenance.service_state import ServiceState, SwitchingPower
from kiosk.views.reading import text_of
from tests.flows.hall import opened, view_of
from tests.flows.maintenance_walk import knocked

WHO = "李主管"
DOOR = tech.Ticket(0, 0)  # of the try at the door


class AtWork:
    """A supervisor who was let in. Orders are kept, and answered by hand when the test wants it."""

    def __init__(self) -> None:
        kiosk = knocked(opened(Policy("hall", "0001")))
        assert isinstance(kiosk.mode, mode.Maintenance)
        at_the_door = replace(kiosk.mode.work, state=CheckingTechnician(WHO, DOOR))
        self.kiosk = replace(kiosk, mode=mode.Maintenance(at_the_door))
        self.orders: list[object] = []
        self.hear(on.TechnicianAdmitted(WHO, Role.SUPERVISOR, DOOR))

    def hear(self, *events: on.Event) -> None:
        for event in events:
            stepped = mode.step(self.kiosk, event)
            self.kiosk = stepped.kiosk
            self.orders += stepped.effects

    def ticket(self) -> tech.Ticket:
        """The ticket of the order that was given last."""
        return next(each.ticket for each in reversed(self.orders) if hasattr(each, "ticket"))

    def ordered(self, kind: type) -> list[object]:
        return [each for each in self.orders if isinstance(each, kind)]


def found(ticket: tech.Ticket, *checks: str) -> list[on.Event]:
    return [tech.Found(ticket, Finding(check)) for check in checks]


def test_the_end_of_a_run_that_was_left_files_no_report_of_the_next_one() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.READINESS))
    first = work.ticket()
    work.hear(*found(first, *CHECKS[:4]), tech.PageChosen(Page.OVERVIEW), tech.PageChosen(Page.READINESS))
    second = work.ticket()
    work.hear(*found(first, *CHECKS[4:]), tech.RunEnded(first))
    assert not work.ordered(order.FileReport)
    assert work.kiosk.state == Examining(replace(work.kiosk.state.look, findings=()))  # type: ignore[attr-defined]
    work.hear(*found(second, *CHECKS), tech.RunEnded(second))
    (filing,) = work.ordered(order.FileReport)
    assert {each.check for each in filing.findings} == set(CHECKS)  # type: ignore[attr-defined]


def test_a_run_that_ends_with_a_check_missing_is_no_report() -> None:
    for end in (tech.RunEnded, lambda its: tech.OrderFailed(tech.Trouble.NOT_WORKING, "Examine", its)):
        work = AtWork()
        work.hear(tech.PageChosen(Page.READINESS))
        work.hear(*found(work.ticket(), *CHECKS[1:]), end(work.ticket()))
        assert not work.ordered(order.FileReport)
        assert isinstance(work.kiosk.state, ShowingReport)
        assert work.kiosk.state.trouble is tech.Trouble.NOT_WORKING
        assert [choice.text for choice in view_of(work.kiosk).choices] == ["重新检查"]
        report = Report("0001", "hall", None, None, ())  # type: ignore[arg-type]
        work.hear(tech.ReportFiled(work.ticket(), report, "readiness-0001"), on.PrintChosen())
        assert not work.ordered(do.PrintSlip)


def test_a_report_that_is_kept_late_is_not_shown_as_the_next_one() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.READINESS))
    first = work.ticket()
    work.hear(*found(first, *CHECKS), tech.RunEnded(first), tech.LookAgainChosen())
    second = work.ticket()
    work.hear(*found(second, *CHECKS), tech.RunEnded(second))
    (filing, _) = work.ordered(order.FileReport)
    report = Report("0001", "hall", None, None, filing.findings)  # type: ignore[attr-defined, arg-type]
    work.hear(tech.ReportFiled(first, report, "readiness-first"))
    assert work.kiosk.state.filed is None  # type: ignore[attr-defined]


def test_steps_of_a_way_that_was_left_are_not_taken_for_those_of_the_next() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.NETWORK))
    first = work.ticket()
    work.hear(tech.PageChosen(Page.OVERVIEW), tech.PageChosen(Page.NETWORK))
    work.hear(*found(first, "backend.link"), tech.RunEnded(first))
    assert isinstance(work.kiosk.state, Network)
    assert work.kiosk.state.look.under_way
    assert not work.kiosk.state.look.findings


def test_the_end_of_an_export_that_was_left_does_not_let_the_stick_of_the_next_be_pulled() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.OUTBOX), tech.ExportChosen())
    export = work.ticket()
    work.hear(tech.PageChosen(Page.EVIDENCE), tech.SpanChosen(Span.DAY))
    waiting = work.kiosk.state
    assert isinstance(waiting, Carrying)
    work.hear(tech.Carried(export, 70), tech.CarriedOut(export, What.OUTBOX, "outbox.bundle", 3))
    assert work.kiosk.state == waiting
    work.hear(tech.OrderFailed(tech.Trouble.STICK_FAILED, "ExportOutbox", export))
    assert work.kiosk.state == waiting
    work.hear(tech.CarriedOut(work.ticket(), What.EVIDENCE, "evidence.bundle", 3))
    assert work.kiosk.state.is_over  # type: ignore[attr-defined]


def test_the_trouble_of_an_export_that_was_left_is_not_the_outbox_own_nor_the_powers() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.OUTBOX), tech.ExportChosen())
    failed = tech.OrderFailed(tech.Trouble.NO_STICK, "ExportOutbox", work.ticket())
    for ways in (
        (tech.PageChosen(Page.OUTBOX),),
        (tech.ChainCheckChosen(),),
        (tech.PageChosen(Page.SERVICE),),
        (tech.PowerChosen(tech.Power.RESTART), on.Confirmed()),
    ):
        work.hear(*ways)
        before = work.kiosk.state
        assert isinstance(before, Outbox | CheckingChain | ServiceState | SwitchingPower)
        work.hear(failed)
        assert work.kiosk.state == before


def test_a_new_order_is_given_when_a_failed_one_is_tried_again() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.OUTBOX), tech.ExportChosen())
    first = work.ticket()
    work.hear(tech.OrderFailed(tech.Trouble.NO_STICK, "ExportOutbox", first), tech.LookAgainChosen())
    assert work.ticket() != first
    work.hear(tech.CarriedOut(work.ticket(), What.OUTBOX, "outbox.bundle", 3))
    assert work.kiosk.state.is_over  # type: ignore[attr-defined]


def test_a_check_of_the_chain_that_came_to_nothing_names_what_did_not_answer_and_can_be_made_again() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.OUTBOX), tech.ChainCheckChosen())
    first = work.ticket()
    work.hear(tech.OrderFailed(tech.Trouble.NOT_WORKING, "CheckChain", first))
    view = view_of(work.kiosk)
    assert "“待提交业务”没有应答" in text_of(view)
    (again,) = view.choices
    work.hear(again.event)
    assert work.ticket() != first
    work.hear(tech.ChainTold(work.ticket(), 7))
    assert "每一条都与写入时一致" in text_of(view_of(work.kiosk))


def test_an_answer_from_before_the_lock_is_not_for_who_comes_in_after_it() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.NETWORK))
    before = work.ticket()
    work.hear(on.TimedOut())
    assert isinstance(work.kiosk.mode, mode.Maintenance)
    at_the_door = replace(work.kiosk.mode.work, state=CheckingTechnician(WHO, DOOR))
    work.kiosk = replace(work.kiosk, mode=mode.Maintenance(at_the_door))
    work.hear(on.TechnicianAdmitted(WHO, Role.SUPERVISOR, DOOR), tech.PageChosen(Page.NETWORK))
    assert work.ticket() != before
    work.hear(tech.RunEnded(before))
    assert work.kiosk.state.look.under_way  # type: ignore[attr-defined]


def test_a_citizens_slip_that_comes_out_late_is_not_the_test_slip() -> None:
    work = AtWork()
    mine = work.kiosk.visit.session.number
    work.hear(tech.PageChosen(Page.DEVICES), tech.DeviceChosen(tech.Device.PRINTER), tech.SampleSlipChosen())
    work.hear(on.SlipPrinted(mine - 1), on.SlipNotPrinted(mine - 1, SlipFailure.PAPER_OUT, begun=False))
    assert isinstance(work.kiosk.state, printer_test.TestingPrinter)
    assert work.kiosk.state.job is printer_test.Job.PRINTING
    work.hear(on.SlipPrinted(mine))
    assert work.kiosk.state.job is printer_test.Job.PRINTED


def test_whoever_watches_a_long_export_is_not_locked_out_of_it() -> None:
    work = AtWork()
    work.hear(tech.PageChosen(Page.OUTBOX), tech.ExportChosen())
    counted = work.kiosk.timed
    work.hear(tech.Carried(work.ticket(), 40))
    assert work.kiosk.timed is not counted, "progress gives the time anew"
    counted = work.kiosk.timed
    work.hear(on.PinPadChanged(work.kiosk.visit.conditions.pin_pad))
    assert work.kiosk.timed is counted, "and nothing else does"
    work.hear(tech.CarriedOut(work.ticket(), What.OUTBOX, "outbox.bundle", 3))
    counted = work.kiosk.timed
    work.hear(tech.Carried(work.ticket(), 100))
    assert work.kiosk.timed is counted, "it is over"


def test_an_admission_that_comes_late_lets_in_nobody_who_has_entered_something_else_since() -> None:
    def try_in(digit: str) -> tuple[on.Event, ...]:
        pin, code = [on.KeyPressed(digit)] * 8, [on.KeyPressed(digit)] * 6
        return (tech.NameChosen(WHO), *pin, on.Confirmed(), *code, on.Confirmed())

    work = AtWork()
    work.kiosk = knocked(opened(Policy("hall", "0001")))
    work.hear(on.TechniciansListed((WHO,)), *try_in("1"))
    first = work.ticket()
    work.hear(on.TimedOut(), *[on.BrandTouched()] * mode.KNOCKS, on.TechniciansListed((WHO,)), *try_in("9"))
    second = work.ticket()
    waiting = CheckingTechnician(WHO, second)
    assert work.kiosk.state == waiting
    for late in (on.TechnicianAdmitted(WHO, Role.SUPERVISOR, first), on.TechnicianRefused(WHO, 0.0, first)):
        work.hear(late)
        assert work.kiosk.state == waiting
    work.hear(on.TechnicianAdmitted(WHO, Role.SUPERVISOR, second))
    assert mode.is_at_work(work.kiosk.mode)


def test_the_end_of_a_slip_whose_page_was_left_is_not_that_of_the_next_one() -> None:
    work = AtWork()
    mine = work.kiosk.visit.session.number
    ways = (tech.PageChosen(Page.DEVICES), tech.DeviceChosen(tech.Device.PRINTER), tech.SampleSlipChosen())
    work.hear(*ways, *ways)
    work.hear(on.SlipPrinted(mine))
    assert isinstance(work.kiosk.state, printer_test.TestingPrinter)
    assert work.kiosk.state.job is printer_test.Job.PRINTING
    work.hear(on.SlipNotPrinted(mine, SlipFailure.PAPER_OUT, begun=False))
    assert work.kiosk.state.job is printer_test.Job.FAILED

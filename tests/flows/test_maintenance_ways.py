"""In maintenance too nobody is left standing: every touch does something, every way leads back to service."""

from kiosk.domain.policy import Policy
from kiosk.domain.technician import Role
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.maintenance import door
from kiosk.flows.maintenance.events import Trouble
from kiosk.flows.maintenance.service_state import SWITCHING_TIME_S, ServiceState, SwitchingPower
from kiosk.flows.mode import KNOCKS, Kiosk
from kiosk.flows.visit import Home, TakingCard
from kiosk.views.models import ColourField
from tests.flows.hall import opened, view_of
from tests.flows.maintenance_walk import Touches, events_in, key_of, kiosks, places, ticket_of


def serves(kiosk: Kiosk) -> bool:
    """Whether citizens can come, once a card is taken out."""
    return isinstance(kiosk.mode, mode.InService | mode.OutOfService) and isinstance(
        kiosk.visit.state, Home | TakingCard
    )


def test_every_touch_on_every_page_does_something() -> None:
    for kiosk, touches in places().values():
        for choice in touches:
            stepped = mode.step(kiosk, choice.event)
            assert stepped.effects or stepped.kiosk != kiosk, f"{choice.text} on {view_of(kiosk).name}"


def test_the_way_out_is_at_most_two_touches_away() -> None:
    def after_a_touch(kiosk: Kiosk, touches: Touches) -> list[Kiosk]:
        return [mode.step(kiosk, choice.event).kiosk for choice in touches]

    near = {key: after_a_touch(*place) for key, place in places().items()}
    one_away = {key for key, kiosks_near in near.items() if any(map(serves, kiosks_near))}
    for key, (kiosk, _) in places().items():
        if isinstance(view_of(kiosk).body, ColourField):
            continue  # one colour after the other, and nothing else on the display
        if isinstance(kiosk.state, SwitchingPower):
            continue  # the system ends the kiosk, or a minute later it is told that it did not
        assert key in one_away or not one_away.isdisjoint(map(key_of, near[key])), view_of(kiosk).name


def test_time_alone_leads_back_to_service() -> None:
    for kiosk in kiosks():
        left = kiosk
        for _ in range(3):
            assert left.timeout is not None or serves(left)
            left = mode.step(left, on.TimedOut()).kiosk
        assert serves(left), view_of(kiosk).name


def test_nothing_can_be_touched_while_the_power_is_switched_and_nobody_is_left_there() -> None:
    switching = [kiosk for kiosk in kiosks() if isinstance(kiosk.state, SwitchingPower)]
    assert switching
    for kiosk in switching:
        view = view_of(kiosk)
        assert (view.back, view.home, view.choices) == (None, None, ())
        assert kiosk.timeout == SWITCHING_TIME_S
        state = mode.step(kiosk, on.TimedOut()).kiosk.state
        assert isinstance(state, ServiceState)
        assert (state.trouble, state.power) == (Trouble.NOT_DONE, kiosk.state.power)


def test_the_longest_time_leads_back_to_service_at_once() -> None:
    for kiosk in kiosks():
        assert kiosk.limit is not None
        assert serves(mode.step(kiosk, on.LimitReached()).kiosk)


def test_nothing_is_ordered_for_anybody_who_was_not_let_in() -> None:
    for kiosk, touches in places().values():
        if not isinstance(kiosk.state, door.STATES):
            continue
        for event in events_in(kiosk, touches):
            if isinstance(event, on.TechnicianAdmitted):
                continue
            for effect in mode.step(kiosk, event).effects:
                assert type(effect).__name__ in {
                    "ListTechnicians", "RecogniseTechnician", "TellWait", "AdmitTechnician",
                    "ResumeSending", "TellVitals",
                }, f"{effect} for {event}"  # fmt: skip


def test_nobody_is_let_in_unasked() -> None:
    """An admission that nobody waits for, or for another, opens nothing."""
    for kiosk in (*kiosks(), opened(Policy("hall", "0001"))):
        before = mode.is_at_work(kiosk.mode)
        after = mode.step(kiosk, on.TechnicianAdmitted("李主管", Role.SUPERVISOR, ticket_of(kiosk))).kiosk
        assert mode.is_at_work(after.mode) is before


def test_a_visit_leaves_nothing_that_a_knock_could_add_to() -> None:
    kiosk = opened(Policy("hall", "0001"))
    for _ in range(KNOCKS - 1):
        kiosk = mode.step(kiosk, on.BrandTouched()).kiosk
    begun = mode.step(kiosk, on.ServiceChosen(on.ServiceName.GUIDES)).kiosk
    back = mode.step(begun, on.WentHome()).kiosk
    assert isinstance(mode.step(back, on.BrandTouched()).kiosk.mode, mode.InService)

"""In and out of service, with the words citizens see; restart and shutdown, asked once more."""

from dataclasses import replace

from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import mode
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import service_state as states
from kiosk.flows.maintenance.events import Page, Power, Trouble
from kiosk.views.frame import Frame
from kiosk.views.models import (
    AnyChoice,
    Banner,
    Choice,
    Health,
    Icon,
    Instruction,
    Menu,
    Picture,
    StatusList,
    View,
)
from kiosk.views.presenters.maintenance.pages import act, leave, page, trouble, verdict
from kiosk.views.words import Words

_POWER_ICONS = {Power.RESTART: Icon.RESTART, Power.SHUT_DOWN: Icon.SHUT_DOWN}


def service_state(frame: Frame, state: states.ServiceState) -> View:
    """What citizens will find when maintenance ends, and what to choose for it."""
    words, withdrawn = frame.words, frame.visit.conditions.withdrawn
    others = tuple(
        each
        for each in mode.reasons_against_service(frame.visit.conditions)
        if each is not mode.Reason.WITHDRAWN
    )
    items = [
        Choice(
            words("maintenance.service.open"),
            tech.WithdrawalChosen(None),
            Icon.CONFIRM,
            detail=_in_force(words, words("maintenance.service.open_detail"), withdrawn is None),
            chosen=withdrawn is None,
            enabled=withdrawn is not None,
        )
    ]
    items += [
        Choice(
            words(f"maintenance.service.reason.{reason.value}"),
            tech.WithdrawalChosen(reason),
            Icon.WARNING,
            detail=_in_force(words, _citizens_read(words, reason), withdrawn is reason),
            chosen=withdrawn is reason,
            enabled=withdrawn is not reason,
        )
        for reason in Withdrawal
    ]
    told = [words(f"maintenance.service.against.{others[0].value}")] if others else []
    if state.trouble is not None:
        told = [_came_to_nothing(words, state.trouble, state.power)]
    powers = tuple(_power(frame, power) for power in Power)
    body = Menu(tuple(items), words("maintenance.service.lead"))
    view = page(frame, "service", body, *powers, leave(frame))
    return replace(view, banners=tuple(Banner(each, grave=True) for each in told))


def _came_to_nothing(words: Words, what: Trouble, power: Power | None) -> str:
    """Return why an order came to nothing, and what to do: which one the system refused is said."""
    refused = power.value if power is not None and what is Trouble.NOT_DONE else "power"
    why = trouble(words, what, refused)
    return words("maintenance.service.trouble", said=why.label, todo=why.advice)


def _in_force(words: Words, detail: str, now: bool) -> str:
    return words("maintenance.service.now", text=detail) if now else detail


def _citizens_read(words: Words, reason: Withdrawal) -> str:
    text = words(f"out_of_service.withdrawn.{reason.value}")
    return words("maintenance.service.citizens_read", text=text)


def _power(frame: Frame, power: Power) -> AnyChoice:
    key = f"maintenance.power.{power.value}.choice"
    return act(frame, key, tech.PowerChosen(power), _POWER_ICONS[power], danger=True)


def confirming(frame: Frame, state: states.ConfirmingPower) -> View:
    """What will happen, and that nothing is lost."""
    words, key = frame.words, f"maintenance.power.{state.power.value}"
    asked = verdict(Health.NOTED, words(f"{key}.text"))
    body = StatusList((), notes=words.all(f"{key}.points"), verdict=asked)
    confirm = frame.confirm(f"{key}.confirm", danger=True)
    name, title = f"power.{state.power.value}", words(f"{key}.title")
    return page(frame, name, body, confirm, title=title, up=Page.SERVICE)


def switching(frame: Frame, state: states.SwitchingPower) -> View:
    """A moment, without a way on: it can't be called back, and every page would soon be gone."""
    words, key = frame.words, f"maintenance.power.{state.power.value}"
    body = Instruction(Picture.WAITING, words(f"{key}.under_way"))
    return page(frame, f"switching.{state.power.value}", body, title=words(f"{key}.title"), ways=False)

"""In and out of service, with the words citizens see; restart and shutdown, asked once more."""

from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import mode
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import service_state as states
from kiosk.flows.maintenance.events import Page, Power
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon, Instruction, Menu, Picture, View
from kiosk.views.presenters.maintenance.pages import act, page, trouble
from kiosk.views.words import Words


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
            detail=words("maintenance.service.open_detail"),
            chosen=withdrawn is None,
            enabled=withdrawn is not None,
        )
    ]
    items += [
        Choice(
            words(f"maintenance.service.reason.{reason.value}"),
            tech.WithdrawalChosen(reason),
            Icon.WARNING,
            detail=_citizens_read(words, reason),
            chosen=withdrawn is reason,
            enabled=withdrawn is not reason,
        )
        for reason in Withdrawal
    ]
    lead = words("maintenance.service.lead")
    if others:
        lead = words(f"maintenance.service.against.{others[0].value}")
    if state.trouble is not None:
        lead = trouble(words, state.trouble)
    powers = tuple(_power(frame, power) for power in Power)
    return page(frame, "service", Menu(tuple(items), lead), *powers)


def _citizens_read(words: Words, reason: Withdrawal) -> str:
    text = words(f"out_of_service.withdrawn.{reason.value}")
    return words("maintenance.service.citizens_read", text=text)


def _power(frame: Frame, power: Power) -> AnyChoice:
    key = f"maintenance.power.{power.value}.choice"
    return act(frame, key, tech.PowerChosen(power), Icon.WRENCH, danger=True)


def confirming(frame: Frame, state: states.ConfirmingPower) -> View:
    """What will happen, and that nothing is lost."""
    words, key = frame.words, f"maintenance.power.{state.power.value}"
    body = Instruction(Picture.OUT_OF_SERVICE, words(f"{key}.text"), words.all(f"{key}.points"))
    confirm = frame.confirm(f"{key}.confirm", danger=True)
    name, title = f"power.{state.power.value}", words(f"{key}.title")
    return page(frame, name, body, confirm, title=title, up=Page.SERVICE)


def switching(frame: Frame, state: states.SwitchingPower) -> View:
    """A moment."""
    words, key = frame.words, f"maintenance.power.{state.power.value}"
    body = Instruction(Picture.WAITING, words(f"{key}.under_way"))
    return page(frame, f"switching.{state.power.value}", body, title=words(f"{key}.title"), up=Page.SERVICE)

"""The step of a visit: the journey it is in goes first, then the rules of the house, the same everywhere.

The house rules: an answer to an earlier visit is dropped; settings can be changed at any time; home is
always one touch away; who doesn't move is asked, then forgotten; a card pulled ends what is private; two
cards of two persons end the visit.
"""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import get_args

from kiosk.domain.measures.use import are_one_person
from kiosk.flows import (
    contact_change,
    guides,
    identification,
    loss_report,
    outcome,
    receipt_lookup,
    records,
)
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import IdCardPlace
from kiosk.flows.events import ServiceName
from kiosk.flows.visit import (
    CARD_ALARMS,
    EXTENSIONS,
    Farewell,
    Home,
    PersonsDiffer,
    State,
    Step,
    StillThere,
    TakingCard,
    Visit,
    ended,
    ended_by_two_persons,
    home,
    left_behind,
)

_JOURNEYS: tuple[ModuleType, ...] = (
    identification, records, contact_change, loss_report, receipt_lookup, guides, outcome,
)  # fmt: skip

_STEPS: dict[type[State], tuple[Callable[[Visit, on.Event], Step | None], ...]] = {}
for _journey in _JOURNEYS:
    for _state in _journey.STATES:
        _STEPS[_state] = (*_STEPS.get(_state, ()), _journey.step)
# The records take over where identification ends: at the answer to its last question.
_STEPS[identification.LoadingRecords] = (records.step, identification.step)
# And whoever leaves a change goes back to them.
_STEPS[contact_change.EditingContact] = (records.step, contact_change.step)

STATES: tuple[type[State], ...] = (Home, StillThere, TakingCard, Farewell, PersonsDiffer, *_STEPS)
"""Every state a visit can be in: what the views and the gallery must cover."""

_ANSWERS = get_args(on.Answer)
_NO_DEEDS = {on.MoreTimeWanted, on.ScreenTouched, on.RingMoved}
_DEEDS = tuple(touch for touch in get_args(on.Touch) if touch not in _NO_DEEDS)
_UNASKED = frozenset(_ANSWERS)
"""What no journey waits for changes nothing, but shows whom it finds still there."""
_SIGNS_OF_LIFE = (*_ANSWERS, on.CardInserted, on.CardRead, on.IdCardRead)


def step(visit: Visit, event: on.Event) -> Step:
    """Return the visit after an event, and what is to be done."""
    if isinstance(event, _ANSWERS) and event.visit != visit.session.number:
        return Step(visit)
    if visit.session.extensions and isinstance(event, _DEEDS):
        visit = visit.at(visit.state, extensions=0)
    stepped = _stepped(visit, event)
    if isinstance(event, on.PinKeyPressed) and visit.session.settings.voice:  # a key beside the screen
        return replace(stepped, effects=(do.Hush(), *stepped.effects))
    return stepped


def _stepped(visit: Visit, event: on.Event) -> Step:
    for journey_step in _STEPS.get(type(visit.state), ()):
        stepped = journey_step(visit, event)
        if stepped is not None:
            return stepped
    if type(event) in _UNASKED and not isinstance(visit.state, StillThere):
        return Step(visit)
    return _house_rules(visit, event)


def _house_rules(visit: Visit, event: on.Event) -> Step:
    state, settings = visit.state, visit.session.settings
    match state, event:
        case _, on.LanguageChosen(language) if language in visit.policy.languages:
            return Step(visit.at(state, settings=replace(settings, language=language)))
        case _, on.TextSizeChosen(size):
            return Step(visit.at(state, settings=settings.sized(size)))
        case _, on.ContrastChosen(contrast):
            return Step(visit.at(state, settings=replace(settings, contrast=contrast)))
        case _, on.VoiceChosen(wanted):
            return Step(visit.at(state, settings=replace(settings, voice=wanted)))
        case _, on.ScreenTouched():
            return Step(visit, (do.Hush(),) if settings.voice else ())
        case _, on.RingMoved(words):
            return Step(visit, (do.Say((words,), settings.language),) if settings.voice else ())

        case Home(), on.ServiceChosen(service):
            return _begin(visit, service)
        case Home(), on.CardInserted():
            # Who puts a card in without a word most likely wants to see something.
            return step(identification.awaiting_card(visit, ServiceName.RECORDS), event)
        case Home(), on.IdCardRead():
            return step(loss_report.begin(visit).visit, event)

        case Home(page=1), on.PageTurned(2) if settings.elder:
            return Step(visit.at(Home(page=2)))
        case Home(page=2), on.WentBack():
            return Step(visit.at(Home()))
        case Home(page=2), on.WentHome():
            return Step(home(visit))

        case Home(knocks), on.BrandTouched():
            return Step(visit.at(replace(state, knocks=knocks + 1)))
        case Home(knocks), on.TimedOut() if knocks:
            return Step(visit.at(replace(state, knocks=0)))
        case Home(), on.TimedOut():
            return Step(home(visit))
        case Home(), _:
            return Step(visit)

        case TakingCard(), _:
            return _taking_card(visit, state, event)

        case Farewell(), on.CardInserted() | on.ServiceChosen() | on.IdCardRead():
            return step(home(visit), event)
        case ((Farewell() | PersonsDiffer()), (on.TimedOut() | on.Confirmed() | on.WentHome())):
            return _left(visit)
        case ((Farewell() | PersonsDiffer()), _):
            return Step(visit)

        case _, on.CardRemoved() if not state.survives_card_removal:
            closed = ended(visit)
            left = left_behind(visit.conditions)
            return closed if left else Step(home(closed.visit), closed.effects)
        case _, on.IdCardRead(number=number) if not are_one_person(number, *_numbers_read(visit)):
            return ended_by_two_persons(visit)
        case _, on.CardRead(card) if not are_one_person(card.holder_number, *_numbers_read(visit)):
            return ended_by_two_persons(visit)
        case StillThere(resume), on.IdCardRead():
            return step(visit.at(resume), event)
        case _, on.IdCardRead(number=number, address=address):
            return Step(visit.at(state, id_number=number, id_address=address))
        case _, on.GuideChosen(guide, refusal):
            return guides.refer(visit, guide, refusal)

        case StillThere(resume), on.MoreTimeWanted():
            return Step(visit.at(resume, extensions=visit.session.extensions + 1))
        case StillThere(), on.TimedOut():
            return ended(visit)
        case StillThere(resume), _ if isinstance(event, _SIGNS_OF_LIFE):
            return step(visit.at(resume), event)
        case _, on.CardRead(card):
            return Step(visit.at(state, chip=card))
        case _, on.TimedOut() if visit.session.extensions >= EXTENSIONS:
            return ended(visit)
        case _, on.TimedOut():
            return Step(visit.at(StillThere(state)))

        case _, on.WentHome():
            return ended(visit)

    return Step(visit)


def _begin(visit: Visit, service: ServiceName) -> Step:
    match service:
        case ServiceName.RECORDS | ServiceName.CONTACT_CHANGE:
            return identification.begin(visit, service)
        case ServiceName.LOSS_REPORT:
            return loss_report.begin(visit)
        case ServiceName.RECEIPT_LOOKUP:
            return receipt_lookup.begin(visit)
        case ServiceName.GUIDES:
            return guides.begin(visit)


def _taking_card(visit: Visit, state: TakingCard, event: on.Event) -> Step:
    """Call for a card that was left, until it is taken; an ID card, until nobody has come for it."""
    match event:
        case (
            on.CardRemoved() | on.CardReaderChanged(ready=False)
            | on.IdCardNoticed(lying=False) | on.IdReaderChanged(ready=False)
        ):  # fmt: skip
            left = left_behind(visit.conditions)
            if left is None or left.id_card is not state.id_card:
                return Step(visit.at(left or Farewell()))
        case on.BrandTouched():
            return Step(visit.at(replace(state, knocks=state.knocks + 1)))
        case on.TimedOut() if state.knocks:
            return Step(visit.at(replace(state, knocks=0)))
        case on.TimedOut() if state.alarms < CARD_ALARMS:
            return Step(visit.at(replace(state, alarms=state.alarms + 1)))
        case on.TimedOut() if state.id_card:
            forgotten = replace(visit.conditions, id_card=IdCardPlace.FORGOTTEN)
            return Step(home(replace(visit, conditions=forgotten)))
    return Step(visit)


def _left(visit: Visit) -> Step:
    left = left_behind(visit.conditions)
    return Step(visit.at(left) if left else home(visit))


def _numbers_read(visit: Visit) -> tuple[str | None, ...]:
    """Return the numbers of the persons whose cards were read in this visit."""
    session = visit.session
    return (
        session.id_number,
        session.chip.holder_number if session.chip else None,
        session.holder.number if session.holder else None,
    )

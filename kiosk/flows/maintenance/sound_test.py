"""The loudspeaker: a sound nobody overhears and a sentence, as often as the technician wants to hear them."""

from dataclasses import dataclass

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class TestingSound:
    """`played`: there was something to hear, so it can be judged."""

    played: bool = False


STATES: tuple[type[State], ...] = (TestingSound,)


def begin(work: Work, visit: Visit) -> Step:
    """Begin in silence: nobody is to be startled."""
    return Step(work.at(TestingSound()))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Play what was asked for."""
    match work.state, event:
        case TestingSound(), tech.SoundChosen(sentence) if visit.conditions.voice:
            say = do.Say((sentence,), visit.session.settings.language, alarm=True)
            return Step(work.at(TestingSound(played=True)), (say,))
    return None

"""The screens of a kiosk that serves nobody: starting, out of service."""

from kiosk.flows import mode as modes
from kiosk.views.frame import Frame
from kiosk.views.models import Instruction, Picture, View


def starting(frame: Frame, mode: modes.Starting) -> View:
    """A moment."""
    body = Instruction(Picture.WAITING, frame.words("starting.text"))
    return frame.view("starting", body, back=False, home=False)


def out_of_service(frame: Frame, mode: modes.OutOfService) -> View:
    """Closed; where to go instead. Whoever has put a card in all the same is to take it with them."""
    words, hotline, withdrawn = frame.words, frame.visit.policy.hotline, frame.visit.conditions.withdrawn
    why = (words(f"out_of_service.withdrawn.{withdrawn.value}"),) if withdrawn is not None else ()
    inside = frame.visit.conditions.card_present
    body = Instruction(
        Picture.TAKE_CARD if inside else Picture.OUT_OF_SERVICE,
        words("out_of_service.take_card" if inside else "out_of_service.text"),
        (*why, *words.all("out_of_service.points", hotline=hotline)),
        emphasis=hotline,
    )
    return frame.view("out_of_service", body, back=False, home=False)

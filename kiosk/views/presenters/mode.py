"""The screens outside every visit: starting, out of service, maintenance."""

from kiosk.flows import events as on
from kiosk.flows import mode as modes
from kiosk.flows.conditions import Conditions, Paper
from kiosk.views.frame import Frame
from kiosk.views.models import Choice, Fact, Facts, Icon, Instruction, Picture, Role, View
from kiosk.views.words import Words


def starting(frame: Frame, mode: modes.Starting) -> View:
    """A moment."""
    body = Instruction(Picture.WAITING, frame.words("starting.text"))
    return frame.view("starting", body, back=False, home=False)


def out_of_service(frame: Frame, mode: modes.OutOfService) -> View:
    """Closed; where to go instead."""
    words, hotline = frame.words, frame.visit.policy.hotline
    body = Instruction(
        Picture.OUT_OF_SERVICE,
        words("out_of_service.text"),
        words.all("out_of_service.points", hotline=hotline),
        emphasis=hotline,
    )
    return frame.view("out_of_service", body, back=False, home=False)


def maintenance(frame: Frame, mode: modes.Maintenance) -> View:
    """How the kiosk is, for the technician."""
    words, conditions = frame.words, frame.visit.conditions
    leave = Choice(words("maintenance.leave"), on.MaintenanceEnded(), Icon.WRENCH, Role.PRIMARY)
    return frame.view("maintenance", Facts(_overview(words, conditions)), leave, back=False, home=False)


def _overview(words: Words, conditions: Conditions) -> tuple[Fact, ...]:
    def ready(is_ready: bool) -> str:
        return words("maintenance.ready" if is_ready else "maintenance.not_ready")

    paper = "" if conditions.paper is Paper.FULL else words(f"maintenance.paper.{conditions.paper.value}")
    outbox = words("maintenance.outbox", pending=conditions.pending, rejected=conditions.rejected)
    return (
        Fact(words("maintenance.card_reader"), ready(conditions.card_reader)),
        Fact(words("maintenance.id_reader"), ready(conditions.id_reader)),
        Fact(words("maintenance.printer"), ready(conditions.printer), paper),
        Fact(words("maintenance.backend"), ready(conditions.online)),
        Fact(words("maintenance.outbox_label"), outbox),
    )  # fmt: skip

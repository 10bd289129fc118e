"""The control socket of a running kiosk, and how the command line asks through it.

Only the kiosk's own user may: the socket is 0600. What it offers tells nobody's data and deletes nothing;
what it exports is sealed.
"""

from contextlib import suppress
from pathlib import Path

from drivers.control_socket import Answer, Hands
from kiosk import queue_desk
from kiosk.config import Config
from kiosk.health.asking import Call
from kiosk.health.inspections import Inspection, examined
from kiosk.services.ledger import Ledger
from kiosk.services.routes import LEDGER, UPKEEP
from kiosk.services.service import NotWorking, Service
from kiosk.services.upkeep import Upkeep
from kiosk.threads import ThreadedCrew


def control_path(config: Config) -> Path:
    """Return where a kiosk's control socket is."""
    return config.kiosk.data_dir / "control"


def doctor_hands(call: Call, inspections: tuple[Inspection, ...]) -> Hands:
    """Return the checks of a running kiosk: those made together are asked for by the first of them.

    What they find is remembered as if a technician had looked, unless the kiosk is busy with an order.
    """

    def check(check: str) -> Answer:
        found = tuple(examined(each for each in inspections if each.checks[0] == check))

        def hear(service: Service) -> None:
            assert isinstance(service, Upkeep)
            service.hear(found)

        with suppress(NotWorking):
            call(UPKEEP, hear)
        return {"findings": [finding.as_json() for finding in found]}

    return {"doctor": check}


def queue_hands(crew: ThreadedCrew, config: Config) -> Hands:
    """Return the questions about the outbox, each asked on the thread that owns it."""

    def asked(question: str, **args: str | int) -> Answer:
        def ask(service: Service) -> Answer:
            assert isinstance(service, Ledger)
            return queue_desk.QUESTIONS[question](queue_desk.Desk(service.outbox, config), **args)

        answer = crew.call(LEDGER, ask)
        assert isinstance(answer, dict)
        return answer

    def list_entries(state: str = "", after: int = 0) -> Answer:
        return asked("list", state=state, after=after)

    def show(key: str) -> Answer:
        return asked("show", key=key)

    def retry(key: str) -> Answer:
        return asked("retry", key=key)

    def verify() -> Answer:
        return asked("verify")

    def export(recipient: str = "") -> Answer:
        return asked("export", recipient=recipient)

    def import_(file: str, sender: str) -> Answer:
        return asked("import", file=file, sender=sender)

    def backup() -> Answer:
        return asked("backup")

    return {
        "queue list": list_entries,
        "queue show": show,
        "queue retry": retry,
        "queue verify": verify,
        "queue export": export,
        "queue import": import_,
        "queue backup": backup,
    }

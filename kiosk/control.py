"""The control socket of a running kiosk, and how the command line asks through it.

Only the kiosk's own user may: the socket is 0600. What it offers reads nobody's data and deletes nothing.
"""

from collections.abc import Callable
from pathlib import Path

from drivers.control_socket import Answer, Hands
from drivers.errors import DeviceStatus, Remedy
from kiosk import queue_desk
from kiosk.config import Config
from kiosk.doctor import CHECKED, told
from kiosk.services.ledger import Ledger
from kiosk.services.routes import LEDGER
from kiosk.services.service import Check, Service
from kiosk.threads import NotWorking, ThreadedCrew


def control_path(config: Config) -> Path:
    """Return where a kiosk's control socket is."""
    return config.kiosk.data_dir / "control"


def doctor_hands(crew: ThreadedCrew) -> Hands:
    """Return the checks of a running kiosk, each made on the thread of its service."""

    def check() -> Answer:
        return {name: told(_checked(crew, name)) for name in CHECKED}

    return {"doctor": check}


def _checked(crew: ThreadedCrew, name: str) -> Check:
    try:
        check = crew.call(name, lambda service: service.check())
    except NotWorking:
        return Check(DeviceStatus.HARDWARE_ERROR, Remedy.RESET, "its thread has ended or is held up")
    assert isinstance(check, Check)
    return check


def queue_hands(crew: ThreadedCrew) -> Hands:
    """Return the questions about the outbox, each asked on the thread that owns it."""

    def asked(question: Callable[..., Answer], **args: str) -> Answer:
        def ask(service: Service) -> Answer:
            assert isinstance(service, Ledger)
            return question(service.outbox, **args)

        answer = crew.call(LEDGER, ask)
        assert isinstance(answer, dict)
        return answer

    def list_entries(state: str = "") -> Answer:
        return asked(queue_desk.listed, state=state)

    def show(key: str) -> Answer:
        return asked(queue_desk.shown, key=key)

    def retry(key: str) -> Answer:
        return asked(queue_desk.retried, key=key)

    def verify() -> Answer:
        return asked(queue_desk.verified)

    return {"queue list": list_entries, "queue show": show, "queue retry": retry, "queue verify": verify}

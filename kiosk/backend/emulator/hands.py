"""The hands of a reference backend that runs alone: faults, offline and clock over HTTP, on the loopback.

They have a port of their own, so that they can be reached while the backend is offline.

    POST   /_hands/faults    {"fault": "lose_answer", "path": "/v1/transactions", "times": 1}
    DELETE /_hands/faults    everything goes well again
    POST   /_hands/offline   /_hands/online
    POST   /_hands/clock     {"skew_s": 3600}
    PUT    /_hands/kiosks/0012    {"address": "..."}: believe bundles signed by it (docs/outbox.md)
    GET    /_hands           how it is, and for which address a bundle must be sealed
"""

import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Thread
from typing import Annotated, Literal

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from kiosk.backend.emulator import faults
from kiosk.backend.emulator.faults import Fault
from kiosk.backend.emulator.front import bound
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.backend.message import KioskId
from offline_queue.bundle import Address

Seconds = Annotated[float, Field(ge=0, le=3600)]
FaultName = Literal[
    "slow", "drip", "lose_answer", "hang_up", "never_answer", "answer_without_end", "server_error", "busy",
    "unauthorised", "captive_portal", "garbage", "other_fields", "redirect",
]  # fmt: skip


class FaultOrder(BaseModel):
    """A fault, and the requests it is for. Each fault takes of the other fields what it needs."""

    model_config = ConfigDict(extra="forbid")

    fault: FaultName
    path: str = "/"
    method: str = ""
    times: int | None = Field(default=None, ge=1)
    seconds: Seconds = 5.0
    works: bool = False
    status: int = Field(default=500, ge=500, le=599)
    retry_after: str = Field(default="7", pattern=r"^[ -~]{0,40}$")
    location: str = Field(default="http://127.0.0.1:9/", pattern=r"^[!-~]{1,200}$")


class Clock(BaseModel):
    """How far the backend's clock is wrong."""

    skew_s: float = Field(ge=-(10**9), le=10**9)


class KioskOrder(BaseModel):
    """A kiosk's address, as `kiosk queue address` prints it."""

    address: str = Field(pattern=r"^[0-9a-f]{128}$")


class Condition(BaseModel):
    """How the backend is, without a word about a person."""

    url: str
    online: bool
    transactions: int
    lost_cards: int
    bundle_address: str


_MAKE: Mapping[FaultName, Callable[[FaultOrder], Fault]] = {
    "slow": lambda order: faults.Slow(order.seconds),
    "drip": lambda order: faults.Drip(order.seconds),
    "lose_answer": lambda order: faults.LoseAnswer(),
    "hang_up": lambda order: faults.HangUp(),
    "never_answer": lambda order: faults.NeverAnswer(order.works),
    "answer_without_end": lambda order: faults.AnswerWithoutEnd(),
    "server_error": lambda order: faults.server_error(order.status, works=order.works),
    "busy": lambda order: faults.busy(order.retry_after),
    "unauthorised": lambda order: faults.unauthorised(),
    "captive_portal": lambda order: faults.captive_portal(),
    "garbage": lambda order: faults.garbage(works=order.works),
    "other_fields": lambda order: faults.other_fields(works=order.works),
    "redirect": lambda order: faults.redirect(order.location),
}


def hands_of(backend: ReferenceBackend) -> FastAPI:
    """Return the hands as an ASGI application."""
    app = FastAPI(title="Hands of the reference backend")

    @app.get("/_hands")
    def condition() -> Condition:
        """How is it?"""
        return Condition(
            url=backend.url,
            online=backend.is_online,
            transactions=len(backend.transactions),
            lost_cards=len(backend.lost_cards),
            bundle_address=str(backend.bundle_address),
        )

    @app.post("/_hands/faults", status_code=204)
    def set_fault(order: FaultOrder) -> None:
        """Let something go wrong."""
        fault = _MAKE[order.fault](order)
        backend.faults.set(fault, path=order.path, method=order.method, times=order.times)

    @app.delete("/_hands/faults", status_code=204)
    def clear_faults() -> None:
        """Let everything go well."""
        backend.faults.clear()

    @app.post("/_hands/offline", status_code=204)
    def go_offline() -> None:
        """Refuse connections."""
        backend.go_offline()

    @app.post("/_hands/online", status_code=204)
    def go_online() -> None:
        """Take connections again."""
        backend.go_online()

    @app.post("/_hands/clock", status_code=204)
    def skew_clock(clock: Clock) -> None:
        """Set the clock wrong."""
        backend.skew_clock(timedelta(seconds=clock.skew_s))

    @app.put("/_hands/kiosks/{kiosk}", status_code=204)
    def know_kiosk(kiosk: KioskId, order: KioskOrder) -> None:
        """Believe bundles signed by this kiosk."""
        backend.know_kiosk(kiosk, Address.parse(order.address))

    return app


def serve(backend: ReferenceBackend, hands_port: int) -> None:
    """Run a backend and its hands until the process is asked to end (SIGINT, SIGTERM)."""
    ending = {signal.SIGINT, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)  # the threads inherit it: the signal is ours
    config = uvicorn.Config(hands_of(backend), lifespan="off", log_level="error", access_log=False)
    hands = uvicorn.Server(config)
    with backend, bound(hands_port) as listening:
        thread = Thread(target=hands.run, args=([listening],), name="hands")
        thread.start()
        signal.sigwait(ending)
        hands.should_exit = True
        thread.join()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)

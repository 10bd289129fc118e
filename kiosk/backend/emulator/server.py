"""The reference backend as one object: real HTTP on the loopback, hands to disturb it, and a look inside.

    kiosk -> front (faults, TLS, offline) -> uvicorn -> app -> desks -> SQLite

All of it runs on one thread of its own. Its clock is given from outside, and may be set wrong by hand.
"""

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self, TypeVar

import uvicorn
from starlette.types import ASGIApp

from kiosk.backend.contract import ToldTransaction, TransactionAnswer
from kiosk.backend.emulator.app import served_at
from kiosk.backend.emulator.desks import NOTHING_PUBLIC, Desks
from kiosk.backend.emulator.faults import Faults
from kiosk.backend.emulator.founding import found
from kiosk.backend.emulator.front import HOST, Front, bound
from kiosk.backend.emulator.register import Bureau, Card
from kiosk.backend.emulator.seed import Person
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.window import Window
from kiosk.backend.fleet import Heartbeat, ReferenceText, Topic
from kiosk.domain.contact import ContactDetails
from offline_queue.bundle import Address

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """A transaction the backend has taken in, and its answer."""

    key: str
    told: ToldTransaction = field(repr=False)
    answer: TransactionAnswer


class ReferenceBackend:
    """The reference backend. Runs between `start` and `stop`, or as a context manager.

    `faults` disturb the wire; `window` does what staff and 12333 do; `transaction_desk.gate` holds its work.
    `not_offered` names topics this backend has no records of ("medical-account", ...). A `db_path` that
    holds people already keeps them. `port` 0 takes a free one; it stays the same while offline.
    Bundles carried by hand are opened with `bundle_key` (32 bytes; by default one of this run).
    """

    def __init__(
        self,
        db_path: Path | None,
        people: Iterable[Person],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        port: int = 0,
        bureau: Bureau | None = None,
        not_offered: frozenset[str] = frozenset(),
        reference: Mapping[Topic, ReferenceText] = NOTHING_PUBLIC,
        tls: ssl.SSLContext | None = None,
        bundle_key: bytes | None = None,
    ) -> None:
        self.faults = Faults()
        self._clock = clock
        self._skew = timedelta()
        self._store = Store(db_path)
        found(self._store, people, self.now())
        self.window = Window(self._store, self.now)
        desks = Desks.over(
            self._store,
            bureau or Bureau(),
            self.now,
            bundle_key=bundle_key,
            not_offered=not_offered,
            reference=reference,
        )
        self.bundle_address = desks.bundles.address
        self.transaction_desk = desks.transactions
        self._heartbeats = desks.heartbeats
        self._inner = bound(0)
        self._front = Front(self._inner.getsockname()[1], self.faults, port=port, tls=tls)
        self._server = _quiet_server(served_at(desks))
        self.url = f"{'https' if tls else 'http'}://{HOST}:{self._front.port}"
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._stopping = asyncio.Event()
        self._thread = Thread(target=self._run, name="reference-backend", daemon=True)

    # -- hands --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to serve. Returns when the first request can be made."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Cut all connections and stop for good."""
        self.transaction_desk.gate.release()
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def go_offline(self) -> None:
        """Cut all connections, and refuse new ones."""
        self._on_loop(self._front.close())

    def go_online(self) -> None:
        """Take connections again."""
        self._on_loop(self._front.open())

    @property
    def is_online(self) -> bool:
        """Whether connections are taken."""
        return self._front.is_open

    def skew_clock(self, by: timedelta) -> None:
        """Set the backend's clock wrong by so much, against the clock it was given."""
        self._skew = by

    def know_kiosk(self, kiosk: str, address: Address) -> None:
        """Believe bundles signed by this address to be that kiosk's, from now on."""
        self._store.know_kiosk(kiosk, str(address))

    def now(self) -> datetime:
        """The backend's time."""
        return self._clock() + self._skew

    # -- a look inside ------------------------------------------------------------------------------

    @property
    def transactions(self) -> tuple[Taken, ...]:
        """What was taken in, in the order it arrived. A key is here once."""
        return tuple(
            Taken(
                row["key"],
                ToldTransaction.model_validate_json(row["document"]),
                TransactionAnswer.model_validate_json(row["answer"]),
            )
            for row in self._store.transactions()
        )

    @property
    def heartbeats(self) -> Mapping[str, Heartbeat]:
        """What each kiosk has told of itself last."""
        return self._heartbeats

    @property
    def lost_cards(self) -> tuple[Card, ...]:
        """The cards that are reported lost."""
        return self._store.lost_cards()

    def card(self, card_number: str) -> Card:
        """Return a card. Raises LookupError."""
        card = self._store.card(card_number)
        if card is None:
            raise LookupError("no such card")
        return card

    def contact_of(self, number: str) -> ContactDetails:
        """Return a person's contact details. Raises LookupError."""
        holder = self._store.holder(number)
        if holder is None:
            raise LookupError("no such person")
        return holder.contact

    def tries_left(self, number: str) -> int:
        """Return the passwords a person may still get wrong. Raises LookupError."""
        holder = self._store.holder(number)
        if holder is None:
            raise LookupError("no such person")
        return holder.tries_left

    def phones_told(self, number: str) -> tuple[str, ...]:
        """Return the telephone numbers that were told of a change of theirs."""
        return self._store.told_phones(number)

    # -- its thread ---------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        serving = asyncio.ensure_future(self._server.serve(sockets=[self._inner]))
        while not self._server.started:
            await asyncio.sleep(0)
        await self._front.open()
        self._ready.set()
        await self._stopping.wait()
        await self._front.give_up()
        # Asked to exit, uvicorn would look up from its work ten times a second only.
        serving.cancel()
        await asyncio.wait({serving})
        self._inner.close()

    def _on_loop(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def _quiet_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server that logs no request: an address holds a visit's number."""
    return uvicorn.Server(
        uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_level="error", access_log=False)
    )

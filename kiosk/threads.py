"""The workers: one thread for each service. Inboxes are queues, and they are all that is shared.

A worker performs what is in its inbox, and watches its device when there is nothing. Whatever a service
lets escape is a fault nobody expected: the worker ends, says so, and the kiosk goes out of service.
"""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import Generic, TypeVar

from kiosk.flows import events as on
from kiosk.services.service import Service

Message = TypeVar("Message")


class Worker(Generic[Message]):
    """A service on a thread of its own, which makes, uses and closes it."""

    def __init__(
        self,
        name: str,
        make: Callable[[], Service[Message]],
        post: Callable[[on.Event], None],
        log_fault: Callable[[str, BaseException], None],
    ) -> None:
        self.name = name
        self._make = make
        self._post = post
        self._log_fault = log_fault
        self._inbox: SimpleQueue[Message | None] = SimpleQueue()
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def ask(self, message: Message) -> None:
        """Put something into the inbox, from any thread."""
        self._inbox.put(message)

    def stop(self, within_s: float = 3.0) -> None:
        """End after the message at work, and wait so long for it."""
        self._stopping.set()
        self._inbox.put(None)
        self._thread.join(within_s)

    def _run(self) -> None:
        try:
            service = self._make()
        except Exception as fault:  # noqa: BLE001  the thread's last word
            self._fail(fault)
            return
        try:
            self._work(service)
        except Exception as fault:  # noqa: BLE001  the thread's last word
            self._fail(fault)
        finally:
            service.close()

    def _work(self, service: Service[Message]) -> None:
        rest_s = 0.0
        while not self._stopping.is_set():
            try:
                message = self._inbox.get(timeout=rest_s) if rest_s > 0 else self._inbox.get_nowait()
            except Empty:
                watched = service.watch()
                rest_s = watched.rest_s
                for event in watched.events:
                    self._post(event)
                continue
            rest_s = 0.0
            if message is not None:
                for event in service.perform(message):
                    self._post(event)

    def _fail(self, fault: BaseException) -> None:
        self._log_fault(self.name, fault)
        self._post(on.ServiceFailed(self.name))

"""The workers: one thread for each service. Inboxes are queues, and they are all that is shared.

A worker performs what is in its inbox, and watches its device when there is nothing. Whatever a service
lets escape is a fault nobody expected: the worker ends, says so, and the kiosk goes out of service. What is
ordered of a worker that has ended is told as failed, so that no page waits for it without end.
"""

from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import Any, Generic, TypeVar

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.services.routes import AWAITED, ROUTES
from kiosk.services.service import Make, NotWorking, Post, Service

STOP_WITHIN_S = 3.0
ANSWER_WITHIN_S = 10.0


Answer = TypeVar("Answer")


class _Call(Generic[Answer]):
    """Something to be asked of a service on its own thread, and the place for the answer."""

    def __init__(self, ask: Callable[[Service], Answer]) -> None:
        self._ask = ask
        self._answers: SimpleQueue[Answer | Exception] = SimpleQueue()

    def perform(self, service: Service) -> None:
        """Ask the service; whatever it raises is the asker's to hear."""
        try:
            self._answers.put(self._ask(service))
        except Exception as error:  # noqa: BLE001  raised again where the question came from
            self._answers.put(error)

    def refuse(self) -> None:
        """Say that nobody is there to be asked."""
        self._answers.put(NotWorking())

    def answer(self) -> Answer:
        """Wait for the answer. Raises NotWorking, and what the service raised."""
        try:
            answer = self._answers.get(timeout=ANSWER_WITHIN_S)
        except Empty:
            raise NotWorking from None
        if isinstance(answer, Exception):
            raise answer
        return answer


class Worker:
    """A service on a thread of its own, which makes, uses and closes it."""

    def __init__(
        self, name: str, make: Make, post: Post, log_fault: Callable[[str, BaseException], None]
    ) -> None:
        self.name = name
        self._make = make
        self._post = post
        self._log_fault = log_fault
        self._inbox: SimpleQueue[do.Effect | _Call[Any] | None] = SimpleQueue()
        self._stopping = Flag()
        self._failed = Flag()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, effect: do.Effect) -> None:
        """Put something into the inbox, from any thread."""
        self._inbox.put(effect)
        if self._failed.is_set():
            self._answer_for_nobody()

    def call(self, ask: Callable[[Service], Answer]) -> Answer:
        """Ask the service something on its own thread, and wait for the answer. Raises NotWorking."""
        if not self._thread.is_alive():
            raise NotWorking
        call = _Call(ask)
        self._inbox.put(call)
        return call.answer()

    def stop(self) -> None:
        """Begin to end, after the effect at work."""
        self._stopping.set()
        self._inbox.put(None)

    def join(self) -> None:
        """Wait for the end; not for ever, since a device may hold the thread."""
        self._thread.join(STOP_WITHIN_S)

    def _run(self) -> None:
        try:
            service = self._make()
            try:
                self._work(service)
            finally:
                service.close()
        except Exception as fault:  # noqa: BLE001  the thread's last word
            self._log_fault(self.name, fault)
            self._post(on.ServiceFailed(self.name))
            self._failed.set()  # from here on whoever asks empties the inbox
            self._answer_for_nobody()

    def _work(self, service: Service) -> None:
        rest_s, ready = 0.0, False
        while not self._stopping.is_set():
            try:
                effect = self._inbox.get(timeout=rest_s) if rest_s > 0 else self._inbox.get_nowait()
            except Empty:
                watched = service.watch()
                rest_s = watched.rest_s
                for event in watched.events:
                    self._post(event)
                if not ready:
                    ready = True
                    self._post(on.ServiceReady(self.name))
                continue
            rest_s = 0.0
            if isinstance(effect, _Call):
                effect.perform(service)
            elif effect is not None:
                self._perform(service, effect)

    def _perform(self, service: Service, effect: do.Effect) -> None:
        try:
            for event in service.perform(effect):
                self._post(event)
        except Exception:
            self._tell_failed(effect)
            raise

    def _answer_for_nobody(self) -> None:
        """Answer what is in the inbox of a worker that has ended."""
        while True:
            try:
                left = self._inbox.get_nowait()
            except Empty:
                return
            if isinstance(left, _Call):
                left.refuse()
            elif left is not None:
                self._tell_failed(left)

    def _tell_failed(self, effect: do.Effect) -> None:
        if type(effect) in AWAITED:
            ticket: tech.Ticket | None = getattr(effect, "ticket", None)
            self._post(tech.OrderFailed(tech.Trouble.NOT_WORKING, type(effect).__name__, ticket))


class ThreadedCrew:
    """The services of a kiosk, each on its thread."""

    def __init__(self, log_fault: Callable[[str, BaseException], None]) -> None:
        self._log_fault = log_fault
        self._workers: dict[str, Worker] = {}

    def hire(self, services: Mapping[str, Make], post: Post) -> None:
        """Start a worker for each service."""
        for name, make in services.items():
            self._workers[name] = Worker(name, make, post, self._log_fault)

    def perform(self, effect: do.Effect) -> None:
        """Put an effect into the inboxes of those it concerns."""
        for name in ROUTES[type(effect)]:
            self._workers[name].ask(effect)

    def call(self, name: str, ask: Callable[[Service], Answer]) -> Answer:
        """Ask a service something on its own thread. Raises NotWorking, and what the service raised."""
        return self._workers[name].call(ask)

    def dismiss(self) -> None:
        """End every worker; what is on disk needs no goodbye."""
        for worker in self._workers.values():
            worker.stop()
        for worker in self._workers.values():
            worker.join()

"""A reference backend that serves, its clock in hand, and the ways to ask it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiosk.backend.client import BackendClient
from kiosk.backend.emulator.server import ReferenceBackend
from tests.backend.workbench import NOON, PEOPLE, ByHand


class Clock:
    """A clock in hand."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def wait(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def serve(clock: Clock) -> Iterator[Callable[..., ReferenceBackend]]:
    """Start backends that end with the test."""
    serving: list[ReferenceBackend] = []

    def start(**more: Any) -> ReferenceBackend:
        backend = ReferenceBackend(more.pop("db_path", None), PEOPLE, clock, **more)
        backend.start()
        serving.append(backend)
        return backend

    yield start
    for backend in serving:
        backend.stop()


@pytest.fixture
def backend(serve: Callable[..., ReferenceBackend]) -> ReferenceBackend:
    return serve()


@pytest.fixture
def hand(backend: ReferenceBackend) -> Iterator[ByHand]:
    by_hand = ByHand(backend)
    yield by_hand
    by_hand.close()


@pytest.fixture(scope="session")
def asking() -> Iterator[ByHand]:
    """Ask a backend that is shared by all tests that change nothing in it but visits."""
    with ReferenceBackend(None, PEOPLE, Clock()) as shared:
        by_hand = ByHand(shared)
        yield by_hand
        by_hand.close()


@pytest.fixture
def client(backend: ReferenceBackend) -> Iterator[BackendClient]:
    asking = BackendClient(backend.url, kiosk="0001", connect_timeout_s=1, total_timeout_s=5)
    yield asking
    asking.close()

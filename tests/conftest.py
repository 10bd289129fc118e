"""What holds for all tests.

No test speaks to the pcscd of this machine. libpcsclite reads once where to look for pcscd, so it is told
before anything else: at a place where there is none, until a test starts one (drivers/emulators/pcscd.py).

The walks of the flows keep a million objects for the whole run. After each file the garbage collector is told
to leave alone what there is: to look through it again and again took a tenth of the time.
"""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from drivers.emulators.pcscd import SOCKET_VARIABLE, link_of_this_process

os.environ[SOCKET_VARIABLE] = str(link_of_this_process())
settings.register_profile("anywhere", deadline=None)  # speed is measured in benchmarks
settings.load_profile("anywhere")


@pytest.fixture(scope="module", autouse=True)
def _what_is_kept_is_no_garbage() -> Iterator[None]:
    gc.freeze()
    yield
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("pcscd"):  # it may have to wait for its turn (drivers/emulators/pcscd.py)
            item.add_marker(pytest.mark.timeout(300))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    return _ByFile(config, log)


class _ByFile(LoadFileScheduling):
    """The tests of a file stay together, and so do those that look at the walks of the flows."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/flows" if nodeid.startswith("tests/flows/") else super()._split_scope(nodeid)

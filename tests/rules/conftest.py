"""A bench for each test, one hall for all the guides, and people as a test needs them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from drivers.emulators.personas import PERSONAS, persona
from kiosk.backend.emulator.seed import Person
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.demo.people import people_of
from kiosk.domain.guides import Guide
from kiosk.views.words import Words, load_words
from tests.bench import Bench


@dataclass(frozen=True)
class Leaflet:
    """A guide as a citizen gets it: its words on the screen and on paper, line ends taken out."""

    screen: str
    slip: str


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def bench_with(tmp_path: Path) -> Callable[..., Bench]:
    """A bench whose backend knows one person differently: `bench_with("li-jianguo", wrong_tries=5)`."""

    def prepare(who: str, **changes: object) -> Bench:
        number = persona(who).holder_number
        people: list[Person] = [
            replace(person, **changes) if person.number == number else person
            for person in people_of(PERSONAS)
        ]
        with ReferenceBackend(tmp_path / "backend.db", people):
            pass  # a file that holds people keeps them
        return Bench(tmp_path)

    return prepare


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A kiosk for what needs neither card nor backend."""
    with Bench(tmp_path_factory.mktemp("hall")) as bench:
        yield bench


@pytest.fixture(scope="session")
def guide(hall: Bench, words: Words) -> Callable[[Guide], Leaflet]:
    """Look a guide up as a citizen does, and print it."""

    @cache
    def read(guide: Guide) -> Leaflet:
        hall.touch("办事指南")
        title = words(f"guide.{guide.key}.title")
        while title not in hall.choices:
            hall.touch("下一页")
        hall.touch(title)
        screen = hall.screen
        hall.touch("打印", "结束")
        hall.wait(6)
        return Leaflet(screen.replace("\n", ""), hall.slip.replace("\n", ""))

    return read


@pytest.fixture(scope="session")
def words() -> Words:
    return load_words("zh_CN")

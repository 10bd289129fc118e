"""Chinese text from few keys: letters go in, candidates come out.

    type(key) --------> Composition: preedit and a page of candidates <---- next_page, previous_page
        ^                    |
        |               choose(index) ---- every letter used: committed, and empty again
        |                    |
        +---- backspace <----+--- letters left: what was chosen stays in the preedit

The engine is librime, on dictionaries compiled beforehand (`deploy/input/build.py`). What is typed here
is somebody's address: it is not learnt (there is no user dictionary), not logged, not written anywhere,
and not shown by `repr`. A session remembers what it committed, so it must not outlive the visit.

librime belongs to the process, and to one thread of it: the one that made the engine.
"""

import sys
import threading
from ctypes import byref
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.input import librime

DICTIONARIES = Path(sys.prefix, "share", "kiosk-rime")  # where `deploy/input/build.py` puts them
PAGE_SIZE = 9
MOST_KEYS = 64  # of one composition: with every key, librime works all of it out again

STROKES = str.maketrans("hspnz", "一丨丿丶乙")

# librime insists on a folder of its own. Below a device nobody can make one, so nothing is ever kept.
NOWHERE = Path("/dev/null/rime")


class EngineUnavailable(Exception):
    """Chinese cannot be typed on this machine: librime or its dictionaries are missing.

    Digits, code points and the division picker go on without it. The message is for technicians.
    """


class Keyboard(Enum):
    """The keyboards, each by the keys it has. The apostrophe parts syllables: xi'an is 西安, xian 先."""

    FULL = "abcdefghijklmnopqrstuvwxyz'"
    NINE_KEY = "23456789'"
    STROKES = "hspnz"  # 一 丨 丿 丶 乙

    @property
    def schema(self) -> bytes:
        """Return the name librime knows it by: of its file in `deploy/input`."""
        return f"kiosk_{self.name.lower()}".encode()


@dataclass(frozen=True, slots=True)
class Composition:
    """What to show after a key.

    `preedit` is the text not finished yet: what was chosen, then the letters left, parted into syllables.
    `candidates` is a page of what they may mean, best first. `committed` is text that this key finished:
    put it at the cursor, once.
    """

    preedit: str = field(default="", repr=False)
    candidates: tuple[str, ...] = field(default=(), repr=False)
    committed: str = field(default="", repr=False)
    has_previous: bool = False
    has_more: bool = False


class Session:
    """One citizen typing with one keyboard. Made by `PinyinEngine.session`."""

    def __init__(self, engine: "PinyinEngine", keyboard: Keyboard, page_size: int) -> None:
        self.keyboard = keyboard
        self._engine = engine
        self._page_size = page_size
        self._starts = [0]  # index of the first candidate of each page, up to the one shown
        self._id = engine.rime().create_session()
        if not engine.rime().select_schema(self._id, keyboard.schema):
            raise EngineUnavailable(f"no dictionary for {keyboard.schema.decode()}")

    @property
    def keys(self) -> str:
        """Return the keys the keyboard has."""
        return self.keyboard.value

    def type(self, key: str) -> Composition:
        """Add one of the keyboard's keys; past `MOST_KEYS` it is ignored. Raises `ValueError` for others."""
        if len(key) != 1 or key not in self.keyboard.value:
            raise ValueError("the keyboard has no such key")
        if len(self._engine.rime().get_input(self._id)) >= MOST_KEYS:
            return self._composition()
        return self._press(ord(key))

    def backspace(self) -> Composition:
        """Take back the last choice or, where none came after it, the last letter."""
        return self._press(librime.BACKSPACE)

    def choose(self, index: int) -> Composition:
        """Take a candidate of the page shown. Where letters are left, it asks for those next."""
        self._engine.rime().select_candidate(self._id, self._starts[-1] + index)
        return self._first_page()

    def next_page(self, shown: int | None = None) -> Composition:
        """Show the candidates after these; at the end, the same again.

        Where only the first `shown` of the page had room, the others begin the next one.
        """
        start = self._starts[-1] + (self._page_size if shown is None else shown)
        if start > self._starts[-1] and self._candidates(start, 1):
            self._starts.append(start)
        return self._composition()

    def previous_page(self) -> Composition:
        """Show the page before this one, as it was; at the start, the same again."""
        self._starts = self._starts[:-1] or [0]
        return self._composition()

    def clear(self) -> Composition:
        """Forget the letters and choices that are not committed."""
        self._engine.rime().clear_composition(self._id)
        return self._first_page()

    def close(self) -> None:
        """Forget everything that was typed. The session cannot be used afterwards."""
        self._engine.rime().destroy_session(self._id)

    def _press(self, keycode: int) -> Composition:
        self._engine.rime().process_key(self._id, keycode, librime.WITHOUT_MODIFIERS)
        return self._first_page()

    def _first_page(self) -> Composition:
        self._starts = [0]
        return self._composition()

    def _composition(self) -> Composition:
        first = self._starts[-1]
        candidates = self._candidates(first, self._page_size + 1)
        return Composition(
            preedit=self._preedit(),
            candidates=tuple(candidates[: self._page_size]),
            committed=self._committed(),
            has_previous=first > 0,
            has_more=len(candidates) > self._page_size,
        )

    def _candidates(self, first: int, count: int) -> list[str]:
        rime, iterator = self._engine.rime(), librime.CandidateIterator()
        candidates: list[str] = []
        if rime.candidate_list_from_index(self._id, byref(iterator), first):
            while len(candidates) < count and rime.candidate_list_next(byref(iterator)):
                candidates.append(iterator.candidate.text.decode())
            rime.candidate_list_end(byref(iterator))
        return candidates

    def _preedit(self) -> str:
        rime, context = self._engine.rime(), librime.sized(librime.Context)
        rime.get_context(self._id, byref(context))
        preedit = (context.preedit.text or b"").decode()
        reading = ""
        if context.menu.num_candidates:
            reading = (context.menu.candidates[0].comment or b"").decode()
        rime.free_context(byref(context))
        match self.keyboard:
            case Keyboard.FULL:
                return preedit
            case Keyboard.NINE_KEY:
                chosen = preedit.rstrip(Keyboard.NINE_KEY.value + " ")
                return chosen + _spelled(preedit.removeprefix(chosen), reading)
            case Keyboard.STROKES:
                return preedit.translate(STROKES)

    def _committed(self) -> str:
        rime, commit = self._engine.rime(), librime.sized(librime.Commit)
        if not rime.get_commit(self._id, byref(commit)):
            return ""
        text = (commit.text or b"").decode()
        rime.free_commit(byref(commit))
        return text


def _spelled(digits: str, reading: str) -> str:
    """Show digits as the letters they are taken for, as far as they go: 7464 9 is ping y, read ping yuan."""
    groups, syllables = digits.replace("'", " ").split(), reading.split()
    letters = [syllable[: len(group)] for group, syllable in zip(groups, syllables, strict=False)]
    return " ".join(letters + groups[len(letters) :])


class PinyinEngine:
    """librime with the kiosk's dictionaries. One at a time, and closed by the thread that made it."""

    def __init__(self, data_dir: Path = DICTIONARIES) -> None:
        """Start on the compiled dictionaries in `data_dir`. Raises `EngineUnavailable`."""
        if not (data_dir / "kiosk.table.bin").is_file():
            raise EngineUnavailable(f"no dictionaries in {data_dir}")
        try:
            self._rime = librime.load()
        except librime.LibraryUnusable as error:
            raise EngineUnavailable(str(error)) from error
        self._thread = threading.get_ident()
        self._rime.initialize(byref(librime.folders(compiled=data_dir, private=NOWHERE)))

    def session(self, keyboard: Keyboard, page_size: int = PAGE_SIZE) -> Session:
        """Begin typing with a keyboard, `page_size` candidates at a time."""
        return Session(self, keyboard, page_size)

    def rime(self) -> librime.Functions:
        """Return librime's functions, to the engine's own thread only."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("librime belongs to the thread that started it")
        return self._rime

    def close(self) -> None:
        """Stop librime. Its sessions end with it."""
        self.rime().finalize()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

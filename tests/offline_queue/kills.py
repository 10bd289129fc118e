"""Kills a process at random moments of its life with an outbox, thousands of times over.

A life: open the outbox; record facts, and hand out a receipt for each; send what is due; now and then take
a second copy, forget, or take a rejected entry up again. It is cut short by SIGKILL. The backend lives on
in the parent: a ledger that does the work of each key once, and is not to be relied on otherwise: some
answers get lost, some facts are refused, some must wait.

After the lives of one file the books are compared:
- every receipt has its row, and every fact that took effect has one
- every fact took effect once, and nothing was told again that had taken effect
- the chain is whole, and in the end nothing is left pending
"""

import os
import random
import select
import selectors
import signal
import socket
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from offline_queue import (
    Backoff,
    Delivered,
    Entry,
    Finding,
    NeverArrived,
    NewEntry,
    NotNow,
    Outbox,
    Outcome,
    Rejected,
    Sender,
    State,
    Unknown,
    Vault,
)

OWNER = "kiosk-07"
VAULT = Vault.from_key(bytes(32))
IMPATIENT = Backoff(first_s=0.001, cap_s=0.01, urgent_cap_s=0.01)


@dataclass
class Books:
    """What was counted over all files, and whatever did not agree."""

    kills: int = 0
    receipts: int = 0
    effects: int = 0
    rejected: int = 0
    looked_up: int = 0
    answers_lost: int = 0
    faults: list[str] = field(default_factory=list)


class Backend:
    """Does the work of each key once. Asked `tell KEY FACT` or `look_up KEY`, it answers in one word."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._known: dict[str, str] = {}
        self.effects: Counter[str] = Counter()
        self.told_again: list[str] = []
        self.looked_up = self.answers_lost = 0

    def answer(self, question: str) -> bytes:
        """What the asker gets to hear: nothing, if the answer is lost before or after the work."""
        verb, key, *fact = question.split()
        luck = self._chance.random()
        if luck > 0.05:
            word = self._look_up(key) if verb == "look_up" else self._tell(key, fact[0])
            if luck > 0.10:
                return word.encode()
        self.answers_lost += 1
        return b""

    def _look_up(self, key: str) -> str:
        self.looked_up += 1
        return self._known.get(key, "unknown")

    def _tell(self, key: str, fact: str) -> str:
        if self._known.get(key) == "delivered":
            self.told_again.append(key)
        elif key not in self._known and self._chance.random() < 0.1:
            return "not_now"
        elif key not in self._known and self._chance.random() < 0.1:
            self._known[key] = "rejected"
        elif key not in self._known:
            self._known[key] = "delivered"
            self.effects[fact] += 1
        return self._known[key]


class Link:
    """Entries to questions, and words to outcomes."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        self._ask = ask

    def deliver(self, entry: Entry) -> Outcome:
        fact = (entry.payload or b"").decode().strip()
        return self._heard(self._ask(f"tell {entry.key} {fact}"))

    def look_up(self, entry: Entry) -> Finding:
        word = self._ask(f"look_up {entry.key}")
        return NeverArrived() if word == "unknown" else self._heard(word)

    def _heard(self, word: str) -> Outcome:
        match word:
            case "delivered":
                return Delivered(b"receipt")
            case "rejected":
                return Rejected("stale")
            case "not_now":
                return NotNow("http_503")
        return Unknown("no_answer")


class Life:
    """What the process does until it is killed."""

    def __init__(self, path: Path, address: str, receipts: int, seed: int, *, receipt_first: bool) -> None:
        self._path = path
        self._address = address
        self._receipts = receipts
        self._chance = random.Random(seed)
        self._name = f"{seed:x}"
        self._receipt_first = receipt_first

    def live(self) -> NoReturn:
        """Never returns: it is killed, or says what went wrong."""
        try:
            outbox = Outbox.open(self._path, VAULT, owner=OWNER, copies=self._path.parent / "copies")
            link = Link(self._ask)
            sender = Sender(outbox, link.deliver, link.look_up, backoff=IMPATIENT)
            for number in range(10**6):
                self._record(outbox, number)
                sender.resume()
                sender.turn()
                self._now_and_then(outbox)
        except BaseException:
            os.write(self._receipts, f"fault {traceback.format_exc()}".encode())
        os._exit(1)

    def _record(self, outbox: Outbox, number: int) -> None:
        key, fact = f"{self._name}-{number}", f"fact-{self._name}-{number}"
        new = NewEntry(
            key=key,
            kind="contact_change",
            person=f"person-{self._chance.randrange(5)}",
            payload=fact.encode().ljust(self._chance.randrange(50, 1500)),
            captured_at=datetime.now(UTC),
            clock_quality="synchronised",
            urgent=self._chance.random() < 0.2,
        )
        if not self._receipt_first:
            outbox.put(new)
        os.write(self._receipts, f"{key} {fact}\n".encode())
        if self._receipt_first:
            time.sleep(0.005)  # room for the kill that shows it
            outbox.put(new)

    def _now_and_then(self, outbox: Outbox) -> None:
        match self._chance.randrange(30):
            case 0:
                outbox.take_second_copy()
            case 1:
                outbox.forget(timedelta(seconds=0.05))
            case 2:
                for entry in outbox.entries(State.REJECTED, limit=1):
                    outbox.retry(entry.key)

    def _ask(self, question: str) -> str:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self._address)
            connection.sendall(question.encode() + b"\n")
            return connection.recv(64).decode()


class Parent:
    """Gives lives, answers their questions, takes their receipts, and ends them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        folder.mkdir(parents=True)
        self._path = folder / "outbox.db"
        self._address = str(folder / "backend")
        self._chance = chance
        self.backend = Backend(chance)
        self.receipts: dict[str, str] = {}
        self.faults: list[str] = []
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self._address)
        self._server.listen(8)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._server, selectors.EVENT_READ)

    def give_life(self, seconds: float, seed: int, *, receipt_first: bool) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            Life(self._path, self._address, writing, seed, receipt_first=receipt_first).live()
        os.close(writing)
        if self._chance.random() < 0.7:  # the others may be killed before they have opened the file
            while not select.select([reading], [], [], 0)[0]:
                self._serve(0.001)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._serve(left)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while self._serve(0):
            pass  # what it asked last has reached the backend all the same
        with os.fdopen(reading) as file:
            self._take(file.read())

    def _serve(self, wait_s: float) -> bool:
        for _ in self._selector.select(wait_s):
            connection, _ = self._server.accept()
            with connection, suppress(OSError):
                question = connection.recv(256).decode()
                if question.endswith("\n"):
                    connection.sendall(self.backend.answer(question))
            return True
        return False

    def _take(self, said: str) -> None:
        receipts, _, fault = said.partition("fault ")
        for line in receipts.splitlines(keepends=True):
            if line.endswith("\n"):
                key, fact = line.split()
                self.receipts[key] = fact
        if fault:
            self.faults.append(fault)

    def compare_books(self, books: Books) -> None:
        """Let what is pending be sent, without killing, and compare."""
        self._server.close()
        self._selector.close()
        outbox = Outbox.open(self._path, VAULT, owner=OWNER)
        link = Link(lambda question: self.backend.answer(question).decode())
        sender = Sender(outbox, link.deliver, link.look_up, backoff=IMPATIENT)
        while sender.turn().next_in_s is not None:
            time.sleep(0.001)
            sender.resume()
        rows = {entry.key: entry for entry in outbox.entries(limit=10**6)}
        effects = self.backend.effects
        books.receipts += len(self.receipts)
        books.effects += len(effects)
        books.rejected += outbox.summary().rejected
        books.looked_up += self.backend.looked_up
        books.answers_lost += self.backend.answers_lost
        books.faults += self.faults
        books.faults += [f"receipt {key} has no row" for key in self.receipts if key not in rows]
        books.faults += [f"{fact} took effect {times} times" for fact, times in effects.items() if times != 1]
        books.faults += [f"{key} was told again" for key in self.backend.told_again]
        recorded = {f"fact-{key}" for key in rows}
        books.faults += [f"{fact} took effect without a row" for fact in effects if fact not in recorded]
        for key, entry in rows.items():
            if entry.state is State.PENDING:
                books.faults.append(f"{key} is still pending")
            elif (entry.state is State.DELIVERED) != (f"fact-{key}" in effects):
                books.faults.append(f"{key} is {entry.state}, and the backend thinks otherwise")
        if outbox.opening.salvage or outbox.verify().first_break:
            books.faults.append(f"damaged: {outbox.opening.salvage} {outbox.verify()}")
        outbox.close()


def kill(
    folder: Path, kills: int, seed: int, *, lives_per_file: int = 100, receipt_first: bool = False
) -> Books:
    """So many lives, each ended within 30 ms of its birth or of its first receipt.

    With `receipt_first` they hand out receipts for what is not on disk yet: the books must show it.
    """
    books, chance = Books(), random.Random(seed)
    while books.kills < kills:
        parent = Parent(folder / f"{books.kills}", chance)
        for _ in range(min(lives_per_file, kills - books.kills)):
            books.kills += 1
            parent.give_life(chance.uniform(0, 0.03), chance.getrandbits(48), receipt_first=receipt_first)
        parent.compare_books(books)
    return books

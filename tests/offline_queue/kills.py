"""Kills a process at random moments of its life with an outbox, thousands of times over.

A life: open the outbox; record facts, and hand out a receipt for each; send what is due; now and then take
a second copy, forget, take a rejected entry up again, take a bundle in, or change the key. It is cut short by
SIGKILL. Before some lives the file is damaged, where it costs no row: they begin with a salvage. The backend
lives on in the parent: a ledger that does the work of each key once, and is not to be relied on otherwise:
some answers get lost, some facts are refused, some must wait.

After the lives of one file the books are compared:
- every receipt has its row, and every fact that took effect has one
- every fact took effect once, and nothing was told again that had taken effect
- of each bundle all entries were taken in or none
- no number is missing, the chain is whole, and in the end nothing is left pending
"""

import os
import random
import select
import selectors
import shutil
import signal
import socket
import sqlite3
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from offline_queue import (
    Backoff,
    Bundle,
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
from offline_queue.bundle import Carried
from offline_queue.chain import Origin
from offline_queue.errors import KeyMismatch

OWNER = "kiosk-07"
VAULTS = [Vault.from_key(bytes(32)), Vault.from_key(bytes(range(32)))]
IN_A_BUNDLE = 3
IMPATIENT = Backoff(first_s=0.001, cap_s=0.01, urgent_cap_s=0.01)


@dataclass
class Books:
    """What was counted over all files, and whatever did not agree."""

    kills: int = 0
    salvages: int = 0
    key_changes: int = 0
    bundles: int = 0
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
            outbox = open_under_either_key(self._path)
            if outbox.opening.salvage is not None:
                os.write(self._receipts, b"done salvage\n")
            self._keys = [vault for vault in VAULTS if vault.key_id == outbox.key_id]
            self._keys += [vault for vault in VAULTS if vault not in self._keys]
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
        match self._chance.randrange(40):
            case 0:
                outbox.take_second_copy()
            case 1:
                outbox.forget(timedelta(seconds=0.05))
            case 2:
                for entry in outbox.entries(State.REJECTED, limit=1):
                    if entry.payload is not None:
                        outbox.retry(entry.key)
            case 3 | 4:
                self._take_in(outbox, self._chance.randrange(10**9))
            case 5 | 6 | 7 | 8:
                self._keys = [self._keys[1], self._keys[0]]
                outbox.change_key(self._keys[0])
                os.write(self._receipts, b"done rekeyed\n")

    def _take_in(self, outbox: Outbox, number: int) -> None:
        carried = []
        for place in range(IN_A_BUNDLE):
            key = f"bundle-{self._name}-{number}.{place}"
            person, payload = f"person-{place}", f"fact-{key}".encode()
            new = NewEntry(key, "contact_change", person, payload, datetime.now(UTC), "synchronised")
            carried.append(Carried(Origin("kiosk-09", 3 * number + place + 1), new))
        outbox.take_in(Bundle("kiosk-09", datetime.now(UTC), 3 * number + IN_A_BUNDLE, tuple(carried)))
        for one in carried:
            os.write(self._receipts, f"{one.new.key} fact-{one.new.key}\n".encode())
        os.write(self._receipts, b"done bundle\n")

    def _ask(self, question: str) -> str:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self._address)
            connection.sendall(question.encode() + b"\n")
            return connection.recv(64).decode()


def open_under_either_key(path: Path) -> Outbox:
    """Whatever key the life before has left in force: there is one."""
    try:
        return Outbox.open(path, VAULTS[0], owner=OWNER, copies=path.parent / "copies")
    except KeyMismatch:
        return Outbox.open(path, VAULTS[1], owner=OWNER, copies=path.parent / "copies")


class Parent:
    """Gives lives, answers their questions, takes their receipts, and ends them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        folder.mkdir(parents=True)
        self._path = folder / "outbox.db"
        self._address = str(folder / "backend")
        self._chance = chance
        self.backend = Backend(chance)
        self.receipts: dict[str, str] = {}
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self._address)
        self._server.listen(8)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._server, selectors.EVENT_READ)

    def damage(self) -> None:
        """Have the head name another key, which only a salvage puts right; and tidy up as technicians do."""
        for aside in self._path.parent.glob("*.damaged-*"):
            shutil.rmtree(aside)
        damaged = closing(sqlite3.connect(self._path, isolation_level=None))
        with damaged as connection, suppress(sqlite3.OperationalError):  # killed before there was a table
            connection.execute("UPDATE head SET key_id = 'damaged'")

    def give_life(self, seconds: float, seed: int, *, receipt_first: bool, watch: bool = True) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            Life(self._path, self._address, writing, seed, receipt_first=receipt_first).live()
        os.close(writing)
        if watch and self._chance.random() < 0.7:  # the others may be killed before they have opened the file
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
                if key == "done":
                    self.done[fact] += 1
                else:
                    self.receipts[key] = fact
        if fault:
            self.faults.append(fault)

    def compare_books(self, books: Books) -> None:
        """Let what is pending be sent, without killing, and compare."""
        self._server.close()
        self._selector.close()
        outbox = open_under_either_key(self._path)
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
        bundles = Counter(key.split(".")[0] for key in rows if key.startswith("bundle"))
        torn = [bundle for bundle, count in bundles.items() if count != IN_A_BUNDLE]
        books.faults += [f"{bundle} was taken in in part" for bundle in torn]
        books.salvages += self.done["salvage"]
        books.key_changes += self.done["rekeyed"]
        books.bundles += self.done["bundle"]
        if outbox.summary().lost or outbox.verify().first_break:
            books.faults.append(f"damaged: {outbox.summary()} {outbox.verify()}")
        outbox.close()


def kill(
    folder: Path, kills: int, seed: int, *, lives_per_file: int = 100, receipt_first: bool = False
) -> Books:
    """So many lives, each ended within 30 ms of its birth or of its first receipt; of those that begin with a
    salvage, within 30 ms of their birth.

    With `receipt_first` they hand out receipts for what is not on disk yet: the books must show it.
    """
    books, chance = Books(), random.Random(seed)
    while books.kills < kills:
        parent = Parent(folder / f"{books.kills}", chance)
        for life in range(min(lives_per_file, kills - books.kills)):
            books.kills += 1
            is_damaged = life > 0 and chance.random() < 0.15
            if is_damaged:
                parent.damage()
            seconds, seed = chance.uniform(0, 0.03), chance.getrandbits(48)
            parent.give_life(seconds, seed, receipt_first=receipt_first, watch=not is_damaged)
        parent.compare_books(books)
    return books

"""What the reference backend keeps, in SQLite. One connection behind a lock: a workbench, not a data centre.

Secrets are kept as digests. Everything survives a restart on the same file.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from threading import RLock

from kiosk.backend.emulator.register import Card, Holder, Standing, Visit
from kiosk.backend.emulator.schema import SCHEMA
from kiosk.domain.cards import CardState, ProductionStage
from kiosk.domain.contact import ContactDetails
from kiosk.domain.transaction import IdentityLevel


class Store:
    """The file. Values go in and out; what they mean is decided elsewhere."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or keep all in memory when there is none."""
        self._lock = RLock()
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA synchronous = OFF")  # a workbench may forget when the power fails
        self._connection.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def content(self) -> bytes:
        """Return everything there is, to be taken over by another store."""
        with self._lock:
            return self._connection.serialize()

    def take_over(self, content: bytes) -> None:
        """Become a copy of another store."""
        with self._lock, closing(sqlite3.connect(":memory:")) as other:
            other.deserialize(content)
            other.backup(self._connection)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Everything in it happens, or nothing does; nobody else gets in between."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    # -- people -------------------------------------------------------------------------------------

    def is_empty(self) -> bool:
        """Whether nobody is on record yet."""
        return not self._rows("SELECT 1 FROM holders LIMIT 1")

    def add_holder(self, holder: Holder, password_digest: str) -> None:
        """Put a person on record."""
        self._insert(
            "holders",
            number=holder.number,
            name=holder.name,
            other_names=json.dumps(holder.other_names),
            region=holder.region,
            employer=holder.employer,
            contact=json.dumps(asdict(holder.contact)),
            contact_version=holder.contact_version,
            standing=holder.standing.value,
            initial_password=int(holder.initial_password),
            wrong_tries=holder.wrong_tries,
            password_digest=password_digest,
        )

    def holder(self, number: str) -> Holder | None:
        """Return a person."""
        for row in self._rows("SELECT * FROM holders WHERE number = ?", number):
            return Holder(
                number=row["number"],
                name=row["name"],
                other_names=tuple(json.loads(row["other_names"])),
                region=row["region"],
                employer=row["employer"],
                contact=ContactDetails(**json.loads(row["contact"])),
                contact_version=row["contact_version"],
                standing=Standing(row["standing"]),
                initial_password=bool(row["initial_password"]),
                wrong_tries=row["wrong_tries"],
            )
        return None

    def password_digest(self, number: str) -> str:
        """Return the digest of a person's password."""
        return str(self._rows("SELECT password_digest FROM holders WHERE number = ?", number)[0][0])

    def reset_password(self, number: str, digest: str) -> None:
        """Keep the digest of an initial password; the count of wrong ones begins anew."""
        self._do(
            "UPDATE holders SET password_digest = ?, initial_password = 1, wrong_tries = 0 WHERE number = ?",
            digest,
            number,
        )

    def count_tries(self, number: str, wrong_tries: int) -> None:
        """Keep the number of consecutive wrong passwords."""
        self._do("UPDATE holders SET wrong_tries = ? WHERE number = ?", wrong_tries, number)

    def change_contact(self, number: str, contact: ContactDetails) -> None:
        """Keep new contact details, as a new version."""
        written = json.dumps(asdict(contact))
        self._do(
            "UPDATE holders SET contact = ?, contact_version = contact_version + 1 WHERE number = ?",
            written,
            number,
        )

    def mark(self, number: str, standing: Standing) -> None:
        """Note how a person stands."""
        self._do("UPDATE holders SET standing = ? WHERE number = ?", standing.value, number)

    def note_told(self, number: str, phone: str, at: datetime) -> None:
        """Note that a message about a change went to the number before it."""
        self._insert("told_to", holder_number=number, phone=phone, at=at.isoformat())

    def told_phones(self, number: str) -> tuple[str, ...]:
        """Return the numbers that were told of a change."""
        rows = self._rows("SELECT phone FROM told_to WHERE holder_number = ? ORDER BY rowid", number)
        return tuple(row["phone"] for row in rows)

    # -- cards --------------------------------------------------------------------------------------

    def put_card(self, card: Card) -> None:
        """Keep a card as it now is."""
        self._insert(
            "cards",
            card_number=card.card_number,
            card_id=card.card_id,
            holder_number=card.holder_number,
            state=card.state.value,
            bank=card.bank,
            issued_on=_text(card.issued_on),
            state_since=_text(card.state_since),
            stage=card.stage and card.stage.value,
            lost_since=_text(card.lost_since),
            loss_number=card.loss_number,
            found_at=_text(card.found_at),
        )

    def card(self, card_number: str) -> Card | None:
        """Return the card of this number."""
        return next(self._cards("card_number = ?", card_number), None)

    def card_by_id(self, card_id: str) -> Card | None:
        """Return the card of this 卡识别码."""
        return next(self._cards("card_id = ?", card_id), None)

    def cards_of(self, number: str) -> tuple[Card, ...]:
        """Return a person's cards, the newest first."""
        return tuple(self._cards("holder_number = ? ORDER BY issued_on DESC, card_number", number))

    def lost_cards(self) -> tuple[Card, ...]:
        """Return the cards that are reported lost."""
        return tuple(self._cards("lost_since IS NOT NULL ORDER BY card_number"))

    def _cards(self, where: str, *values: object) -> Iterator[Card]:
        for row in self._rows(f"SELECT * FROM cards WHERE {where}", *values):  # noqa: S608  ours, see above
            yield Card(
                card_number=row["card_number"],
                card_id=row["card_id"],
                holder_number=row["holder_number"],
                state=CardState(row["state"]),
                bank=row["bank"],
                issued_on=date.fromisoformat(row["issued_on"]) if row["issued_on"] else None,
                state_since=_moment(row["state_since"]),
                stage=ProductionStage(row["stage"]) if row["stage"] else None,
                lost_since=_moment(row["lost_since"]),
                loss_number=row["loss_number"],
                found_at=_moment(row["found_at"]),
            )

    # -- records ------------------------------------------------------------------------------------

    def add_contributions(self, rows: Iterable[tuple[str, str, str, int, int, int, bool]]) -> None:
        """Keep contributions: holder, month, insurance, base, own, employer, paid."""
        with self._lock:
            self._connection.executemany("INSERT INTO contributions VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def contributions(
        self, number: str, *, insurance: str | None, first: str, last: str, after: tuple[str, str], limit: int
    ) -> list[sqlite3.Row]:
        """Return contributions between two months, newest first, after a month and insurance."""
        return self._rows(
            """
            SELECT * FROM contributions
            WHERE holder_number = ? AND month BETWEEN ? AND ? AND (?4 IS NULL OR insurance = ?4)
              AND (month < ?5 OR (month = ?5 AND insurance > ?6))
            ORDER BY month DESC, insurance LIMIT ?7
            """,
            number, first, last, insurance, *after, limit,
        )  # fmt: skip

    def add_record(self, number: str, topic: str, answer: str) -> None:
        """Keep the answer about a topic."""
        self._insert("records", holder_number=number, topic=topic, answer=answer)

    def record(self, number: str, topic: str) -> str | None:
        """Return the answer about a topic, if there is one."""
        rows = self._rows("SELECT answer FROM records WHERE holder_number = ? AND topic = ?", number, topic)
        return rows[0]["answer"] if rows else None

    # -- visits -------------------------------------------------------------------------------------

    def add_visit(self, visit: Visit, secret_digest: str) -> None:
        """Keep a visit."""
        self._insert(
            "visits",
            visit_id=visit.visit_id,
            secret_digest=secret_digest,
            kiosk=visit.kiosk,
            holder_number=visit.holder_number,
            card_number=visit.card_number,
            level=visit.level.value,
            checks=visit.checks,
            opened_at=visit.opened_at.isoformat(),
            used_at=visit.used_at.isoformat(),
            closed=int(visit.closed),
        )

    def visit(self, visit_id: str) -> tuple[Visit, str] | None:
        """Return a visit and the digest of its secret."""
        for row in self._rows("SELECT * FROM visits WHERE visit_id = ?", visit_id):
            visit = Visit(
                visit_id=row["visit_id"],
                kiosk=row["kiosk"],
                holder_number=row["holder_number"],
                card_number=row["card_number"],
                level=IdentityLevel(row["level"]),
                checks=row["checks"],
                opened_at=datetime.fromisoformat(row["opened_at"]),
                used_at=datetime.fromisoformat(row["used_at"]),
                closed=bool(row["closed"]),
            )
            return visit, row["secret_digest"]
        return None

    def use_visit(self, visit_id: str, at: datetime) -> None:
        """Note that a visit was spoken for."""
        self._do("UPDATE visits SET used_at = ? WHERE visit_id = ?", at.isoformat(), visit_id)

    def prove_password(self, visit_id: str) -> None:
        """Note that the backend accepted the password in a visit."""
        level = IdentityLevel.CARD_AND_PASSWORD.value
        self._do("UPDATE visits SET level = ?, checks = checks + 1 WHERE visit_id = ?", level, visit_id)

    def spend_second_check(self, visit_id: str) -> None:
        """Note that a change was told: the next one in the visit takes the password once more."""
        self._do("UPDATE visits SET checks = MIN(checks, 1) WHERE visit_id = ?", visit_id)

    def close_visit(self, visit_id: str) -> None:
        """End a visit."""
        self._do("UPDATE visits SET closed = 1 WHERE visit_id = ?", visit_id)

    def close_visits_of(self, number: str) -> None:
        """End all visits of a person."""
        self._do("UPDATE visits SET closed = 1 WHERE holder_number = ?", number)

    # -- transactions -------------------------------------------------------------------------------

    def put_transaction(self, key: str, **row: str | int) -> None:
        """Keep a transaction and the answer to it."""
        self._insert("transactions", key=key, **row)

    def answer_transaction(self, key: str, answer: str) -> None:
        """Keep another answer to a transaction that was pending."""
        self._do("UPDATE transactions SET answer = ? WHERE key = ?", answer, key)

    def transaction(self, key: str) -> sqlite3.Row | None:
        """Return a transaction."""
        return next(iter(self._rows("SELECT * FROM transactions WHERE key = ?", key)), None)

    def transactions(self) -> list[sqlite3.Row]:
        """Return all transactions in the order they arrived."""
        return self._rows("SELECT * FROM transactions ORDER BY rowid")

    def transactions_of(self, number: str, limit: int) -> list[sqlite3.Row]:
        """Return a person's transactions, the last to arrive first."""
        return self._rows(
            "SELECT * FROM transactions WHERE holder_number = ? ORDER BY rowid DESC LIMIT ?", number, limit
        )

    def transaction_numbered(self, kiosk: str, sequence: int) -> sqlite3.Row | None:
        """Return the last transaction whose receipt bears this number, which begins anew after a million."""
        found = self._rows(
            """
            SELECT * FROM transactions WHERE kiosk = ? AND sequence % 1000000 = ?
            ORDER BY rowid DESC LIMIT 1
            """,
            kiosk, sequence,
        )  # fmt: skip
        return next(iter(found), None)

    def sequences(self, kiosk: str) -> list[int]:
        """Return the numbers that arrived from a kiosk, in order."""
        rows = self._rows("SELECT sequence FROM transactions WHERE kiosk = ? ORDER BY sequence", kiosk)
        return [row["sequence"] for row in rows]

    # -- kiosks -------------------------------------------------------------------------------------

    def know_kiosk(self, kiosk: str, address: str) -> None:
        """Keep the address a kiosk signs bundles with."""
        self._do("INSERT OR REPLACE INTO kiosks VALUES (?, ?)", kiosk, address)

    def known_kiosks(self) -> list[tuple[str, str]]:
        """Return each known kiosk and its address."""
        return [(row["kiosk"], row["address"]) for row in self._rows("SELECT kiosk, address FROM kiosks")]

    # -- numbers ------------------------------------------------------------------------------------

    def next_number(self) -> int:
        """Return a number that was never given before."""
        with self._lock:
            if not self._rows("SELECT last FROM numbers"):
                self._do("INSERT INTO numbers VALUES (0)")
            self._do("UPDATE numbers SET last = last + 1")
            return int(self._rows("SELECT last FROM numbers")[0][0])

    # -- SQL ----------------------------------------------------------------------------------------

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: object) -> None:
        with self._lock:
            self._connection.execute(sql, values)

    def _insert(self, table: str, **row: object) -> None:
        names, places = ", ".join(row), ", ".join("?" * len(row))
        self._do(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})", *row.values())  # noqa: S608


def _text(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""What the staff at a window, and 12333, do with cards and people: hands for tests and the workbench."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kiosk.backend.emulator.register import Card, Standing
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.visit_desk import password_digest
from kiosk.domain.cards import CardState, ProductionStage
from kiosk.domain.contact import ContactDetails
from kiosk.domain.measures.security import TRIES


class Window:
    """The window and the hotline. Raises LookupError for a card or person that is not on record."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def report_loss(self, card_number: str) -> None:
        """Take down a loss by telephone (Art 19)."""
        now = self._now()
        number = f"{now:%Y%m%d}{self._store.next_number():06d}"
        self._put(
            card_number, state=CardState.LOSS_REPORTED, state_since=now, lost_since=now, loss_number=number
        )

    def un_loss(self, card_number: str) -> None:
        """The card was found, and its holder is at the window with it (Art 19)."""
        now = self._now()
        self._put(
            card_number,
            state=CardState.NORMAL,
            state_since=now,
            lost_since=None,
            loss_number="",
            found_at=now,
        )

    def set_state(self, card_number: str, state: CardState) -> None:
        """Give a card another state, as the province's system would. A locked one means a locked account."""
        if state is CardState.PASSWORD_LOCKED:
            self._store.count_tries(self._card(card_number).holder_number, TRIES)
        else:
            self._put(card_number, state=state, state_since=self._now())

    def replace_card(self, card_number: str, *, new_number: str, new_id: str) -> None:
        """Hand out a new card for an old one (Art 9)."""
        now, old = self._now(), self._card(card_number)
        with self._store.work():
            self._put(card_number, state=CardState.REPLACED, state_since=now, lost_since=None)
            fresh = Card(
                card_number=new_number,
                card_id=new_id,
                holder_number=old.holder_number,
                state=CardState.NORMAL,
                bank=old.bank,
                issued_on=now.date(),
                state_since=now,
                stage=None,
                lost_since=None,
                loss_number="",
                found_at=None,
            )
            self._store.put_card(fresh)

    def take_application(self, card_number: str, *, new_number: str, new_id: str) -> None:
        """Have a new card made for an old one, which serves until it is handed out (Art 5, 9)."""
        old = self._card(card_number)
        self._store.put_card(
            Card(
                card_number=new_number,
                card_id=new_id,
                holder_number=old.holder_number,
                state=CardState.IN_PRODUCTION,
                bank=old.bank,
                issued_on=None,
                state_since=self._now(),
                stage=ProductionStage.COLLECTED,
                lost_since=None,
                loss_number="",
                found_at=None,
            )
        )

    def report_stage(self, card_number: str, stage: ProductionStage) -> None:
        """Note how far a card has come on its way to its holder (Art 5)."""
        self._put(card_number, stage=stage)

    def reset_password(self, number: str, password: str) -> None:
        """Give somebody an initial password (Art 25), which is to be changed soon (Art 23)."""
        self._store.reset_password(number, password_digest(password))

    def unlock(self, number: str) -> None:
        """Unlock the account of somebody who came with card and ID card (Art 24)."""
        self._store.count_tries(number, 0)

    def change_contact(self, number: str, contact: ContactDetails) -> None:
        """Change the contact details, as the window or the web site does (Art 18)."""
        self._store.change_contact(number, contact)

    def mark(self, number: str, standing: Standing) -> None:
        """Note that a holder is deceased or has left (Art 13)."""
        self._store.mark(number, standing)

    def _card(self, card_number: str) -> Card:
        card = self._store.card(card_number)
        if card is None:
            raise LookupError("no such card")
        return card

    def _put(self, card_number: str, **changes: object) -> None:
        with self._store.work():
            self._store.put_card(replace(self._card(card_number), **changes))  # type: ignore[arg-type]

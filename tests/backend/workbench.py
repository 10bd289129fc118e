"""People, documents and hand-made requests for the tests of the backend. Everybody here is invented."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any

import requests
import uuid_utils

from drivers.id_card_reader.document import check_character
from kiosk.backend.emulator.description import describe
from kiosk.backend.emulator.register import Standing
from kiosk.backend.emulator.seed import Living, Person, SeedCard
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.domain.cards import CardState, ChipCard
from kiosk.domain.contact import ContactDetails

NOON = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
BEFORE_NOON = NOON - timedelta(hours=1)


def number(serial: int, born: str = "19600101") -> str:
    """Return a well-formed citizen number nobody has."""
    body = f"410702{born}{serial:03d}"
    return body + check_character(body)


def card(
    serial: int, state: CardState = CardState.NORMAL, *, region: str = "410700", **more: Any
) -> SeedCard:
    """Return a card."""
    more.setdefault("issued_on", date(2021, 9, 1))
    return SeedCard(f"{region}D156000005{serial:08d}FFFFFFFF", f"X{serial:08d}", state, **more)


CONTACT = ContactDetails("13800000001", "河南省新乡市红旗区向阳路1号", "453000", "old@example.com")

WANG = Person(
    number(1),
    "王秀英",
    (card(1),),
    "246810",
    employer="新乡市向阳纺织厂",
    contact=CONTACT,
    initial_password=True,
)
LI = Person(number(2), "李建国", (card(2),), "135790", contact=CONTACT, living=Living.RETIRED)
# Without records, which take their time to be made up.
Unrecorded = partial(Person, living=Living.ELSEWHERE)
TWO_CARDS = Unrecorded(number(3), "赵二卡", (card(31), card(32, CardState.NOT_ACTIVATED)), "111111")
DECEASED = Unrecorded(number(4), "已故者", (card(4),), "222222", standing=Standing.DECEASED)
LEFT = Unrecorded(number(5), "离职者", (card(5),), "333333", standing=Standing.LEFT)
LOCKED = Unrecorded(number(6), "忘密者", (card(6, CardState.PASSWORD_LOCKED),), "444444")
ZHENGZHOU = Unrecorded(number(7), "孙桂兰", (card(7, region="410100"),), "555555")
OTHER_PROVINCE = Unrecorded(number(8), "外省人", (card(8, region="650100"),), "666666")
LOST_SINCE = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
ALREADY_LOST = Unrecorded(
    number(9), "失卡者", (card(9, CardState.LOSS_REPORTED, lost_since=LOST_SINCE),), "777777"
)
BY_STATE = {
    state: Unrecorded(number(20 + place), "状态者", (card(20 + place, state),), "888888")
    for place, state in enumerate(CardState)
}
NOT_USABLE = {
    CardState.LOSS_REPORTED: "card_lost",
    CardState.TEMPORARILY_LOST: "card_lost",
    CardState.CANCELLED: "cancelled",
    CardState.REPLACED: "replaced",
    CardState.SEALED: "sealed",
    CardState.IN_PRODUCTION: "in_production",
}
PEOPLE = (
    WANG, LI, TWO_CARDS, DECEASED, LEFT, LOCKED, ZHENGZHOU, OTHER_PROVINCE, ALREADY_LOST, *BY_STATE.values(),
)  # fmt: skip


def chip(person: Person, *, blank: bool = False) -> ChipCard:
    """Return the person's first card as a reader would read it; contactless it tells its id only."""
    own = person.cards[0]
    told = (None, None, None) if blank else (own.card_number, person.number, person.name)
    return ChipCard(own.card_id, own.card_id[:6], *told, spec_version="3.00")


def new_key() -> str:
    """Return a new idempotency key."""
    return str(uuid_utils.uuid7())


def by_card(person: Person, **changes: Any) -> dict[str, Any]:
    """Return the question that opens a visit by card, as JSON."""
    own = person.cards[0]
    credential = {
        "kind": "social_security_card", "card_id": own.card_id, "card_number": own.card_number,
        "holder_number": person.number, "password_checked_by_card": True,
    }  # fmt: skip
    return {"kiosk": "0001", "credential": credential | changes}


def by_id_card(person: Person, **changes: Any) -> dict[str, Any]:
    """Return the question that opens a visit by ID card, as JSON."""
    credential = {"kind": "id_card", "name": person.name, "number": person.number}
    return {"kiosk": "0001", "credential": credential | changes}


def loss(person: Person, card_number: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return a loss report as JSON; without a card number, of the person's first card."""
    lost = person.cards[0].card_number if card_number is None else card_number
    return told(person, {"kind": "loss_report", "card_number": lost}, 1, **changes)


def change(
    person: Person, visit_id: str, fields: dict[str, str] | None = None, **changes: Any
) -> dict[str, Any]:
    """Return a contact change as JSON, level 3 by the card's check, made at noon in a visit."""
    fields = fields or {"phone": "13900000009"}
    order = {
        "kind": "contact_change",
        "version": changes.pop("version", "1"),
        "changes": [
            {"field": name, "before": getattr(person.contact, name, ""), "after": after}
            for name, after in fields.items()
        ],
    }
    evidence = {"level": 3, "verified_by": "card", "visit_id": visit_id} | changes.pop("evidence", {})
    return told(person, order, 3, evidence=evidence, **{"captured_at": NOON.isoformat()} | changes)


def told(person: Person, order: dict[str, Any], level: int, **changes: Any) -> dict[str, Any]:
    """Return a transaction as JSON."""
    return {
        "holder_name": person.name, "holder_number": person.number,
        "captured_at": BEFORE_NOON.isoformat(), "clock": "synchronised", "kiosk": "0001",
        "evidence": {"level": level, "verified_by": "", "visit_id": ""}, "order": order, "sequence": 1,
    } | changes  # fmt: skip


class ByHand:
    """Requests made by hand, each answer held against the API's own description."""

    def __init__(self, backend: ReferenceBackend) -> None:
        self.url = backend.url
        self._session = requests.Session()
        self._session.trust_env = False

    def ask(
        self, method: str, path: str, *, token: str = "", key: str = "", **more: Any
    ) -> requests.Response:
        """Send one request."""
        headers = more.pop("headers", {})
        if token:
            headers |= {"Authorization": f"Bearer {token}"}
        if key:
            headers |= {"Idempotency-Key": key}
        answer = self._session.request(
            method, self.url + path, headers=headers, timeout=20, allow_redirects=False, **more
        )
        check_described(method, path, answer)
        return answer

    def open(self, question: dict[str, Any]) -> str:
        """Open a visit and return its token."""
        answer = self.ask("POST", "/v1/visits", json=question)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def read(self, token: str, topic: str) -> requests.Response:
        """Ask for a topic of the records."""
        return self.ask("GET", f"/v1/visits/{visit_id(token)}/{topic}", token=token)

    def try_password(self, token: str, password: str) -> requests.Response:
        """Ask whether this is the password."""
        path = f"/v1/visits/{visit_id(token)}/password"
        return self.ask("POST", path, token=token, json={"password": password})

    def tell(self, document: dict[str, Any], key: str = "") -> requests.Response:
        """Tell a transaction."""
        return self.ask("POST", "/v1/transactions", key=key or new_key(), json=document)

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()


def visit_id(token: str) -> str:
    """Return the visit's number."""
    return token.partition(".")[0]


def code(answer: requests.Response) -> str:
    """Return "201", or "422 stale" of a refusal."""
    if answer.status_code < 400:
        return str(answer.status_code)
    return f"{answer.status_code} {answer.json()['code']}"


def check_described(method: str, path: str, answer: requests.Response) -> None:
    """Hold an answer against the OpenAPI document: its status is foreseen, with this media type."""
    path = path.partition("?")[0]
    for pattern, operations in _described():
        if pattern.fullmatch(path) and method.lower() in operations:
            responses = operations[method.lower()]["responses"]
            said = f"{method} {path}: {answer.status_code} {answer.headers.get('Content-Type')}"
            assert str(answer.status_code) in responses, f"{said} is not described"
            content = responses[str(answer.status_code)].get("content", {})
            media_type = answer.headers.get("Content-Type", "").partition(";")[0]
            assert media_type in (content or {""}), f"{said} is not described"
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
        assert answer.headers["Cache-Control"] == "no-store"


@cache
def _described() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    paths = sorted(describe()["paths"].items(), key=lambda item: "{" in item[0])
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operations) for path, operations in paths]

"""Every way we know to fake an acceptance, tried; and every guard against them, taken away to see it missed.

The forgeries are tried on a copy of kiosk/domain/transaction.py. Whole, it refuses all of them. Without any
one of its guards it lets one through: so a guard can't be lost, or weakened, without a test that fails.
"""

import ast
import copy
import pickle
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from kiosk.domain import transaction

SOURCE = Path(transaction.__file__).read_text(encoding="utf-8")
KEY, OTHER_KEY = "01930000-0000-7000-8000-000000000001", "01930000-0000-7000-8000-000000000002"
NOW = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)


def genuine(types: Any) -> Any:
    """Return what the backend's own word becomes."""
    return types.Effective(types.Acceptance(KEY, "20261012000001", NOW, seal=types.BACKENDS_SEAL))


def told(types: Any, state: Any, key: str = KEY) -> Any:
    """Return a transaction that screens and slips would believe."""
    kind, clock = types.TransactionKind.LOSS_REPORT, types.ClockQuality.SYNCHRONISED
    return types.Transaction(key, "0001-000001-8", kind, NOW, clock, "0001", "王*英", "4*1", state)


# --- what the language itself refuses ------------------------------------------------------------


def with_no_seal(types: Any) -> Any:
    return types.Acceptance(KEY, "made up", NOW)


def by_replacing_its_number(types: Any) -> Any:
    return replace(genuine(types).acceptance, number="made up")


def by_writing_into_a_genuine_one(types: Any) -> Any:
    genuine(types).acceptance.number = "made up"


# --- what the guards refuse ----------------------------------------------------------------------


class EqualToAnything:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


def with_a_seal_of_its_own(types: Any) -> Any:
    return types.Acceptance(KEY, "made up", NOW, seal=object())


def with_no_seal_at_all_said_aloud(types: Any) -> Any:
    return types.Acceptance(KEY, "made up", NOW, seal=None)


def with_a_copied_seal(types: Any) -> Any:
    return types.Acceptance(KEY, "made up", NOW, seal=copy.copy(types.BACKENDS_SEAL))


def with_a_seal_equal_to_anything(types: Any) -> Any:
    return types.Acceptance(KEY, "made up", NOW, seal=EqualToAnything())


def by_replacing_its_number_and_seal(types: Any) -> Any:
    return replace(genuine(types).acceptance, number="made up", seal=object())


def by_copying_one(types: Any) -> Any:
    return copy.copy(genuine(types).acceptance)


def by_copying_the_state_of_another(types: Any) -> Any:
    return copy.deepcopy(genuine(types))


def by_pickling_one(types: Any) -> Any:
    return pickle.loads(pickle.dumps(genuine(types)))


def of_a_subclass(types: Any) -> Any:
    class Unsealed(types.Acceptance):
        def __post_init__(self, seal: object) -> None:
            """Ask for nothing."""

    return types.Effective(Unsealed(KEY, "made up", NOW, seal=None))


def of_something_that_looks_like_one(types: Any) -> Any:
    return types.Effective(SimpleNamespace(key=KEY, number="made up", effective_at=NOW, already=False))


def of_nothing(types: Any) -> Any:
    return types.Effective(None)


def by_replacing_the_acceptance_of_a_state(types: Any) -> Any:
    return replace(genuine(types), acceptance=SimpleNamespace(key=KEY))


def with_the_acceptance_of_another(types: Any) -> Any:
    return told(types, genuine(types), OTHER_KEY)


def by_giving_an_effective_transaction_another_key(types: Any) -> Any:
    return replace(told(types, genuine(types)), key=OTHER_KEY)


def with_a_state_of_a_subclass(types: Any) -> Any:
    class Unchecked(types.Effective):
        def __post_init__(self) -> None:
            """Check nothing."""

    return told(types, Unchecked(SimpleNamespace(key=KEY, number="made up", effective_at=NOW)))


def with_something_that_looks_like_a_state(types: Any) -> Any:
    return told(types, SimpleNamespace(acceptance=SimpleNamespace(key=KEY)))


IMPOSSIBLE = (with_no_seal, by_replacing_its_number, by_writing_into_a_genuine_one)
FORGERIES = (
    with_a_seal_of_its_own, with_no_seal_at_all_said_aloud, with_a_copied_seal, with_a_seal_equal_to_anything,
    by_replacing_its_number_and_seal, by_copying_one, by_copying_the_state_of_another, by_pickling_one,
    of_a_subclass, of_something_that_looks_like_one, of_nothing,
    by_replacing_the_acceptance_of_a_state, with_the_acceptance_of_another,
    by_giving_an_effective_transaction_another_key, with_a_state_of_a_subclass,
    with_something_that_looks_like_a_state,
)  # fmt: skip

# --- the guards ----------------------------------------------------------------------------------


def is_guard(node: ast.stmt) -> bool:
    """Whether a statement refuses forgeries, and does nothing else."""
    match node:
        case ast.If(body=[ast.Raise(exc=ast.Call(func=ast.Name(id="ForgedAcceptance")))], orelse=[]):
            return True
        case ast.FunctionDef(body=[ast.Raise(exc=ast.Call(func=ast.Name(id="ForgedAcceptance")))]):
            return True
    return False


GUARDS = {ast.unparse(node): node for node in ast.walk(ast.parse(SOURCE)) if is_guard(node)}
WEAKER = {
    "seal is not BACKENDS_SEAL": "seal != BACKENDS_SEAL",
    "seal is not ": "seal is None and seal is not ",
    "type(self.acceptance) is not Acceptance": "not isinstance(self.acceptance, Acceptance)",
    "type(self.state) not in (Pending, Effective, Rejected)": "not isinstance(self.state, TransactionState)",
    "self.state.acceptance.key != self.key": "not self.state.acceptance.key",
}


class Without(ast.NodeTransformer):
    """Takes guards away."""

    def __init__(self, *guards: str) -> None:
        self.guards = guards
        self.taken = 0

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.stmt) and is_guard(node) and ast.unparse(node) in self.guards:
            self.taken += 1
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[ast.Module], ModuleType]:
    """Load a copy of the module, known by its name as pickle wants it."""

    def loaded(tree: ast.Module) -> ModuleType:
        module = ModuleType("transaction_under_attack")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(ast.fix_missing_locations(tree), module.__name__, "exec"), module.__dict__)
        return module

    return loaded


def let_through(types: Any, forgery: Callable[[Any], Any]) -> bool:
    try:
        forgery(types)
    except (types.ForgedAcceptance, AttributeError, ValueError, TypeError):
        return False
    return True


@pytest.mark.parametrize("forgery", [*IMPOSSIBLE, *FORGERIES])
def test_an_acceptance_is_not_made(forgery: Callable[[Any], Any]) -> None:
    assert told(transaction, genuine(transaction)).state.acceptance.number == "20261012000001"
    expected = (
        (AttributeError, ValueError, TypeError) if forgery in IMPOSSIBLE else transaction.ForgedAcceptance
    )
    with pytest.raises(expected):
        forgery(transaction)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_without_any_guard_a_forgery_would_be_believed(load, forgery: Callable[[Any], Any]) -> None:
    unguarded = load(Without(*GUARDS).visit(ast.parse(SOURCE)))
    assert let_through(unguarded, forgery)


@pytest.mark.parametrize("guard", GUARDS)
def test_no_guard_can_be_taken_away_unnoticed(load, guard: str) -> None:
    without = Without(guard)
    types = load(without.visit(ast.parse(SOURCE)))
    assert without.taken == 1
    assert any(let_through(types, forgery) for forgery in FORGERIES)


@pytest.mark.parametrize("strong", WEAKER)
def test_no_guard_can_be_weakened_unnoticed(load, strong: str) -> None:
    assert strong in SOURCE
    types = load(ast.parse(SOURCE.replace(strong, WEAKER[strong])))
    assert any(let_through(types, forgery) for forgery in FORGERIES)


def test_the_guards_are_those_we_know() -> None:
    assert len(GUARDS) == SOURCE.count("raise ForgedAcceptance(") == 5

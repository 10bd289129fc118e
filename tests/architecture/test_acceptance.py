"""Who may name what an acceptance is made from. The table is the documentation; this test holds it.

    the backend's bytes -> reply.py parses what client.py expects -> contract.py seals
    the outbox's row    -> delivery.py parses the backend's own answer again -> contract.py seals

Python lets any code do anything to any object; what is held here is that no code of ours does.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.test_imports import FILES, lies_in, module_of

CONTRACT, DELIVERY, EMULATOR = "kiosk.backend.contract", "kiosk.backend.delivery", "kiosk.backend.emulator"
CLIENT = "kiosk.backend.client"

MAY_NAME = {
    "BACKENDS_SEAL": {"kiosk.domain.transaction", CONTRACT},
    "StandingAnswer": {CONTRACT},
    "AcceptanceAnswer": {CONTRACT, EMULATOR},
    "TransactionAnswer": {CONTRACT, CLIENT, DELIVERY, EMULATOR},
    "ReceiptAnswer": {CONTRACT, CLIENT, EMULATOR},
    "TransactionsAnswer": {CONTRACT, CLIENT, EMULATOR},
}
ANSWERS = set(MAY_NAME) - {"BACKENDS_SEAL"}

MAY_MAKE = {DELIVERY, EMULATOR}
"""Where an answer may be made or parsed by its own name; reply.py parses whatever it is asked to."""

AROUND_THE_CONSTRUCTOR = {"__new__", "__setattr__", "__setstate__", "__reduce_ex__", "model_construct"}
UNTYPED_COPIES = {"pickle", "copy", "copyreg", "marshal", "shelve"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in FILES:
        yield module_of(path), ast.parse(path.read_text(encoding="utf-8"))


def named_in(tree: ast.Module) -> set[str]:
    """Return every name a module uses, in whatever way: imported, asked of a module, or as a text."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                found.add(name)
            case ast.alias(name=name):
                found.add(name.rpartition(".")[2])
    return found


def made_in(tree: ast.Module) -> set[str]:
    """Return the classes a module calls, or calls a method of."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)):
                    found.add(name)
                case ast.Attribute(value=ast.Attribute(attr=name)):
                    found.add(name)
    return found


@pytest.mark.parametrize("name", MAY_NAME)
def test_only_its_own_modules_name(name: str) -> None:
    naming = {module for module, tree in trees() if name in named_in(tree)}
    assert naming, "a table of what is not there proves nothing"
    assert {module for module in naming if not lies_in(module, MAY_NAME[name])} == set()


def test_only_the_delivery_and_the_reference_backend_make_an_answer() -> None:
    making = {module for module, tree in trees() if made_in(tree) & ANSWERS}
    assert DELIVERY in making
    assert {module for module in making if not lies_in(module, MAY_MAKE)} == set()


def test_no_code_goes_around_a_constructor() -> None:
    for module, tree in trees():
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not used & AROUND_THE_CONSTRUCTOR, module
        imported = {
            (node.module if isinstance(node, ast.ImportFrom) else alias.name) or ""
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not imported & UNTYPED_COPIES, module

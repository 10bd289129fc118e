"""docs/backend-api.yaml is what the reference backend serves."""

from pathlib import Path

from kiosk.backend.emulator.description import describe, described
from kiosk.backend.message import Code

DOCUMENT = Path(__file__).parents[2] / "docs" / "backend-api.yaml"


def test_the_document_is_current() -> None:
    renew = "python -m kiosk.backend.emulator.description > docs/backend-api.yaml"
    assert DOCUMENT.read_text(encoding="utf-8") == described(), f"renew it: {renew}"


def test_every_refusal_is_described_somewhere() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    # Two come from the router itself, at addresses and methods that are not described.
    for code in set(Code) - {Code.NOT_FOUND, Code.WRONG_METHOD}:
        assert f"`{code.text}`" in text, code


def test_every_operation_says_what_it_is_and_how_it_may_fail() -> None:
    for path, operations in describe()["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], f"{method} {path}"
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"], (
                        f"{method} {path} {status}"
                    )

"""Who may import whom. The table is the documentation; this test holds it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAY_IMPORT = {
    "kiosk.domain": {"kiosk.domain"},
    "kiosk.input": {"kiosk.input"},
    "kiosk.flows": {"kiosk.flows", "kiosk.domain"},
    # The slip language is plain data, and so are places: presenters write both without a layer between.
    "kiosk.views": {"kiosk.views", "kiosk.flows", "kiosk.domain", "kiosk.input.divisions",
                    "drivers.receipt_printer.slip"},
    "kiosk.backend": {"kiosk.backend", "kiosk.domain", "offline_queue"},
    "kiosk.services": {"kiosk.services", "kiosk.flows", "kiosk.domain", "kiosk.backend", "kiosk.input",
                       "kiosk.technicians", "kiosk.audit", "kiosk.voice", "kiosk.private_files", "drivers",
                       "offline_queue"},
    "kiosk.audit": {"kiosk.audit", "kiosk.domain", "kiosk.flows", "kiosk.private_files"},
    "kiosk.upkeep": {"kiosk.upkeep", "kiosk.services", "kiosk.flows", "kiosk.domain", "kiosk.config",
                     "kiosk.health", "kiosk.evidence", "kiosk.evidence_desk", "kiosk.audit",
                     "kiosk.queue_desk", "kiosk.outbox_file",
                     "kiosk.private_files", "kiosk.views.words", "offline_queue"},
    "kiosk.technicians": {"kiosk.technicians", "kiosk.domain", "kiosk.flows.secret", "kiosk.private_files",
                          "kiosk.maintenance_key", "offline_queue.vault", "offline_queue.errors"},
    "kiosk.maintenance_key": {"kiosk.private_files", "offline_queue.vault", "offline_queue.bundle"},
    "kiosk.evidence": {"kiosk.evidence", "kiosk.audit", "kiosk.domain", "kiosk.config", "kiosk.views.words",
                       "kiosk.maintenance_key", "kiosk.private_files", "offline_queue.bundle",
                       "offline_queue.errors"},
    "kiosk.private_files": set(),
    "kiosk.outbox_file": {"kiosk.config", "offline_queue"},
    "kiosk.health": {"kiosk.health", "kiosk.config", "kiosk.outbox_file", "kiosk.private_files",
                     "kiosk.audit", "kiosk.maintenance_key",
                     "kiosk.domain", "kiosk.flows", "kiosk.services", "kiosk.backend", "kiosk.receipts",
                     "kiosk.views", "drivers", "offline_queue"},
    "kiosk.voice": {"kiosk.voice", "drivers.loudspeaker"},
    "kiosk.narration": {"kiosk.flows", "kiosk.views"},
    "kiosk.receipts": {"kiosk.receipts", "kiosk.domain"},
    "kiosk.runtime": {"kiosk.flows", "kiosk.views"},
    "kiosk.threads": {"kiosk.flows", "kiosk.services"},
    "kiosk.config": {"kiosk.domain"},
    "kiosk.config_files": {"kiosk.config"},
    "kiosk.logs": set(),
    "screens": {"screens", "kiosk.views.models"},
    "drivers": {"drivers"},
    "offline_queue": {"offline_queue"},
}  # fmt: skip
"""What each package may import of ours. kiosk.app, kiosk.__main__ and kiosk.demo put all of it together."""

ONLY_IN = {
    "kivy": {"screens", "kiosk.demo"},
    "smartcard": {"drivers.social_security_card"},
    "serial": {"drivers.serial_port"},
    "requests": {"kiosk.backend.exchange"},
    "sqlite_utils": {"offline_queue"},
    "prometheus_client": {"kiosk.health"},
    "reportlab": {"kiosk.health"},
    "cbor2": {"kiosk.receipts"},
    "argon2": {"kiosk.technicians.pins"},
    "pyotp": {"kiosk.technicians.one_time_codes", "drivers.emulators.telephone"},
    "fastapi": {"kiosk.backend.emulator"},
    "uvicorn": {"kiosk.backend.emulator"},
    "espeakng_loader": {"kiosk.voice.espeak"},  # GPL-3: a process of its own
}  # fmt: skip
"""Libraries that are imported in one small place."""

OURS = ("kiosk", "drivers", "screens", "offline_queue")
FILES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def lies_in(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(place + ".") for place in places)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_module_imports_only_what_its_place_may_know(path: Path) -> None:
    module = module_of(path)
    allowed = next((may for place, may in MAY_IMPORT.items() if lies_in(module, {place})), None)
    for imported in imports_of(path):
        if allowed is not None and imported.split(".")[0] in OURS:
            assert lies_in(imported, allowed), f"{module} imports {imported}"
        for library, places in ONLY_IN.items():
            if lies_in(imported, {library}):
                assert lies_in(module, places), f"{module} imports {imported}"


def test_a_production_module_never_imports_an_emulator() -> None:
    for path in FILES:
        module = module_of(path)
        if lies_in(
            module,
            {
                "drivers.emulators",
                "kiosk.backend.emulator",
                "kiosk.demo",
                "kiosk.__main__",
                "kiosk.emulate_commands",
            },
        ):
            continue
        for imported in imports_of(path):
            emulators = {"drivers.emulators", "kiosk.backend.emulator", "kiosk.demo"}
            assert not lies_in(imported, emulators), f"{module} imports {imported}"


def test_an_acceptance_is_made_only_from_the_backends_answer() -> None:
    for path in FILES:
        made = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) == "Acceptance"
        ]
        assert not made or module_of(path) == "kiosk.backend.contract", f"{path} makes an Acceptance"


def test_every_package_is_named_in_pyproject() -> None:
    named = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for package in OURS:
        for init in (ROOT / package).rglob("__init__.py"):
            assert f'"{module_of(init)}"' in named, f"{module_of(init)} is not packaged"

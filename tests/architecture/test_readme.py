"""README.md names what there is: a command or a folder it forgets is one that nobody finds."""

import re

import typer

from kiosk.__main__ import app
from tests.architecture.test_imports import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS, SHELL = (
    README.split(heading)[1].split("\n## ")[0] for heading in ("Where things are", "From a shell")
)


def test_the_map_names_every_folder_of_the_kiosk_and_every_package_beside_it() -> None:
    told = {line.split()[0] for line in FOLDERS.splitlines() if line.split()}
    inside = {f"{init.parent.name}/" for init in (ROOT / "kiosk").glob("*/__init__.py")}
    beside = {f"{init.parent.name}/" for init in ROOT.glob("*/__init__.py")}
    assert inside | beside <= told


def test_the_map_names_no_folder_that_is_not_there() -> None:
    for line in FOLDERS.splitlines():
        name = line.strip().partition(" ")[0]
        depth = len(line) - len(line.lstrip())
        if name.endswith("/") and depth in {0, 2}:
            assert (ROOT / ("kiosk" if depth else "") / name).is_dir(), name


def test_every_command_is_listed_with_all_it_can_do() -> None:
    group = typer.main.get_command(app)
    listed = re.sub("[|`,]", " ", SHELL)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        lines = [line for line in listed.splitlines() if f"kiosk {name} " in line]
        assert lines, f"kiosk {name} is not listed"
        inside = set(getattr(command, "commands", ()))
        assert inside <= set(" ".join(lines).split()), f"of kiosk {name} something is not listed"

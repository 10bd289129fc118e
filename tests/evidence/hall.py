"""A hall where something is disputed: a kiosk on the bench, a recipient of evidence, and its command line."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from kiosk.__main__ import app
from offline_queue.bundle import Identity
from offline_queue.vault import write_new_key_file
from tests.kiosk.standing import standing_kiosk

LOSER, OTHER = "wang-xiuying", "li-jianguo"
RECEIPT = "0012-000001-4"


@dataclass
class Hall:
    """`at_work` is the kiosk on the bench; once it is switched off, `config` is its kiosk.toml."""

    folder: Path
    recipient_key: Path = field(init=False)
    config: Path = field(init=False)
    is_on: bool = True

    def __post_init__(self) -> None:
        self.recipient_key = self.folder / "recipient.key"
        write_new_key_file(self.recipient_key)
        address = Identity.from_file(self.recipient_key).address
        self.at_work = Bench(self.folder)
        self.config = standing_kiosk(self.folder, f'[maintenance]\nevidence_recipient = "{address}"')

    def switch_off(self) -> None:
        if self.is_on:
            self.at_work.power_off()
            self.at_work.backend.stop()
        self.is_on = False

    def run(self, *words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["evidence", *words])
        return result.exit_code, result.output

    @property
    def address(self) -> str:
        return self.run("address", "--config", str(self.config))[1].strip()

    def make(self, *about: str) -> Path:
        """Make evidence onto a stick; return the file."""
        stick = self.folder / "stick"
        before = set(stick.glob("*"))
        status, output = self.run("make", str(stick), *about, "--config", str(self.config))
        assert status == 0, output
        (file,) = set(stick.glob("*")) - before
        return file

    def open(self, file: Path, *more: str, key: Path | None = None, sender: str = "") -> tuple[int, str]:
        keys = ("--key", str(key or self.recipient_key), "--from", sender or self.address)
        return self.run("open", str(file), *keys, *more)


def report_a_loss(bench: Bench, *words: str) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)
    bench.touch(*(words or ("确认挂失",)))
    bench.wait(15)


def report_a_loss_offline(bench: Bench) -> None:
    report_a_loss(bench, "打不了电话，在此登记", "我知道尚未生效，登记")

"""Faults of a kiosk at work: a hand does something to an emulator, and the running kiosk says what it is."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from drivers.emulators.personas import persona
from drivers.id_card_reader.protocol import Status
from drivers.pin_pad.protocol import ReturnCode
from kiosk import app
from kiosk.domain.cards import CardState
from kiosk.health import starts
from kiosk.health.asking import AtWork
from kiosk.health.inspections import Kiosk, examined, inspections
from kiosk.logs import open_log
from kiosk.services import routes
from kiosk.threads import ThreadedCrew
from tests.bench import Bench
from tests.health.raised import Raise

LOSER = persona("wang-xiuying")
Go = Callable[[Bench], object]


def codes_of(bench: Bench, check: str) -> set[str]:
    return {fault.code for fault in bench.finding(check).faults}


def at_work(check: str, go_wrong: Go, *, stands: bool = True, **sections: dict[str, object]) -> Raise:
    """`stands`: the loop must know of it too, without anybody asking."""

    def raise_it(folder: Path) -> set[str]:
        pad = {"kind": "zt598", "port": folder / "unused"}
        with Bench(folder, **{"pin_pad": pad, **sections}) as bench:
            go_wrong(bench)
            bench.wait(3)
            found = codes_of(bench, check)
            if stands:
                assert found <= set(bench.faults)
            return found

    return raise_it


def report_loss_offline(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER.key)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")


def hang_the_card_reader(bench: Bench) -> None:
    bench.card_slot.insert(bench.cards[LOSER.key])
    bench.card_slot.hang_on_next_apdu()
    bench.settle()


def stall_before_a_slip(bench: Bench) -> None:
    bench.printer.stall()
    report_loss_offline(bench)


def stall_in_the_middle_of_a_slip(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.printer.stall(after_bytes=100)
    bench.touch("再打一张")


def take_the_loudspeaker_away(bench: Bench) -> None:
    bench.loudspeaker.unplug()
    bench.touch("朗读", "办事指南")


def reject_a_report(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.backend.window.set_state(LOSER.card_number, CardState.CANCELLED)
    bench.backend.go_online()
    bench.wait(60)


def let_a_report_wait(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.clock.forward(25 * 3600)


def take_the_dictionaries_away(bench: Bench) -> None:
    bench.dictionaries = bench.folder / "no-dictionaries"
    bench.power_on()


def spoil_the_roster(bench: Bench) -> None:
    bench.config.technicians_file.write_text("not a list")
    bench.config.technicians_file.chmod(0o600)


def put_a_file_where_the_log_goes(bench: Bench) -> None:
    bench.power_off()
    shutil.rmtree(bench.config.audit_dir)
    bench.config.audit_dir.write_text("a file where the folder should be")
    bench.power_on()


def cut_the_power(bench: Bench) -> None:
    for _ in range(2):  # the second start finds a first that never ended
        starts.begin(bench.config.kiosk.data_dir)


def put_back_an_older_outbox(bench: Bench) -> None:
    data, before = bench.config.kiosk.data_dir, bench.folder / "before"
    bench.power_off()
    before.mkdir()
    for file in data.glob("outbox.db*"):
        shutil.copy2(file, before)
    bench.power_on()
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER.key)
    bench.touch("确认挂失", "完成")
    bench.wait(6)
    bench.power_off()
    for file in data.glob("outbox.db*"):
        file.unlink()
    for file in before.iterdir():
        shutil.copy2(file, data)
    bench.power_on()
    bench.wait(70)  # a heartbeat: the backend has seen a higher number


def older_outbox(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        put_back_an_older_outbox(bench)
        return set(bench.faults)


def worker_that_ends(folder: Path) -> set[str]:
    """Without its font the printer's thread ends: the loop says so, and so does whoever asks the worker."""
    with Bench(folder) as bench:
        bench.power_off()
        display = bench.config.display.model_copy(update={"fonts_dir": folder})  # no font is there
        config = bench.config.model_copy(update={"display": display})
        crew = ThreadedCrew(lambda name, fault: None)
        runtime = app.assemble(config, bench.doors(), crew, lambda view: None, open_log(None, "0012"))
        while routes.PRINTER not in runtime.kiosk.visit.conditions.failed_services:
            runtime.turn()
        checks = inspections(Kiosk(config, None, folder, lambda: datetime.now(UTC)), AtWork(crew.call))
        (found,) = examined(each for each in checks if each.checks == ("device.printer",))
        crew.dismiss()
        standing = runtime.kiosk.visit.conditions.faults
        return {fault.code for fault in (*found.faults, *standing)}


AT_WORK: dict[str, Raise] = {
    "K-101": at_work("device.card_reader", lambda bench: bench.card_slot.unplug_reader()),
    "K-102": at_work("device.card_reader", hang_the_card_reader),
    "K-103": at_work(
        "device.card_reader",
        lambda bench: None,  # nobody has put a module into the slot that kiosk.toml names
        stands=False,
        social_security_card={"psam_reader": "Emulated reader"},
    ),
    "K-201": at_work("device.id_reader", lambda bench: bench.id_wire.unplug()),
    "K-203": at_work("device.id_reader", lambda bench: setattr(bench.id_reader, "silent", True)),
    "K-301": at_work("device.printer", lambda bench: bench.printer.run_out_of_paper()),
    "K-302": at_work("device.printer", lambda bench: bench.printer.open_cover()),
    "K-303": at_work("device.printer", lambda bench: bench.printer.jam()),
    "K-304": at_work("device.printer", lambda bench: bench.printer.overheat()),
    "K-305": at_work("device.printer", lambda bench: bench.printer.break_down()),
    "K-306": at_work("device.printer", stall_before_a_slip),
    "K-307": at_work("device.printer", lambda bench: bench.printer.cut_power()),
    "K-308": at_work("device.printer", lambda bench: bench.printer_wire.unplug()),
    "K-310": at_work("device.printer", stall_in_the_middle_of_a_slip),
    "K-311": at_work("device.printer", lambda bench: bench.printer.bring_paper_near_end()),
    "K-312": at_work("device.printer", lambda bench: bench.printer.hold_key()),
    "K-510": at_work("outbox.entries", reject_a_report),
    "K-511": at_work("outbox.entries", let_a_report_wait),
    "K-514": older_outbox,
    "K-601": worker_that_ends,
    "K-602": worker_that_ends,
    "K-603": at_work("kiosk.starts", cut_the_power, stands=False),
    "K-606": at_work("device.input", take_the_dictionaries_away),
    "K-610": at_work("kiosk.technicians", lambda bench: None),
    "K-611": at_work("kiosk.technicians", spoil_the_roster, stands=False),
    "K-613": at_work("kiosk.audit", put_a_file_where_the_log_goes, stands=False),
    # A pad nobody enters at is only looked at.
    "K-701": at_work("device.pin_pad", lambda bench: bench.pin_pad_wire.unplug(), stands=False),
    "K-703": at_work("device.pin_pad", lambda bench: setattr(bench.pin_pad, "silent", True), stands=False),
    "K-704": at_work(
        "device.pin_pad", lambda bench: setattr(bench.pin_pad, "trouble", ReturnCode.OTHER), stands=False
    ),
    "K-705": at_work(
        "device.pin_pad", lambda bench: setattr(bench.pin_pad, "trouble", ReturnCode.HARDWARE), stands=False
    ),
    "K-801": at_work("device.voice", take_the_loudspeaker_away),
    "K-802": at_work("device.voice", lambda bench: None, voice={"engine": "none"}),
}


def nonsense_from_the_id_reader(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        bench.id_reader.refuse_next(Status.BAD_COMMAND)
        return codes_of(bench, "device.id_reader")


def failed_security_module(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        bench.id_reader.sam_failure = Status.SAM_SELF_TEST_FAILED
        return codes_of(bench, "device.id_reader")


AT_WORK |= {"K-204": failed_security_module, "K-205": nonsense_from_the_id_reader}

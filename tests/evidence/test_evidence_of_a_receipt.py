"""What the kiosk can show of a receipt, and to whom alone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.emulators.personas import PERSONAS, persona
from kiosk.audit.files import files_in
from kiosk.config import load_config
from kiosk.domain.receipt_number import receipt_number
from kiosk.evidence.asked import AboutReceipt
from kiosk.evidence.making import make_evidence
from kiosk.evidence_desk import at_work
from offline_queue.bundle import Identity
from offline_queue.vault import write_new_key_file
from tests.evidence.hall import LOSER, OTHER, RECEIPT, Hall, report_a_loss, report_a_loss_offline
from tests.kiosk.standing import running


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.switch_off()


@pytest.fixture
def disputed(hall: Hall) -> Hall:
    """Taken down offline without paper; settled later; another visitor came between. Then switched off."""
    bench = hall.at_work
    bench.backend.go_offline()
    bench.printer.run_out_of_paper()
    bench.wait(10)
    report_a_loss_offline(bench)
    bench.touch("完成")
    bench.wait(10)
    bench.backend.go_online()
    bench.wait(120)
    bench.log_in(OTHER)
    bench.touch("结束")
    bench.pull_card()
    bench.wait(10)
    hall.switch_off()
    return hall


def test_the_story_of_a_receipt_is_told_in_its_order(disputed: Hall) -> None:
    status, told = disputed.open(disputed.make("--receipt", RECEIPT))
    assert status == 0, told
    story = [
        f"回执 {RECEIPT}，终端 0012（大厅）",
        "有人开始办理",
        f"挂失申请已写入本机存储，回执 {RECEIPT}",
        "此时社保系统尚未答复",
        "办理结束",
        f"社保系统答复：受理，回执 {RECEIPT}",
        "登记时：",
        "社保系统已答复受理，答复时间",
        "逐行相连并有终端签名，没有被改动",
    ]
    places = [told.find(words) for words in story]
    assert -1 not in places, (told, places)
    assert places == sorted(places)
    stood = next(line for line in told.splitlines() if line.startswith("登记时："))
    assert "社保系统网络：不通" in stood
    assert "打印纸：无纸" in stood


def test_it_is_told_in_english_too(disputed: Hall) -> None:
    _, told = disputed.open(disputed.make("--receipt", RECEIPT), "--language", "en")
    assert f"The backend answered: accepted, receipt {RECEIPT}" in told
    assert "Link to the backend: down" in told


def test_other_visits_are_no_part_of_the_story(disputed: Hall) -> None:
    _, told = disputed.open(disputed.make("--receipt", RECEIPT))
    assert told.count("有人开始办理") == 1
    assert "密码正确" not in told


def test_what_waits_is_told_as_not_answered(hall: Hall) -> None:
    hall.at_work.backend.go_offline()
    hall.at_work.wait(10)
    report_a_loss_offline(hall.at_work)
    hall.switch_off()
    _, told = hall.open(hall.make("--receipt", RECEIPT))
    assert "社保系统还没有答复" in told
    assert "受理，回执" not in told


def test_a_number_this_kiosk_never_gave_is_told_as_unknown(disputed: Hall) -> None:
    status, told = disputed.open(disputed.make("--receipt", receipt_number("0012", 777)))
    assert status == 0
    assert "审计日志中没有相关记录" in told
    assert "没有这个编号" in told


def test_a_time_is_told_with_everybody_in_it(disputed: Hall) -> None:
    _, told = disputed.open(disputed.make("--between", "2026-11-24T09:00", "2026-11-24T10:00"))
    assert "2026-11-24 09:00:00 至 2026-11-24 10:00:00" in told
    assert told.count("有人开始办理") == 2
    _, told = disputed.open(disputed.make("--between", "2026-11-24T07:00", "2026-11-24T08:00"))
    assert "审计日志中没有相关记录" in told


def test_it_is_made_from_a_running_kiosk_as_well(disputed: Hall) -> None:
    with running(load_config(disputed.config)):
        status, told = disputed.open(disputed.make("--receipt", RECEIPT))
    assert status == 0, told
    assert "社保系统已答复受理" in told


def test_it_is_made_inside_a_running_kiosk_as_well(disputed: Hall) -> None:
    config, address = load_config(disputed.config), Identity.from_file(disputed.recipient_key).address
    with running(config) as kiosk:
        made = make_evidence(
            at_work(config, kiosk.call),
            AboutReceipt(RECEIPT),
            address,
            disputed.folder / "usb",
            datetime.now(UTC),
        )
        unknown = AboutReceipt(receipt_number("0012", 777))
        make_evidence(
            at_work(config, kiosk.call), unknown, address, disputed.folder / "usb", datetime.now(UTC)
        )
    status, told = disputed.open(made.file)
    assert status == 0, told
    assert "社保系统已答复受理" in told


def test_nobody_but_the_recipient_opens_it(disputed: Hall, tmp_path: Path) -> None:
    write_new_key_file(tmp_path / "somebody.key")
    file = disputed.make("--receipt", RECEIPT)
    status, told = disputed.open(file, key=tmp_path / "somebody.key")
    assert (status, "sealed for somebody else" in told) == (1, True)
    assert RECEIPT.encode() not in file.read_bytes()


def test_evidence_of_another_kiosk_or_altered_on_the_way_is_refused(disputed: Hall) -> None:
    file = disputed.make("--receipt", RECEIPT)
    status, told = disputed.open(file, sender="ab" * 64)
    assert (status, "somebody else" in told) == (1, True)
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    file.write_bytes(content)
    status, told = disputed.open(file)
    assert (status, "signature is wrong" in told) == (1, True)


def test_a_log_that_was_altered_before_is_no_evidence_and_says_so(disputed: Hall) -> None:
    (log,) = files_in(load_config(disputed.config).audit_dir)
    log.write_bytes(log.read_bytes().replace(b'"kind":"loss_report"', b'"kind":"something"'))
    status, told = disputed.open(disputed.make("--receipt", RECEIPT))
    assert status == 1
    assert "日志摘录有问题，不能作为依据" in told
    assert "生成时日志已有问题" in told


def test_the_files_are_written_out_for_whoever_wants_to_read_them(disputed: Hall, tmp_path: Path) -> None:
    disputed.open(disputed.make("--receipt", RECEIPT), "--extract", str(tmp_path / "out"))
    files = {path.name: path for path in (tmp_path / "out").iterdir()}
    assert set(files) == {
        "about.json", "audit.jsonl", "devices.json", "outbox.json", "versions.json", "configuration.json",
    }  # fmt: skip
    assert json.loads(files["outbox.json"].read_text())["state"] == "delivered"
    assert json.loads(files["versions.json"].read_text())["cryptography"]
    assert json.loads(files["configuration.json"].read_text())["kiosk"]["id"] == "0012"
    papers = [change["state"] for change in json.loads(files["devices.json"].read_text())["paper"]]
    assert papers[-1] == "out"


def test_that_evidence_was_made_stands_in_the_log(disputed: Hall) -> None:
    disputed.make("--receipt", RECEIPT)
    assert b'"event":"evidence_made","receipt":"0012-000001-4"' in b"".join(
        file.read_bytes() for file in files_in(load_config(disputed.config).audit_dir)
    )


def test_it_holds_nothing_of_any_citizen_no_password_and_no_key(hall: Hall, tmp_path: Path) -> None:
    bench = hall.at_work
    telephone = bench.hire("张工", "73914682")
    bench.log_in(OTHER)
    bench.touch("我的信息", "显示完整信息", "返回", "修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    bench.enter(persona(OTHER).password)
    bench.touch("确定")
    bench.wait(15)
    bench.touch("完成")
    bench.pull_card()
    bench.wait(6)
    report_a_loss(bench)
    hall.switch_off()
    canaries = {"13903730021", "13803730000", "73914682", telephone.secret}
    canaries |= {hall.recipient_key.read_text().strip(), (tmp_path / "outbox.key").read_text().strip()}
    for one in PERSONAS:
        canaries |= {one.name, one.holder_number, one.card_number, one.card_id, one.password}
        canaries |= {one.address} if one.address else set()
    for about in (("--receipt", RECEIPT), ("--between", "2026-11-24T00:00", "2026-11-25T00:00")):
        out = tmp_path / f"out{len(about)}"
        status, told = hall.open(hall.make(*about), "--extract", str(out))
        assert status == 0, told
        content = told.encode() + b"".join(path.read_bytes() for path in out.iterdir())
        assert RECEIPT.encode() in content
        for canary in canaries:
            assert canary.encode() not in content, canary
    assert persona(LOSER).name not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "either --receipt or --between"),
        (("--receipt", "0012-000001-5"), "a digit is wrong"),
        (("--between", "yesterday", "today"), "two times"),
        (("--receipt", RECEIPT, "--recipient", "me"), "128 hexadecimal digits"),
    ],
)
def test_what_is_asked_wrongly_is_told_plainly(hall: Hall, words: tuple[str, ...], said: str) -> None:
    hall.switch_off()
    status, told = hall.run("make", str(hall.folder / "stick"), *words, "--config", str(hall.config))
    assert status == 2
    assert said in told

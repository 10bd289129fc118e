"""An outbox filled by another version of the program: kept, told the technician, in nobody's way."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bench import Bench
from uuid_utils import uuid7

from drivers.emulators.personas import persona
from kiosk.domain.transaction import ClockQuality, Effective, Evidence, IdentityLevel, LossReport
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.outbox_file import open_outbox
from kiosk.services import routes
from offline_queue import Delivered, NewEntry, State

LOSER = "wang-xiuying"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


def report_loss(bench: Bench) -> str:
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
    bench.touch("完成")
    return number


def ask_for(bench: Bench, number: str) -> None:
    bench.touch("查回执办理结果")
    bench.enter(number.replace("-", ""))
    bench.touch("查询")


def written_by_another_version(bench: Bench, **rest: object) -> NewEntry:
    payload = json.dumps({"version": 9, "canary": persona(LOSER).name}).encode()
    fields = {"key": str(uuid7()), "kind": "loss_report", "person": "somebody", "urgent": True}
    return NewEntry(
        payload=payload, captured_at=bench.clock.wall, clock_quality="unchecked", **(fields | rest)
    )


def test_an_entry_this_version_cannot_read_stays_is_told_and_blocks_nobody(bench: Bench) -> None:
    bench.power_off()
    with closing(open_outbox(bench.config, bench.clock.moment)) as outbox:
        outbox.put(written_by_another_version(bench))
    bench.power_on()
    bench.wait(10)
    bench.backend.go_offline()
    bench.wait(10)
    report_loss(bench)
    bench.backend.go_online()
    bench.wait(60)
    assert persona(LOSER).card_number in bench.lost_cards
    foreign, own = bench.outbox.entries()
    assert (foreign.state, foreign.last_error, own.state) == (
        State.PENDING,
        "unreadable",
        State.DELIVERED,
    )
    bench.come_in()
    bench.touch("待提交业务")
    assert "本版本读不懂" in bench.screen
    assert persona(LOSER).name not in bench.screen


def test_an_entry_of_a_kind_unknown_here_is_told_all_the_same(bench: Bench) -> None:
    bench.outbox.put(written_by_another_version(bench, kind="death_notice"))
    bench.wait(10)
    bench.come_in()
    bench.touch("待提交业务")
    assert "death_notice" in bench.screen


def test_an_answer_this_version_cannot_read_is_never_told_as_in_effect(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    number = report_loss(bench)
    bench.power_off()
    with closing(open_outbox(bench.config, bench.clock.moment)) as outbox:
        outbox.settle(outbox.entries()[0].key, Delivered(b'{"accepted": "in words of the future"}'))
    bench.power_on()
    bench.wait(5)
    ask_for(bench, number)
    bench.wait(5)
    assert "已生效" not in bench.screen
    answered = [event for event in bench.happened if isinstance(event, on.TransactionAnswered)]
    assert not [event for event in answered if isinstance(event.transaction.state, Effective)]
    assert bench.check(routes.LEDGER).detail == "0 pending, 0 rejected"


def test_a_fact_that_no_backend_could_take_is_refused_and_ends_nothing(bench: Bench) -> None:
    order = do.RecordTransaction(
        visit=1,
        order=LossReport(card_number="not a number"),
        holder_name="",
        holder_number="nobody's",
        evidence=Evidence(IdentityLevel.ID_CARD),
        clock=ClockQuality.UNCHECKED,
    )
    told = list(bench.ledger.perform(order))
    assert told == [on.TransactionNotRecorded(1, "unsendable")]
    assert bench.outbox.entries() == []
    bench.wait(5)
    assert bench.check(routes.LEDGER).detail == "0 pending, 0 rejected"

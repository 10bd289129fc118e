"""Article 22: the own records at the kiosk, to card and password; on paper they prove nothing."""

from drivers.emulators.personas import persona
from tests.bench import Bench

WHO = persona("li-jianguo")
TOPICS = ["我的信息", "参保情况", "近 12 个月缴费", "养老账户", "医保账户", "待遇发放", "社保卡状态"]


def test_every_topic_is_shown_printed_masked_and_marked_as_no_proof(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    for topic in TOPICS:
        bench.touch(topic, "打印")
        assert "查询结果，不作证明用" in bench.slip, topic
        assert WHO.name not in bench.slip
        assert WHO.holder_number not in bench.slip
        bench.touch("返回")


def test_no_record_opens_before_the_password(bench: Bench) -> None:
    bench.insert_card("li-jianguo")
    bench.enter("000000")
    bench.touch("确定")
    assert bench.view.name == "password"
    bench.enter(WHO.password)
    bench.touch("确定")
    assert bench.view.name == "choosing_topic"


def test_the_identity_card_alone_opens_no_record(bench: Bench) -> None:
    bench.place_id_card("li-jianguo")
    assert bench.view.name == "loss_explaining"
    assert not any("查询" in choice or "我的" in choice for choice in bench.choices)


def test_while_the_backend_is_silent_nobody_looks_anything_up(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("查询我的社保")
    assert bench.view.name == "not_served"
    assert "您的卡和账户没有任何变化" in bench.screen


def test_other_records_than_the_own_can_not_be_asked_for(bench: Bench) -> None:
    """There is no place to enter anybody's number: only a card says whose records are meant."""
    bench.touch("查询我的社保")
    assert bench.view.name == "awaiting_card"
    bench.touch("结束")
    bench.wait(6)
    bench.log_in("li-jianguo")
    assert not any(view.name.startswith("entering") for view in bench.shown)

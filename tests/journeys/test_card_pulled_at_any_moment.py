"""The card is pulled at every moment of a visit: nothing stays on the screen, nothing recorded is lost."""

from collections.abc import Callable

import pytest
from bench import Bench

from drivers.emulators.personas import persona

WHO = "li-jianguo"
PASSWORD = persona(WHO).password

STEPS: tuple[tuple[str, Callable[[Bench], None]], ...] = (
    ("card in", lambda bench: bench.insert_card(WHO) and None),
    ("half a password", lambda bench: bench.enter(PASSWORD[:3])),
    ("a whole password", lambda bench: bench.enter(PASSWORD[3:])),
    ("logged in", lambda bench: bench.touch("确定")),
    ("own data", lambda bench: bench.touch("我的信息", "显示完整信息")),
    ("contact", lambda bench: bench.touch("返回", "修改联系方式")),
    ("typing", lambda bench: bench.touch("修改联系电话", *"13903730021")),
    ("typed", lambda bench: bench.touch("填好了")),
    ("reviewing", lambda bench: bench.touch("核对修改")),
    ("password again", lambda bench: bench.touch("没有错，输入密码", *PASSWORD)),
    ("confirmed", lambda bench: bench.touch("确定")),
)


@pytest.mark.parametrize("moment", range(len(STEPS)), ids=[name for name, _ in STEPS])
def test_a_card_pulled_at_this_moment_leaves_nothing_behind(bench: Bench, moment: int) -> None:
    for _, do in STEPS[: moment + 1]:
        do(bench)
    bench.pull_card()
    for private in (persona(WHO).name, persona(WHO).holder_number, "13903730021"):
        assert private not in bench.screen
    confirmed = moment == len(STEPS) - 1
    assert len(bench.backend.transactions) == confirmed
    if confirmed:
        assert "变更已生效" in bench.screen
        bench.touch("完成")
        bench.wait(6)
    assert bench.view.name == "home"
    bench.log_in(WHO)
    assert "我的社保" in bench.screen, "the next visit is served"


def test_who_takes_the_card_while_asked_whether_they_are_there_keeps_the_result(
    bench: Bench,
) -> None:
    for _, do in STEPS:
        do(bench)
    bench.wait(91)
    assert "您还在吗" in bench.screen
    bench.pull_card()
    bench.touch("继续办理")
    assert "变更已生效" in bench.screen


def test_who_is_asked_before_anything_is_done_and_takes_the_card_leaves_nothing_behind(bench: Bench) -> None:
    for _, do in STEPS[:5]:
        do(bench)
    bench.wait(91)
    bench.pull_card()
    assert bench.view.name == "home"

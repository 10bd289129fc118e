"""The elder mode (关怀版): one touch from the first screen, with fewer choices on it."""

from bench import Bench

from kiosk.views.models import Menu, Size

ENTER, LEAVE, MORE = "关怀版：字大、朗读", "退出关怀版", "更多业务"
EVERYTHING = {"查询我的社保", "修改联系方式", "社保卡挂失", "查回执办理结果", "办事指南"}


def offered(bench: Bench) -> set[str]:
    """The choices in the middle of the screen."""
    assert isinstance(bench.view.body, Menu)
    return {item.text for item in bench.view.body.items}


def test_it_is_one_touch_away_and_is_left_by_one(bench: Bench) -> None:
    assert offered(bench) == EVERYTHING
    bench.touch(ENTER)
    assert bench.view.look.size is Size.ELDER
    assert bench.view.aloud
    bench.touch(LEAVE)
    assert bench.view.look.size is Size.NORMAL
    assert not bench.view.aloud
    assert offered(bench) == EVERYTHING


def test_it_begins_with_what_is_most_wanted_and_the_rest_is_one_touch_away(bench: Bench) -> None:
    bench.touch(ENTER)
    first = offered(bench) - {MORE}
    assert first == {"查询我的社保", "社保卡挂失"}
    bench.touch(MORE)
    assert offered(bench) == EVERYTHING - first
    bench.touch("返回")
    assert offered(bench) == {*first, MORE}
    bench.touch(MORE, "办事指南")
    assert "办事指南" in bench.screen
    assert bench.view.look.size is Size.ELDER


def test_the_own_records_are_offered_four_at_a_time_and_one_comes_back_to_the_same_four(bench: Bench) -> None:
    bench.touch(ENTER)
    bench.log_in("wang-xiuying")
    first = offered(bench)
    assert "修改联系方式" not in bench.choices
    bench.touch("下一页")
    second = offered(bench)
    assert (len(first), len(second), len(first | second)) == (4, 4, 8)
    assert {"社保卡挂失", "修改联系方式"} <= set(bench.choices)
    bench.touch("我办理的业务", "返回")
    assert offered(bench) == second


def test_a_kiosk_without_loss_reports_offers_none_there_either(tmp_path) -> None:
    with Bench(tmp_path, loss_report={"enabled": False}) as bench:
        bench.touch(ENTER)
        assert offered(bench) == {"查询我的社保", MORE}
        bench.touch(MORE)
        assert "社保卡挂失" not in offered(bench)


def test_whoever_leaves_it_on_either_page_leaves_it_for_nobody(bench: Bench) -> None:
    bench.touch(ENTER, MORE)
    bench.wait(181)
    assert offered(bench) == EVERYTHING
    bench.touch(ENTER, MORE, "结束")
    assert bench.view.look.size is Size.NORMAL
    assert offered(bench) == EVERYTHING

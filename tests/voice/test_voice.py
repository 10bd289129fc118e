"""The kiosk heard on the bench: what is said, when it stops, and what goes on without it."""

import shutil
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench

from drivers.emulators.personas import persona
from drivers.errors import DeviceStatus
from drivers.loudspeaker.loudspeaker import RATE_HZ, SAMPLE_BYTES
from kiosk.flows import events as on
from kiosk.services import routes
from kiosk.voice.prompts import digest
from kiosk.voice.tone import alarm

HOME = "请选择要办理的业务"
SECOND = RATE_HZ * SAMPLE_BYTES


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[Bench]:
    """A bench whose prompts are recorded: each sentence of a test has samples of its own."""
    folder = tmp_path / "prompts"
    (folder / "zh_CN").mkdir(parents=True)
    with Bench(tmp_path, voice={"prompts_dir": folder, "engine": "none"}) as bench:
        yield bench


def record(bench: Bench, text: str, seconds: float = 0.3) -> bytes:
    """Put a recording of a sentence into the folder, and return its samples."""
    folder = bench.config.voice.prompts_dir
    assert folder is not None
    number = len(list((folder / "zh_CN").iterdir())) + 1
    samples = (1000 + number).to_bytes(2, "little") * round(seconds * RATE_HZ)
    with wave.open(str(folder / "zh_CN" / f"{digest(text)}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(RATE_HZ)
        file.writeframes(samples)
    return samples


def order(heard: bytes, *recordings: bytes) -> bool:
    """Whether recordings were heard whole, one after the other."""
    places = [heard.find(samples) for samples in recordings]
    return -1 not in places and places == sorted(places)


# --- what is said ----------------------------------------------------------------------------------


def test_nothing_is_said_until_somebody_wants_it(bench: Bench) -> None:
    bench.touch("办事指南")
    bench.wait(10)
    assert bench.loudspeaker.heard == b""


def test_a_screen_is_read_aloud_when_asked_for_and_the_next_one_too(recorded: Bench) -> None:
    title, item = record(recorded, HOME), record(recorded, "社保卡挂失")
    recorded.touch("朗读")
    recorded.wait(5)
    assert order(recorded.loudspeaker.heard, title, item)
    guides = record(recorded, "办事指南")
    recorded.loudspeaker.forget()
    recorded.touch("办事指南")
    recorded.wait(5)
    assert guides in recorded.loudspeaker.heard


def test_the_elder_mode_reads_aloud_without_being_asked_and_stops_when_told(recorded: Bench) -> None:
    title = record(recorded, HOME, seconds=3)
    recorded.touch("字号：标准", "字号：大", "字号：特大")
    recorded.wait(1)
    assert recorded.loudspeaker.heard
    recorded.touch("停止朗读")
    heard = recorded.loudspeaker.heard
    recorded.wait(5)
    assert recorded.loudspeaker.heard == heard
    assert title not in heard


def test_the_next_visitor_is_not_read_to(bench: Bench) -> None:
    bench.touch("朗读", "办事指南", "结束")
    bench.wait(10)
    assert HOME in bench.screen
    assert "朗读" in bench.choices
    bench.loudspeaker.forget()
    bench.touch("办事指南")
    bench.wait(5)
    assert bench.loudspeaker.heard == b""


def test_a_number_nobody_recorded_is_put_together_from_its_digits(recorded: Bench) -> None:
    digits = {digit: record(recorded, digit, 0.1) for digit in "零幺二三四五六七八九"}
    recorded.backend.go_offline()
    recorded.wait(10)
    recorded.touch("朗读", "社保卡挂失")
    recorded.place_id_card("wang-xiuying")
    recorded.wait(5)
    assert "请马上打电话挂失" in recorded.screen
    assert b"".join(digits[digit] for digit in "幺二三三三") in recorded.loudspeaker.heard


def test_the_same_screen_says_only_what_is_new(recorded: Bench) -> None:
    title, wrong = record(recorded, "请输入社保账户密码"), record(recorded, "密码不正确。还可以输入五次。")
    digits = [record(recorded, text, 0.1) for text in ("1", "一", "幺", "幺幺幺幺幺幺", "六位")]
    recorded.touch("朗读")
    recorded.insert_card("li-jianguo")
    recorded.wait(5)
    assert title in recorded.loudspeaker.heard
    recorded.loudspeaker.forget()
    recorded.enter("111111")
    recorded.wait(5)
    assert not any(samples in recorded.loudspeaker.heard for samples in (title, *digits)), "a digit is said"
    assert recorded.loudspeaker.heard == b""
    recorded.touch("确定")
    recorded.wait(5)
    assert wrong in recorded.loudspeaker.heard


def test_in_the_hall_no_personal_value_is_said_and_in_the_ear_it_is(tmp_path: Path) -> None:
    for heard_by, expected in (("hall", False), ("visitor", True)):
        folder = tmp_path / heard_by
        (folder / "prompts" / "zh_CN").mkdir(parents=True)
        voice = {"prompts_dir": folder / "prompts", "engine": "none", "heard_by": heard_by}
        with Bench(folder, voice=voice) as bench:
            name = record(bench, persona("li-jianguo").name)
            elsewhere = record(bench, "个人信息请看屏幕。")
            bench.touch("朗读")
            bench.log_in("li-jianguo")
            bench.touch("我的信息")
            bench.wait(15)
            assert (name in bench.loudspeaker.heard) is expected
            assert (elsewhere in bench.loudspeaker.heard) is not expected


def test_the_embedded_voice_says_what_nobody_recorded(bench: Bench, tmp_path: Path) -> None:
    bench.touch("朗读")
    bench.wait(20)
    seconds = len(bench.loudspeaker.heard) / SECOND
    assert 5 < seconds <= 20, "a home screen takes some seconds to read"
    assert max(array("h", bench.loudspeaker.heard)) > 5000, "it is too quiet to be heard"
    bench.loudspeaker.write_wav(tmp_path / "heard.wav")
    with wave.open(str(tmp_path / "heard.wav")) as file:
        assert (file.getframerate(), file.getnchannels()) == (RATE_HZ, 1)


# --- when it stops -----------------------------------------------------------------------------------


def test_a_touch_on_whatever_stops_it_at_once(recorded: Bench) -> None:
    record(recorded, HOME, seconds=30)
    recorded.touch("朗读")
    recorded.wait(2)
    recorded.runtime.post(on.ScreenTouched())
    recorded.settle()
    heard = recorded.loudspeaker.heard
    recorded.wait(5)
    assert recorded.loudspeaker.heard == heard


def test_a_new_screen_stops_what_was_said_of_the_old_one(recorded: Bench) -> None:
    record(recorded, HOME, seconds=30)
    recorded.touch("朗读")
    recorded.wait(2)
    recorded.touch("办事指南")
    heard = recorded.loudspeaker.heard
    recorded.wait(30)
    assert recorded.loudspeaker.heard == heard, "nothing on the new screen is recorded"


def test_nothing_is_left_to_say_when_the_visit_ends(recorded: Bench) -> None:
    record(recorded, "请输入社保账户密码", seconds=30)
    recorded.touch("朗读")
    recorded.insert_card("li-jianguo")
    recorded.wait(2)
    recorded.pull_card()
    heard = recorded.loudspeaker.heard
    recorded.wait(5)
    assert recorded.loudspeaker.heard == heard


def test_no_flow_waits_for_it(recorded: Bench) -> None:
    record(recorded, HOME, seconds=60)
    recorded.touch("朗读", "社保卡挂失")
    recorded.place_id_card("wang-xiuying")
    recorded.touch("确认挂失")
    recorded.wait(2)
    assert "挂失已生效" in recorded.screen


# --- a card left inside --------------------------------------------------------------------------------


def test_a_card_left_inside_is_called_for_until_it_is_taken(recorded: Bench) -> None:
    words = record(recorded, "卡还在读卡口里，请取走您的社保卡！")
    recorded.log_in("li-jianguo")
    recorded.touch("结束")
    recorded.wait(14)
    assert recorded.loudspeaker.heard == b""
    recorded.wait(5)
    assert "请取走您的社保卡！" in recorded.screen
    assert order(recorded.loudspeaker.heard, alarm(), words)
    recorded.loudspeaker.forget()
    recorded.wait(15)
    assert alarm() in recorded.loudspeaker.heard, "it does not call again"
    recorded.wait(13)
    recorded.pull_card()
    heard = recorded.loudspeaker.heard
    recorded.wait(60)
    assert recorded.loudspeaker.heard == heard
    assert HOME in recorded.screen


def test_the_alarm_does_not_go_on_all_night_and_the_words_stay(recorded: Bench) -> None:
    recorded.log_in("li-jianguo")
    recorded.touch("结束")
    recorded.wait(300)
    recorded.loudspeaker.forget()
    recorded.wait(300)
    assert recorded.loudspeaker.heard == b""
    assert "请取走您的社保卡！" in recorded.screen


# --- without it ---------------------------------------------------------------------------------------


def test_a_kiosk_without_sound_goes_on_and_says_so_to_the_technician(bench: Bench) -> None:
    bench.loudspeaker.unplug()
    bench.touch("朗读", "办事指南")
    bench.wait(1)
    assert "办事指南" in bench.screen
    assert not {"朗读", "停止朗读"} & set(bench.choices)
    assert bench.check(routes.VOICE).status is DeviceStatus.NO_DEVICE
    bench.loudspeaker.plug_in()
    bench.wait(31)
    assert {"朗读", "停止朗读"} & set(bench.choices)
    assert bench.check(routes.VOICE).status is DeviceStatus.ONLINE


def test_a_voice_that_is_switched_off_is_no_fault(tmp_path: Path) -> None:
    with Bench(tmp_path, voice={"enabled": False}) as bench:
        assert "朗读" not in bench.choices
        assert bench.check(routes.VOICE).remedy is None


def test_a_voice_without_words_offers_nothing_but_the_alarm(tmp_path: Path) -> None:
    with Bench(tmp_path, voice={"engine": "none"}) as bench:
        assert "朗读" not in bench.choices
        assert bench.check(routes.VOICE).status is DeviceStatus.NO_DEVICE
        bench.log_in("li-jianguo")
        bench.touch("结束")
        bench.wait(20)
        assert alarm() in bench.loudspeaker.heard


def test_a_recording_in_the_wrong_format_is_told_and_the_rest_is_said(recorded: Bench) -> None:
    record(recorded, HOME)
    item = record(recorded, "社保卡挂失")
    folder = recorded.config.voice.prompts_dir
    assert folder is not None
    with wave.open(str(folder / "zh_CN" / f"{digest(HOME)}.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(bytes(400))
    recorded.touch("朗读")
    recorded.wait(5)
    assert item in recorded.loudspeaker.heard
    assert "16 bits" in recorded.check(routes.VOICE).detail


def test_a_voice_whose_thread_has_ended_takes_nothing_from_anybody(bench: Bench) -> None:
    bench.runtime.post(on.ServiceFailed(routes.VOICE))
    bench.settle()
    assert HOME in bench.screen
    assert "朗读" not in bench.choices


def test_the_recordings_can_be_taken_away_while_the_kiosk_runs(recorded: Bench) -> None:
    record(recorded, HOME)
    folder = recorded.config.voice.prompts_dir
    assert folder is not None
    shutil.rmtree(folder)
    recorded.touch("朗读")
    recorded.wait(2)
    assert recorded.loudspeaker.heard == b""

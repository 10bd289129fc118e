"""The embedded voice in its own process, and the loudspeaker behind libasound."""

import os
import signal
import time
import wave
from pathlib import Path

import pytest

from drivers.errors import NoDevice
from drivers.loudspeaker.alsa import AlsaLoudspeaker
from drivers.loudspeaker.loudspeaker import RATE_HZ, SAMPLE_BYTES
from kiosk.voice.engine import EmbeddedVoice, Unspoken

ALSA = """
pcm.to_file {
    type file
    slave.pcm null
    file "FILE"
    format "wav"
}
"""


@pytest.fixture
def voice():
    voice = EmbeddedVoice()
    yield voice
    voice.close()


def test_a_sentence_becomes_seconds_of_sound_in_either_language(voice: EmbeddedVoice) -> None:
    for text, language in (("请取走您的社保卡。", "zh_CN"), ("Please take your card.", "en")):
        seconds = len(voice.samples_of(text, language)) / SAMPLE_BYTES / RATE_HZ
        assert 0.8 < seconds < 5


def test_chinese_is_spoken_as_chinese(voice: EmbeddedVoice) -> None:
    """An engine without Mandarin names each character in English: 请 would take as long as a sentence."""
    each = len(voice.samples_of("请取走您的社保卡", "zh_CN")) / SAMPLE_BYTES / RATE_HZ / 8
    assert each < 0.5


def test_after_a_crash_it_is_started_again(voice: EmbeddedVoice) -> None:
    voice.samples_of("您好", "zh_CN")
    process = voice._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with pytest.raises(Unspoken):
        voice.samples_of("您好", "zh_CN")
    assert voice.samples_of("您好", "zh_CN")


def test_a_language_it_does_not_know_costs_one_sentence(voice: EmbeddedVoice) -> None:
    with pytest.raises(Unspoken):
        voice.samples_of("您好", "tlh")
    assert voice.samples_of("您好", "zh_CN")


def test_samples_reach_alsa_whole(voice: EmbeddedVoice, tmp_path: Path, monkeypatch) -> None:
    heard = tmp_path / "heard.wav"
    (tmp_path / "asound.conf").write_text(
        Path("/usr/share/alsa/alsa.conf").read_text() + ALSA.replace("FILE", str(heard))
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    samples = voice.samples_of("请取走您的社保卡。", "zh_CN")
    loudspeaker = AlsaLoudspeaker("to_file")
    until, given = time.monotonic() + 10, 0
    while given < len(samples) and time.monotonic() < until:
        room = loudspeaker.room() * SAMPLE_BYTES
        loudspeaker.play(samples[given : given + room])
        given += min(room, len(samples) - given)
    loudspeaker.silence()
    loudspeaker.close()
    with wave.open(str(heard)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, SAMPLE_BYTES)
        written = file.readframes(len(samples))
    assert len(written) > len(samples) // 2, "what was not yet heard is dropped, and no more"
    assert samples.startswith(written)


def test_a_machine_without_sound_says_so() -> None:
    with pytest.raises(NoDevice):
        AlsaLoudspeaker("no_such_device")

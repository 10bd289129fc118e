"""Recorded prompts: a person's voice for every fixed sentence, in a folder of WAV files.

    prompts_dir/zh_CN/3f9c2a71d0be.wav      named by the digest of the words; `kiosk voice prompts` lists them

A number nobody can have recorded is put together from its characters, when all of those are there:
零 to 九, 幺, 十 百 千 万 亿, 点, 元 角 分, 年 月 日. So two dozen short files read every amount, date and
receipt number.
"""

import hashlib
import wave
from pathlib import Path

from drivers.loudspeaker.loudspeaker import RATE_HZ, SAMPLE_BYTES

SPLICED = frozenset("零一二三四五六七八九幺两十百千万亿点元角分年月日负")
LONGEST_S = 60


class UnusablePrompt(Exception):
    """A file that is there but can't be played. The message says why."""


def digest(text: str) -> str:
    """Return the name of a sentence's file, without its folder and ending."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Prompts:
    """A folder of recordings; None is one without any."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def are_there(self) -> bool:
        """Whether there is a folder of recordings."""
        return self._folder is not None and self._folder.is_dir()

    def path(self, text: str, language: str) -> Path | None:
        """Return where the recording of a sentence is, or would be."""
        return self._folder / language / f"{digest(text)}.wav" if self._folder is not None else None

    def samples_of(self, text: str, language: str) -> bytes | None:
        """Return a sentence as samples, whole or put together, or None. Raises UnusablePrompt."""
        whole = self._recorded(text, language)
        if whole is not None or not set(text) <= SPLICED:
            return whole
        parts = [self._recorded(character, language) for character in text]
        return b"".join(part for part in parts if part is not None) if None not in parts else None

    def _recorded(self, text: str, language: str) -> bytes | None:
        path = self.path(text, language)
        if path is None or not path.is_file():
            return None
        try:
            with wave.open(str(path), "rb") as file:
                if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (
                    1, SAMPLE_BYTES, RATE_HZ,
                ):  # fmt: skip
                    raise UnusablePrompt(f"{path.name}: wanted one channel, 16 bits, {RATE_HZ} Hz")
                return file.readframes(LONGEST_S * RATE_HZ)
        except (OSError, EOFError, wave.Error) as error:
            raise UnusablePrompt(f"{path.name}: {type(error).__name__}") from error

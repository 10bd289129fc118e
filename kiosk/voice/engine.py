"""The embedded voice from the kiosk's side: a sentence in, samples out, or nothing in time.

It is started with the first sentence and asked again after it has ended. It may hang or crash as it likes:
it is given a deadline and, past it, killed. Nobody waits for a voice but the thread that speaks.
"""

import json
import os
import select
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import IO

from drivers.loudspeaker.loudspeaker import SAMPLE_BYTES

ANSWER_WITHIN_S = 5.0  # a long sentence takes 30 ms


class Unspoken(Exception):
    """The engine gave no samples."""


class EmbeddedVoice:
    """eSpeak NG in a process of its own (kiosk/voice/espeak.py). Used by one thread."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def is_installed() -> bool:
        """Whether there is an engine to start."""
        return find_spec("espeakng_loader") is not None

    def samples_of(self, text: str, language: str) -> bytes:
        """Return a sentence as samples. Raises Unspoken."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps({"language": language, "text": text}).encode() + b"\n")
            process.stdin.flush()
            return _answer(process.stdout, time.monotonic() + ANSWER_WITHIN_S)
        except (OSError, ValueError, KeyError) as error:
            self.close()
            raise Unspoken(type(error).__name__) from None

    def close(self) -> None:
        """End the engine."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.voice.espeak"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process


def _answer(pipe: IO[bytes], until: float) -> bytes:
    """Read how many samples follow, and them. Raises OSError, ValueError, KeyError."""
    received = b""
    while b"\n" not in received:
        received += _some(pipe, until)
    head, _, samples = received.partition(b"\n")
    wanted = json.loads(head)["samples"] * SAMPLE_BYTES
    parts, have = [samples], len(samples)
    while have < wanted:
        parts.append(_some(pipe, until))
        have += len(parts[-1])
    return b"".join(parts)


def _some(pipe: IO[bytes], until: float) -> bytes:
    readable, _, _ = select.select((pipe,), (), (), max(0.0, until - time.monotonic()))
    some = os.read(pipe.fileno(), 1 << 16) if readable else b""
    if not some:
        raise OSError("the voice has ended or hangs")
    return some

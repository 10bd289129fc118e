"""The embedded voice: eSpeak NG 1.52, in a process of its own that reads sentences and writes samples.

    {"language": "zh_CN", "text": "..."}\\n   ->   {"samples": 12345}\\n and as many 16-bit samples

eSpeak NG is GPL-3-or-later (espeakng-loader, which brings it, is MIT). It is loaded by this program and no
other: the kiosk is not linked with it, speaks to it through two pipes, and goes on when it crashes. Whoever
passes a kiosk on with it passes eSpeak NG on under the GPL; without it the kiosk is complete, and speaks
what was recorded. Nothing spoken is kept, written down or passed on a command line.
"""

import ctypes
import json
import sys

import espeakng_loader

VOICES = {"zh_CN": b"cmn", "en": b"en"}
WORDS_PER_MINUTE = 150
RATE_HZ = 22_050  # what eSpeak speaks, and the loudspeaker hears (drivers/loudspeaker)
_SYNCHRONOUS, _BUFFER_MS, _CHARACTERS, _UTF8, _RATE = 2, 0, 1, 1, 1
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The engine. Raises OSError when it can't be loaded."""

    def __init__(self) -> None:
        self._engine = ctypes.CDLL(espeakng_loader.get_library_path())
        self._samples = bytearray()
        rate = self._engine.espeak_Initialize(
            _SYNCHRONOUS, _BUFFER_MS, espeakng_loader.get_data_path().encode(), 0
        )
        if rate != RATE_HZ:
            raise OSError(f"eSpeak speaks at {rate} Hz")
        self._take = _Callback(self._taken)  # kept: the engine holds a bare pointer to it
        self._engine.espeak_SetSynthCallback(self._take)

    def samples_of(self, text: str, language: str) -> bytes:
        """Return a sentence as samples."""
        self._samples.clear()
        self._engine.espeak_SetVoiceByName(VOICES[language])
        self._engine.espeak_SetParameter(_RATE, WORDS_PER_MINUTE, 0)
        written = text.encode() + b"\0"
        self._engine.espeak_Synth(written, len(written), 0, _CHARACTERS, 0, _UTF8, None, None)
        return bytes(self._samples)

    def _taken(self, wave: object, count: int, _events: object) -> int:
        if wave and count:
            self._samples += ctypes.string_at(wave, count * 2)  # type: ignore[arg-type]  # a pointer
        return 0


def main() -> None:
    """Speak what stands on standard input, line by line, until it ends."""
    engine = Espeak()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        samples = engine.samples_of(asked["text"], asked["language"])
        sys.stdout.buffer.write(json.dumps({"samples": len(samples) // 2}).encode() + b"\n" + samples)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

"""A loudspeaker through ALSA, by the nine calls of libasound (LGPL-2.1) that playing needs.

Nothing blocks: the device is opened non-blocking and asked for room before samples are given. It holds
0.3 s of sound, so what is wanted silent is silent well within half a second even if nobody could drop it.
"""

import ctypes
import errno

from drivers.errors import DeviceDisconnected, NoDevice, PortInUse
from drivers.loudspeaker.loudspeaker import RATE_HZ, SAMPLE_BYTES

HELD_US = 300_000
_PLAYBACK, _NONBLOCK, _INTERLEAVED, _S16_LE, _CHANNELS, _RESAMPLE = 0, 1, 3, 2, 1, 1
_PREPARED = 2
_SAYS_NOTHING = ctypes.CFUNCTYPE(None)(lambda: None)


class AlsaLoudspeaker:
    """An ALSA device by its name: "default", "plughw:CARD=Device". Used by one thread.

    Raises NoDevice when there is none or no libasound, PortInUse when another program holds it.
    """

    def __init__(self, name: str) -> None:
        try:
            self._alsa = ctypes.CDLL("libasound.so.2")
        except OSError as error:
            raise NoDevice("libasound.so.2 is not installed") from error
        for call in ("snd_pcm_avail_update", "snd_pcm_writei"):
            getattr(self._alsa, call).restype = ctypes.c_long
        self._alsa.snd_lib_error_set_handler(_SAYS_NOTHING)  # it would write to standard error
        handle = ctypes.c_void_p()
        opened = self._alsa.snd_pcm_open(ctypes.byref(handle), name.encode(), _PLAYBACK, _NONBLOCK)
        if opened < 0:
            busy = opened in {-errno.EBUSY, -errno.EACCES}
            raise (PortInUse if busy else NoDevice)(f"no sound from {name!r}: {errno.errorcode.get(-opened)}")
        self._pcm = handle
        fitted = self._alsa.snd_pcm_set_params(
            handle, _S16_LE, _INTERLEAVED, _CHANNELS, RATE_HZ, _RESAMPLE, HELD_US
        )
        if fitted < 0:
            self.close()
            raise NoDevice(f"{name!r} takes no 16-bit sound at {RATE_HZ} Hz")

    def room(self) -> int:
        """Return how many samples would be taken now."""
        return int(self._recovered(self._alsa.snd_pcm_avail_update(self._pcm)))

    def play(self, samples: bytes) -> None:
        """Give samples, and have them heard without waiting for the buffer to fill."""
        count = ctypes.c_ulong(len(samples) // SAMPLE_BYTES)
        self._recovered(self._alsa.snd_pcm_writei(self._pcm, samples, count))
        if self._alsa.snd_pcm_state(self._pcm) == _PREPARED:
            self._alsa.snd_pcm_start(self._pcm)

    def silence(self) -> None:
        """Drop what is not yet heard."""
        self._recovered(self._alsa.snd_pcm_drop(self._pcm))
        self._recovered(self._alsa.snd_pcm_prepare(self._pcm))

    def close(self) -> None:
        """Let go of the device."""
        self._alsa.snd_pcm_close(self._pcm)

    def _recovered(self, answer: int) -> int:
        """Return an answer, or 0 after an underrun, which is what the end of a sentence looks like."""
        if answer >= 0 or answer == -errno.EAGAIN:
            return max(0, answer)
        if self._alsa.snd_pcm_recover(self._pcm, ctypes.c_int(answer), 1) < 0:
            raise DeviceDisconnected("the sound device is gone")
        return 0

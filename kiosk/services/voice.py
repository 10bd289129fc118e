"""The voice: sentences read aloud, a tenth of a second at a time, and silence as soon as it is wanted.

A sentence is a recording when there is one, else the embedded voice's. Nothing waits for it and no event
comes of it. A kiosk without a loudspeaker goes on in silence, and looks every half minute whether there is
one now. What is still to be said is dropped when the visit ends.
"""

from collections import deque
from collections.abc import Callable, Iterable

from drivers.errors import DeviceError, DeviceStatus, Remedy
from drivers.loudspeaker.loudspeaker import RATE_HZ, SAMPLE_BYTES, Loudspeaker
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.services.service import Check, Watched
from kiosk.voice.engine import EmbeddedVoice, Unspoken
from kiosk.voice.prompts import Prompts, UnusablePrompt
from kiosk.voice.tone import alarm

PIECE = RATE_HZ // 10  # samples
LOOK_AGAIN_S = 30.0
WHILE_SPEAKING_S = 0.05
REST_S = 60.0
BETWEEN_SENTENCES = bytes(round(0.25 * RATE_HZ) * SAMPLE_BYTES)

OpenLoudspeaker = Callable[[], Loudspeaker]


class Voice:
    """The voice as a service. `open_loudspeaker` is None where the voice is switched off."""

    def __init__(
        self, open_loudspeaker: OpenLoudspeaker | None, prompts: Prompts, engine: EmbeddedVoice | None
    ) -> None:
        self._open = open_loudspeaker
        self._prompts = prompts
        self._engine = engine
        self._loudspeaker: Loudspeaker | None = None
        self._trouble: DeviceError | None = None
        self._unspoken = ""  # why a sentence could not be said, when one last could not
        self._reported: on.VoiceReady | None = None
        self._waiting: deque[tuple[str, str]] = deque()  # sentences, and their language
        self._samples = memoryview(b"")

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Begin to say something in place of what is being said, or be silent."""
        match effect:
            case do.Say(sentences, language, is_alarm):
                self._drop()
                self._waiting.extend((sentence, language) for sentence in sentences)
                self._samples = memoryview(alarm() if is_alarm else b"")
            case do.Hush() | do.CloseVisit():
                self._drop()
        return ()

    def watch(self) -> Watched:
        """Give the loudspeaker what it has room for."""
        try:
            loudspeaker = self._opened()
            while loudspeaker is not None and self._has_more() and loudspeaker.room() >= PIECE:
                size = PIECE * SAMPLE_BYTES
                loudspeaker.play(bytes(self._samples[:size]))
                self._samples = self._samples[size:]
        except DeviceError as error:
            self._lose(error)
        resting = LOOK_AGAIN_S if self._loudspeaker is None and self._open else REST_S
        return Watched(self._changed(), WHILE_SPEAKING_S if self._speaks else resting)

    def check(self) -> Check:
        """Say whether the kiosk can be heard."""
        if self._open is None:
            return Check(DeviceStatus.ONLINE, detail="switched off in kiosk.toml")
        try:
            self._opened()
        except DeviceError as error:
            self._lose(error)
        if self._trouble is not None:
            return Check.of(self._trouble)
        if not self._has_words:
            return Check(
                DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE, "no recordings, no engine", ("no_words",)
            )
        if self._unspoken:
            return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, self._unspoken, ("unspoken",))
        return Check(DeviceStatus.ONLINE)

    def close(self) -> None:
        """Be silent, and let go of the loudspeaker and the engine."""
        self._waiting.clear()
        if self._engine is not None:
            self._engine.close()
        if self._loudspeaker is not None:
            self._loudspeaker.close()
            self._loudspeaker = None

    @property
    def _has_words(self) -> bool:
        return self._engine is not None or self._prompts.are_there

    @property
    def _speaks(self) -> bool:
        return self._loudspeaker is not None and bool(self._samples or self._waiting)

    def _opened(self) -> Loudspeaker | None:
        if self._loudspeaker is None and self._open is not None:
            self._loudspeaker = self._open()
            self._trouble = None
        return self._loudspeaker

    def _has_more(self) -> bool:
        """Whether there are samples to play, fetching those of the next sentence when it is its turn."""
        while not self._samples and self._waiting:
            self._samples = memoryview(self._samples_of(*self._waiting.popleft()))
        return bool(self._samples)

    def _samples_of(self, sentence: str, language: str) -> bytes:
        try:
            samples = self._prompts.samples_of(sentence, language)
            if samples is None and self._engine is not None:
                samples = self._engine.samples_of(sentence, language)
        except (UnusablePrompt, Unspoken) as error:
            self._unspoken = str(error)
            samples = None
        return samples + BETWEEN_SENTENCES if samples else b""

    def _drop(self) -> None:
        self._waiting.clear()
        self._samples = memoryview(b"")
        if self._loudspeaker is not None:
            try:
                self._loudspeaker.silence()
            except DeviceError as error:
                self._lose(error)

    def _lose(self, error: DeviceError) -> None:
        self._waiting.clear()
        self._samples = memoryview(b"")
        if self._loudspeaker is not None:
            self._loudspeaker.close()
        self._loudspeaker, self._trouble = None, error.again()

    def _changed(self) -> tuple[on.Event, ...]:
        cause = self._trouble.word if self._trouble is not None else ""
        if self._open is not None and not cause and not self._has_words:
            cause = "no_words"
        now = on.VoiceReady(self._loudspeaker is not None and self._has_words, cause)
        if now == self._reported:
            return ()
        self._reported = now
        return (now,)

"""Questions to the reader over its line, one at a time, each with its answer or a named trouble.

Questions may be repeated, so one whose answer came garbled is asked once more. Answers carry no number:
after a silence the next to arrive may be a late one, and a late card block would be another person's. So
- an answer that cannot belong to the question is passed over;
- after any trouble the line is closed, and a new one is proven first by a question whose answer fits nothing
  else: the reader answers in order, so what was late has come by then.

Timeouts are those of public drivers, lengthened; how long readers really take is unverified.
"""

import time
from collections.abc import Callable, Mapping

from drivers.errors import DeviceError, DeviceFailed, DeviceSilent, DeviceStatus, ProtocolViolation
from drivers.id_card_reader.document import NEW_ADDRESS_SIZE, TEXT_BLOCK_SIZE
from drivers.id_card_reader.protocol import (
    SAM_NUMBER_SIZE,
    Answer,
    BadAnswer,
    Command,
    FrameReader,
    Status,
    decode_answer,
    encode_request,
)
from drivers.transport import OpenTransport, Transport

_TIMEOUT_S = 1.5
_TIMEOUTS_S = {
    Command.READ_BASE: 4.0,
    Command.READ_BASE_AND_FINGERPRINT: 6.0,
    Command.READ_NEW_ADDRESS: 3.0,
}
_GAP_S = 0.5  # once a frame has begun, this long without a byte means the rest of it is lost

_ASK_AGAIN = {Status.BAD_CHECKSUM, Status.BAD_LENGTH}
_SAM_FAILURES = {Status.SAM_SELF_TEST_FAILED, Status.SAM_NOT_AUTHORISED}
_NOT_UNDERSTOOD = {Status.BAD_COMMAND, Status.NOT_ALLOWED}
# Failures named by the step they belong to. All others, and those no source knows, may answer anything.
_STEP_OF_FAILURE: Mapping[int, set[Command]] = {
    Status.FIND_FAILED: {Command.FIND_CARD},
    Status.SELECT_FAILED: {Command.SELECT_CARD},
    Status.READ_FAILED: {Command.READ_BASE, Command.READ_BASE_AND_FINGERPRINT, Command.READ_NEW_ADDRESS},
    Status.ITEM_EMPTY: {Command.READ_NEW_ADDRESS},
}


class Conversation:
    """Asks and remembers how it went. Opens its line when first asked, and anew after trouble."""

    def __init__(self, open_transport: OpenTransport, clock: Callable[[], float] = time.monotonic) -> None:
        self._open_transport = open_transport
        self._clock = clock
        self._transport: Transport | None = None
        self.status = DeviceStatus.OFFLINE
        """What the last question showed; offline before the first."""

    def ask(self, command: Command) -> Answer:
        """Return the answer to `command`: one that fits it, good or bad for the card.

        Raises `NoDevice`, `PortInUse`, `DeviceDisconnected`, `WriteTimedOut`, `DeviceSilent` and
        `ProtocolViolation` when nothing sensible comes, and `DeviceFailed` when the security module says that
        it does not work.
        """
        try:
            if self._transport is None:
                self._transport = self._open_transport()
                self._exchange(self._transport, Command.SAM_STATUS)
            answer = self._exchange(self._transport, command)
        except DeviceError as error:
            self.close()
            self.status = error.status
            raise
        self.status = DeviceStatus.ONLINE
        return answer

    def close(self) -> None:
        """Let the line go. Never raises."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        self.status = DeviceStatus.OFFLINE

    def _exchange(self, transport: Transport, command: Command) -> Answer:
        for _ in range(2):
            transport.discard_input()
            transport.write(encode_request(command))
            frames = FrameReader()
            answer = self._receive(transport, command, frames)
            if answer is None and not frames.heard_garbage:
                raise DeviceSilent(f"ID card reader: no answer to {command.name}")
            if answer is None or answer.status in _ASK_AGAIN:
                continue
            if answer.status in _SAM_FAILURES:
                raise DeviceFailed(f"ID card reader: {answer.status_name} ({answer.detail:04X}h)")
            if answer.status in _NOT_UNDERSTOOD:
                raise ProtocolViolation(f"ID card reader: {answer.status_name} to {command.name}")
            return answer
        raise ProtocolViolation(f"ID card reader: garbled on the line at {command.name}; cable or baud rate")

    def _receive(self, transport: Transport, command: Command, frames: FrameReader) -> Answer | None:
        deadline = self._clock() + _TIMEOUTS_S.get(command, _TIMEOUT_S)
        while (left_s := deadline - self._clock()) > 0:
            arrived = transport.read(min(left_s, _GAP_S) if frames.is_inside_frame else left_s)
            if not arrived:
                return None
            for body in frames.feed(arrived):
                try:
                    answer = decode_answer(body)
                except BadAnswer:
                    continue
                if _fits(command, answer):
                    return answer
        return None


def _fits(command: Command, answer: Answer) -> bool:
    """Whether the answer can be one to this question."""
    size = len(answer.data)
    if answer.status == Status.FOUND:
        return command is Command.FIND_CARD
    if answer.status != Status.OK:
        return command in _STEP_OF_FAILURE.get(answer.status, {command})
    match command:
        case Command.RESET | Command.SAM_STATUS:
            return size == 0
        case Command.SAM_NUMBER:
            return size == SAM_NUMBER_SIZE
        case Command.FIND_CARD:
            return False
        case Command.SELECT_CARD:
            return 0 < size < SAM_NUMBER_SIZE
        case Command.READ_NEW_ADDRESS:
            return size == NEW_ADDRESS_SIZE
        case Command.READ_BASE | Command.READ_BASE_AND_FINGERPRINT:
            return size > TEXT_BLOCK_SIZE

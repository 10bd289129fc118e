"""What can go wrong between kiosk and backend.

    BackendError
     +-- BackendUnreachable    no answer, and nothing was done
     +-- BackendAnswerLost     an order went out, and no answer came: it may have been done
     +-- BackendNonsense       an answer that is not of this API
     +-- BackendNotNow         the backend is there and will not, yet
     +-- BackendRefusal        the backend will not

`code` is short and stable, and goes into logs and the outbox. `may_be_done` is what the sender of an order
must know. None of them holds a word of what was asked or answered but the backend's own codes and titles.
"""


class BackendError(Exception):
    """The backend gave no use of an answer."""

    def __init__(self, code: str, *, may_be_done: bool) -> None:
        super().__init__(code)
        self.code = code
        self.may_be_done = may_be_done

    @property
    def cause(self) -> str:
        """Its kind as a stable word, for catalogues of faults."""
        match self:
            case BackendAnswerLost():
                return "timeout"
            case BackendNonsense():
                return "nonsense"
            case BackendNotNow():
                return "not_now"
            case BackendRefusal(code="unauthorised"):
                return "own_certificate_refused"
            case BackendRefusal():
                return "refused"
        return self.code


class BackendUnreachable(BackendError):
    """No name, no connection, no TLS, or no answer in time to a question that changes nothing.

    `code` is one of name, connect, tls, timeout. An order that raises this never began to go out.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code, may_be_done=False)


class BackendAnswerLost(BackendError):
    """The order began to go out, and no whole answer came back within its time.

    A password counts as tried; a transaction is looked up by its key before it is sent again.
    """

    def __init__(self, code: str = "answer_lost") -> None:
        super().__init__(code, may_be_done=True)


class BackendNonsense(BackendError):
    """The answer is not of this API: a redirect, another type, too long, or fields that make no sense.

    What answers in the backend's place (a captive portal, a proxy) has done nothing, but the backend
    itself may have, so an order is looked up before it is sent again.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code, may_be_done=True)


class BackendNotNow(BackendError):
    """The backend is there and asks to come back: any 5xx, 429, or 409 while it works on the same key.

    503 and 429 say that nothing was begun; any other may come out of the middle of the work.
    `retry_after_s` is the backend's own wish, if it has one.
    """

    def __init__(self, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(f"http_{status}", may_be_done=status not in {429, 503})
        self.status = status
        self.retry_after_s = retry_after_s


class BackendRefusal(BackendError):
    """The backend refuses, with one of the codes of kiosk.backend.message.Code (or a newer one)."""

    def __init__(self, status: int, code: str, title: str = "") -> None:
        super().__init__(code, may_be_done=False)
        self.status = status
        self.title = title

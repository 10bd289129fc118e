"""The control socket: hands of an emulator for anybody on the machine who may."""

import json
import os
import socket
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.control_socket import ControlSocket, RequestRefused, answer_line, ask

Drawer = dict[str, object]


def hands_on(drawer: Drawer) -> dict:
    def put(what: str, times: int = 1, weight_kg: float = 0.5) -> None:
        drawer[what] = (times, weight_kg)

    def shut(on: bool) -> dict[str, object]:
        drawer["shut"] = on
        return {"things": len(drawer) - 1}

    def name(label: str | None) -> None:
        drawer["label"] = label

    return {"put": put, "shut": shut, "name": name}


@pytest.fixture
def drawer() -> Drawer:
    return {}


def test_a_verb_does_what_its_hand_does_and_brings_back_its_answer(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "control"
    with ControlSocket(path, hands_on(drawer)):
        assert ask(path, "put", what="coin", times=3) == {}
        assert ask(path, "shut", on=True) == {"things": 1}
    assert drawer == {"coin": (3, 0.5), "shut": True}


def test_only_the_owner_may_use_it(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "control"
    with ControlSocket(path, hands_on(drawer)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_closed_to_others_from_the_first_moment(tmp_path: Path, drawer: Drawer) -> None:
    """The umask is of no matter: a socket made wide and narrowed later could be used in between."""
    path = tmp_path / "control"
    before = os.umask(0)
    try:
        with ControlSocket(path, hands_on(drawer)):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_plain_json_lines_are_enough_so_any_language_can_do_it(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "control"
    with (
        ControlSocket(path, hands_on(drawer)),
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection,
    ):
        connection.connect(str(path))
        connection.sendall(
            '{"do":"put","args":{"what":"钥匙"}}\n{"do":"shut","args":{"on":false}}\n'.encode()
        )
        lines = connection.makefile("rb")
        assert json.loads(lines.readline()) == {"ok": True}
        assert json.loads(lines.readline()) == {"ok": True, "things": 1}
    assert drawer["钥匙"] == (1, 0.5)


def test_it_tells_which_hands_there_are(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "control"
    with ControlSocket(path, hands_on(drawer)):
        assert set(ask(path, "hands")["hands"]) == {"put", "shut", "name"}


@pytest.mark.parametrize(
    ("verb", "args", "complaint"),
    [
        ("eat", {}, "unknown verb"),
        ("put", {}, "what"),
        ("put", {"what": 7}, "what must be str"),
        ("put", {"what": "coin", "times": "3"}, "times must be int"),
        ("put", {"what": "coin", "times": True}, "times must be int"),
        ("put", {"what": "coin", "colour": "red"}, "colour"),
        ("shut", {"on": 1}, "on must be bool"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_its_reason(
    tmp_path: Path, drawer: Drawer, verb: str, args: dict, complaint: str
) -> None:
    path = tmp_path / "control"
    with ControlSocket(path, hands_on(drawer)):
        with pytest.raises(RequestRefused, match=complaint):
            ask(path, verb, **args)
        assert ask(path, "shut", on=True) == {"things": 0}  # and the socket goes on
    assert drawer == {"shut": True}


def test_a_whole_number_will_do_for_a_number_and_null_where_none_is_allowed(drawer: Drawer) -> None:
    hands = hands_on(drawer)
    assert answer_line(hands, b'{"do":"put","args":{"what":"brick","weight_kg":2}}')["ok"]
    assert answer_line(hands, b'{"do":"name","args":{"label":null}}')["ok"]
    assert drawer == {"brick": (1, 2), "label": None}


@given(
    st.binary(max_size=60)
    | st.sampled_from(["put", "shut", "name"]).map(lambda verb: b'{"do":"%b"}' % verb.encode())
)
def test_no_line_whatever_it_holds_breaks_it(line: bytes) -> None:
    answer = answer_line(hands_on({}), line)
    assert answer["ok"] is True or answer["error"]
    json.dumps(answer)


@pytest.mark.parametrize("line", [b"[" * 60_000, b"7", b"{}", b'{"do":["put"]}', b'{"do":"put","args":[1]}'])
def test_a_line_that_is_no_request_is_refused(line: bytes) -> None:
    assert answer_line(hands_on({}), line)["ok"] is False


def test_a_hand_that_fails_says_so_and_the_next_may_try(tmp_path: Path) -> None:
    def jam() -> None:
        raise RuntimeError("stuck")

    path = tmp_path / "control"
    with ControlSocket(path, {"jam": jam, "echo": lambda: {"said": "\ud800 好"}}):
        with pytest.raises(RequestRefused, match="stuck"):
            ask(path, "jam")
        assert ask(path, "echo") == {"said": "\ud800 好"}


def test_a_socket_left_by_a_dead_process_is_replaced(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "control"
    left_over = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    left_over.bind(str(path))
    left_over.close()
    with ControlSocket(path, hands_on(drawer)):
        assert ask(path, "shut", on=True) == {"things": 0}


def test_a_socket_in_use_is_left_alone(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "control"
    with ControlSocket(path, hands_on(drawer)):
        with pytest.raises(OSError, match="in use"):
            ControlSocket(path, {})
        assert ask(path, "shut", on=True) == {"things": 0}


def test_closing_leaves_neither_socket_nor_thread(tmp_path: Path, drawer: Drawer) -> None:
    control = ControlSocket(tmp_path / "control", hands_on(drawer))
    assert "control control" in {thread.name for thread in threading.enumerate()}
    control.close()
    assert list(tmp_path.iterdir()) == []
    assert "control control" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(OSError, match="No such file"):
        ask(tmp_path / "control", "shut", on=True)

"""The long proofs of the serial devices, in short. In full: `make fuzz-serial`, `make soak-serial`."""

import pytest

from benchmarks.fuzz_serial import TARGETS, Target, fuzz
from benchmarks.soak_serial import soak


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_bytes_raise_anything_undeclared(target: Target) -> None:
    assert fuzz(target, inputs=2_000, seed=20261124)


def test_the_fuzz_finds_what_is_undeclared() -> None:
    def trips_over_a_nul(data: bytes, _: object) -> None:
        if b"\x00" in data:
            raise IndexError

    assert not fuzz(Target("a bad decoder", [b"abc"], trips_over_a_nul), inputs=2_000, seed=1)


def test_cards_passwords_and_unplugs_leave_no_thread_or_descriptor_behind() -> None:
    before, after = soak(cycles=200, warm_up_cycles=100)
    assert after.threads <= before.threads
    assert after.descriptors <= before.descriptors

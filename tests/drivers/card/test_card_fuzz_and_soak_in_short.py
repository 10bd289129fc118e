"""The long proofs in benchmarks/, cut short: they must run, and find nothing."""

import pytest

from benchmarks.fuzz_card import DECODERS, WHOLE_CARD
from benchmarks.fuzz_serial import Target, fuzz
from benchmarks.soak_card import soak


@pytest.mark.parametrize("target", [*DECODERS, WHOLE_CARD], ids=lambda target: target.name)
def test_no_bytes_raise_anything_undeclared(target):
    assert fuzz(target, inputs=2000, seed=1)


def test_the_fuzzer_tells_when_something_undeclared_is_raised():
    broken = Target("broken", [b"\x00\x01"], lambda data, random: data[1000])
    assert not fuzz(broken, inputs=10, seed=1)


@pytest.mark.pcscd
def test_cards_come_and_go_and_leave_nothing_behind():
    samples, kills = soak(cycles=10, readers=1, cycles_per_sample=2, hangs_after_s=0.5)
    assert kills == 1
    for early, late in zip(samples[0][1:], samples[-1][1:], strict=True):
        assert late.threads <= early.threads
        assert late.descriptors <= early.descriptors

"""Kills and power cuts, in short; `make prove-durability` does it ten thousand times."""

import shutil

import pytest

from tests.offline_queue.kills import kill
from tests.offline_queue.power_cut.cuts import FULL, NORMAL, OFF, cut_power, record
from tests.offline_queue.power_cut.syncs import count_syncs

needs_compiler = pytest.mark.skipif(
    shutil.which("gcc") is None, reason="the shim that records is written in C"
)


@pytest.mark.slow
def test_no_kill_costs_a_receipted_fact_or_does_one_twice(tmp_path):
    books = kill(tmp_path / "lives", kills=80, seed=1, lives_per_file=40)
    assert books.faults == []
    assert books.receipts > 80
    assert min(books.looked_up, books.salvages, books.key_changes, books.bundles) > 0


def test_the_books_show_a_receipt_that_was_handed_out_too_early(tmp_path):
    books = kill(tmp_path / "lives", kills=30, seed=2, lives_per_file=30, receipt_first=True)
    assert any("has no row" in fault for fault in books.faults)


@needs_compiler
@pytest.mark.slow
def test_no_power_cut_costs_what_was_acknowledged_or_damages_the_file(tmp_path):
    verdict = cut_power(record(tmp_path, FULL), tmp_path / "image", cuts=100, seed=1)
    assert (verdict.lost, verdict.damaged, verdict.examples) == (0, 0, [])
    assert verdict.acknowledged > 10_000


@needs_compiler
@pytest.mark.parametrize(("synchronous", "damage_expected"), [(NORMAL, False), (OFF, True)])
def test_the_cuts_show_what_a_lower_durability_would_lose(tmp_path, synchronous, damage_expected):
    verdict = cut_power(record(tmp_path, synchronous), tmp_path / "image", cuts=40, seed=1)
    assert verdict.lost > 0
    assert bool(verdict.damaged) == damage_expected


@needs_compiler
def test_a_put_waits_for_the_disk_once_and_so_does_a_settle(tmp_path):
    assert count_syncs(tmp_path) == (1, 1)

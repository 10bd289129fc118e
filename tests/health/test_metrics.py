"""Numbers for operators: what they say, to whom, and what they never say."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.emulators.personas import PERSONAS
from kiosk.health.metrics import HUNG_S
from kiosk.health.metrics_server import MetricsServer

RULES = Path(__file__).parents[2] / "deploy" / "prometheus"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


def number(bench: Bench, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", bench.metrics.page().decode(), re.MULTILINE)
    assert found, name
    return float(found[1])


def asked(server: MetricsServer, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def report_loss_offline(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")


def test_visits_transactions_and_the_age_of_what_waits_are_counted(bench: Bench) -> None:
    assert number(bench, "kiosk_visits_total") == 0
    report_loss_offline(bench)
    assert number(bench, "kiosk_visits_total") == 1
    assert number(bench, 'kiosk_transactions{state="pending"}') == 1
    bench.wait(90)
    assert 90 <= number(bench, "kiosk_oldest_pending_seconds") <= 95
    bench.backend.go_online()
    bench.wait(60)
    assert number(bench, 'kiosk_transactions{state="pending"}') == 0
    assert number(bench, 'kiosk_transactions{state="effective"}') == 1
    assert number(bench, "kiosk_oldest_pending_seconds") == 0


def test_devices_paper_mode_and_faults_follow_the_kiosk(bench: Bench) -> None:
    assert number(bench, 'kiosk_device_up{device="printer"}') == 1
    assert number(bench, 'kiosk_device_up{device="voice"}') == 1
    assert 'device="pin_pad"' not in bench.metrics.page().decode(), "passwords are entered on the screen"
    assert number(bench, 'kiosk_mode{mode="InService"}') == 1
    bench.printer.run_out_of_paper()
    bench.id_wire.unplug()
    bench.card_slot.unplug_reader()
    bench.wait(3)
    assert number(bench, 'kiosk_device_up{device="id_reader"}') == 0
    assert number(bench, 'kiosk_paper{paper="out"}') == 1
    assert number(bench, 'kiosk_paper{paper="full"}') == 0
    assert number(bench, 'kiosk_mode{mode="OutOfService"}') == 1
    assert number(bench, 'kiosk_fault{code="K-301",severity="limits"}') == 1
    assert number(bench, 'kiosk_fault{code="K-302",severity="limits"}') == 0


def test_the_window_is_measured_turn_by_turn(bench: Bench) -> None:
    bench.metrics.turned(10.0, 10.010)
    bench.metrics.turned(10.4, 10.403)
    assert number(bench, "kiosk_turn_seconds_count") == 2
    assert number(bench, "kiosk_frame_seconds_count") == 1
    assert number(bench, "kiosk_frame_seconds_sum") == pytest.approx(0.4)


def test_numbers_and_health_are_served_to_this_machine_only(bench: Bench) -> None:
    steady_s = 100.0
    bench.metrics.turned(steady_s, steady_s)
    server = MetricsServer(0, bench.metrics, lambda: steady_s)
    try:
        status, page = asked(server, "/metrics")
        assert status == 200
        assert b"kiosk_transactions" in page
        status, told = asked(server, "/healthz")
        assert (status, json.loads(told)["mode"]) == (200, "InService")
        assert asked(server, "/")[0] == 404
        assert server.address == "127.0.0.1"
        steady_s += HUNG_S + 1  # the loop has not turned since
        assert asked(server, "/healthz")[0] == 503
        bench.metrics.turned(steady_s, steady_s)
        assert asked(server, "/healthz")[0] == 200
        bench.id_wire.unplug()
        bench.card_slot.unplug_reader()
        bench.wait(3)
        status, told = asked(server, "/healthz")
        assert (status, json.loads(told)["faults"][:2]) == (503, ["K-101", "K-201"])
    finally:
        server.close()


def test_no_number_says_anything_of_a_citizen(bench: Bench) -> None:
    report_loss_offline(bench)
    page = bench.metrics.page().decode()
    for one in PERSONAS:
        assert not any(private in page for private in (one.name, one.holder_number, one.card_number))


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is in Debian's package prometheus")
def test_promtool_accepts_the_numbers_the_alert_rules_and_their_tests(bench: Bench) -> None:
    for words, given in (
        (("check", "metrics"), bench.metrics.page()),
        (("check", "rules", "kiosk-alerts.yaml"), b""),
        (("test", "rules", "kiosk-alerts-test.yaml"), b""),
    ):
        ran = subprocess.run(["promtool", *words], input=given, capture_output=True, cwd=RULES, check=False)
        assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()


def test_every_number_an_alert_rule_asks_for_is_there(bench: Bench) -> None:
    asked_for = set(re.findall(r"\bkiosk_[a-z_]+", (RULES / "kiosk-alerts.yaml").read_text()))
    given = set(re.findall(r"^(kiosk_[a-z_]+)", bench.metrics.page().decode(), re.MULTILINE))
    assert asked_for - {"kiosk_certificate_expiry_timestamp_seconds"} <= given

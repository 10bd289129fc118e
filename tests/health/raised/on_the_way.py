"""Faults on the way to the backend: certificates, lines, and a backend that is silent, busy or another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.backend.emulator.faults import NeverAnswer, Slow, busy, captive_portal
from kiosk.backend.probe import Route, probe
from kiosk.health.inspections import route_to_backend
from tests.backend.authority import Authority
from tests.bench import Bench
from tests.health.certified import certified
from tests.health.raised import Raise

IMPATIENT: dict[str, object] = {"total_timeout_s": 0.3, "connect_timeout_s": 0.3}


def way_of(bench: Bench, **changes: object) -> set[str]:
    """Walk the way of a bench, changed so, and return what the steps found."""
    return set(walked(replace(route_to_backend(bench.config), **changes)))


def walked(route: Route, **more: object) -> Iterator[str]:
    for finding in probe(route, lambda: datetime.now(UTC), **more):
        yield from (fault.code for fault in finding.faults)


def with_certificates(**made: object) -> Raise:
    def raise_it(folder: Path) -> set[str]:
        with Bench(folder, **certified(folder, **made)) as bench:
            return way_of(bench)

    return raise_it


def with_backend(go_wrong: Callable[[Bench], object]) -> Raise:
    def raise_it(folder: Path) -> set[str]:
        with Bench(folder) as bench:
            bench.clock.wall = datetime.now(UTC)
            go_wrong(bench)
            return way_of(bench, **IMPATIENT)

    return raise_it


def interface(folder: Path, *, carrier: bool) -> Path:
    """Return the kernel's folder of network interfaces, with one."""
    (folder / "eth0").mkdir()
    (folder / "eth0" / "type").write_text("1")
    (folder / "eth0" / "carrier").write_text(str(int(carrier)))
    return folder


def without_a_cable(folder: Path) -> set[str]:
    return set(walked(Route("https://backend.invalid", "0001"), interfaces=interface(folder, carrier=False)))


def with_a_name_nobody_knows(folder: Path) -> set[str]:  # RFC 6761: it never resolves
    return set(walked(Route("https://backend.invalid", "0001"), interfaces=interface(folder, carrier=True)))


def with_anothers_key(folder: Path) -> set[str]:
    with Bench(folder, **certified(folder)) as bench:
        other = Authority(folder, "other", days=30).issue("somebody", days=30)
        return way_of(bench, client_key=other.key)


def without_tls(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        authority = Authority(folder, "bureau", days=30)
        url = bench.backend.url.replace("http:", "https:")
        return way_of(bench, url=url, ca_file=authority.paper.cert, **IMPATIENT)


def slowly(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        bench.backend.faults.set(Slow(0.05))
        return set(walked(route_to_backend(bench.config), slow_ms=40))


ON_THE_WAY: dict[str, Raise] = {
    "K-401": without_a_cable,
    "K-402": with_a_name_nobody_knows,
    "K-403": with_backend(lambda bench: bench.backend.go_offline()),
    "K-404": with_certificates(by="somebody-else"),
    "K-405": with_certificates(days=-1),
    "K-406": with_certificates(days=12),
    "K-407": with_anothers_key,
    "K-408": with_certificates(own_days=-2),
    "K-409": with_certificates(own_days=3),
    "K-410": with_certificates(own_by="stranger"),
    "K-411": without_tls,
    "K-412": with_backend(lambda bench: bench.backend.faults.set(NeverAnswer())),
    "K-413": with_backend(lambda bench: bench.backend.faults.set(busy())),
    "K-414": with_backend(lambda bench: bench.backend.faults.set(captive_portal())),
    "K-415": slowly,
    "K-416": with_backend(lambda bench: bench.backend.skew_clock(timedelta(minutes=10))),
}

"""Certificates for a bench whose backend speaks HTTPS: as short-lived as a test wants them."""

import ssl
from pathlib import Path

from tests.backend.authority import Authority

LONG = 365


def certified(
    folder: Path, *, days: float = LONG, own_days: float = LONG, by: str = "bureau", own_by: str = "bureau"
) -> dict[str, object]:
    """Return what a Bench takes: the backend's side of TLS, and what kiosk.toml says of it.

    `by` and `own_by` are the authorities that issue the backend's certificate and the kiosk's; each side
    trusts "bureau" and nobody else.
    """
    bureau = Authority(folder, "bureau", days=2 * LONG)
    others = {name: Authority(folder, name, days=2 * LONG) for name in {by, own_by} - {"bureau"}}
    authorities = {"bureau": bureau, **others}
    theirs = authorities[by].issue("backend", days=days)
    own = authorities[own_by].issue("kiosk", days=own_days)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=bureau.paper.cert)
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_cert_chain(theirs.cert, theirs.key)
    files = {"ca_file": bureau.paper.cert, "client_cert": own.cert, "client_key": own.key}
    return {"tls": tls, "backend": files}

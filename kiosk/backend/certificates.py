"""Certificates on the way to the backend: whether they can be used, who vouches, and how long they hold."""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from kiosk.backend.exchange import PUBLIC_AUTHORITIES

# OpenSSL's verdicts (x509_vfy.h) and alerts, as Python names them.
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED
_ALERTS_ABOUT_US = ("CERTIFICATE_REQUIRED", "UNKNOWN_CA", "BAD_CERTIFICATE", "CERTIFICATE_REVOKED",
                    "CERTIFICATE_EXPIRED", "CERTIFICATE_UNKNOWN", "ACCESS_DENIED")  # fmt: skip


class Unusable(Exception):
    """A certificate or key file is missing, damaged, not a pair, or may not be read."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The certificates that vouch for the backend, its own first. `ends` is when the first of them does."""

    names: tuple[str, ...]
    ends: datetime


def context(ca_file: Path | None) -> ssl.SSLContext:
    """Return the client's own settings: that authority, or the public ones. Raises Unusable."""
    try:
        return ssl.create_default_context(cafile=ca_file or PUBLIC_AUTHORITIES)
    except OSError as error:
        raise Unusable(str(error)) from None


def show_own(context: ssl.SSLContext, cert: Path, key: Path) -> None:
    """Have the kiosk's certificate shown when it is asked for. Raises Unusable."""
    try:
        context.load_cert_chain(cert, key, password=_no_password)
    except OSError as error:
        raise Unusable(str(error)) from None


def ends_of_file(cert: Path) -> datetime:
    """Return when the first of a file's certificates ends. Raises Unusable."""
    try:
        return _earliest(x509.load_pem_x509_certificates(cert.read_bytes()))
    except (OSError, ValueError) as error:
        raise Unusable(str(error)) from None


def chain_of(secured: ssl.SSLSocket) -> Chain:
    """Return the verified chain of a connection. Raises ValueError for a certificate nobody can parse."""
    # The public name of this, SSLSocket.get_verified_chain, is in Python 3.13; 3.11 has it one level down.
    verified = secured._sslobj.get_verified_chain()  # type: ignore[attr-defined]
    parsed = [x509.load_pem_x509_certificate(each.public_bytes().encode()) for each in verified]
    return Chain(tuple(_common_name(each) for each in parsed), _earliest(parsed))


def days_left(ends: datetime, now: datetime) -> int:
    """Return the whole days until then; negative once it is past."""
    return (ends - now).days


def why(failure: Exception) -> str:
    """Return why there is no secure connection, as a cause of the catalogue of faults."""
    match failure:
        case ssl.SSLCertVerificationError(verify_code=code):
            return "certificate_expired" if code == _EXPIRED else "untrusted"
        case ssl.SSLError(reason=str(reason)) if "ALERT" in reason and reason.endswith(_ALERTS_ABOUT_US):
            return "own_certificate_refused"
    return "tls"


def _earliest(certificates: Iterable[x509.Certificate]) -> datetime:
    return min(each.not_valid_after_utc for each in certificates)


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _no_password() -> str:
    """Refuse an encrypted key, for which OpenSSL would ask on the terminal and wait for ever."""
    raise OSError("the key is encrypted")

"""kiosk.toml: one file, validated as a whole before anything starts.

Every mistake in it is named, with its key, what was found and what is allowed; a kiosk doesn't start on a
bad one. So what depends on two keys is checked at the later one, and not of the section once all else in it
is right. Secrets are files, never in here; kiosk/config_files.py looks at those. What isn't configured isn't
shown: no amount, telephone number or address is invented.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from os.path import normpath
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from kiosk.domain.contact import ContactField
from kiosk.domain.measures.use import changeable_fields
from kiosk.domain.policy import MaintenanceRules, OfflineLossReport, PasswordVerifier, Policy
from kiosk.domain.reference import Fee

Seconds = Annotated[float, Field(gt=0, le=3600)]
Baud = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]
Words = Annotated[str, Field(pattern=r"\S")]
"""What people read: never blank."""


class InvalidConfig(Exception):
    """The file can't be used. `mistakes` has one line for each mistake in it."""

    def __init__(self, path: Path, mistakes: tuple[str, ...]) -> None:
        super().__init__(f"{path}: " + "; ".join(mistakes))
        self.path = path
        self.mistakes = mistakes


class Section(BaseModel):
    """A table of the file: unknown keys are mistakes, and nothing changes once it's read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _given(key: str, found: ValidationInfo) -> bool:
    """Whether an earlier key of the section is given. A wrong one is: it is a mistake of its own."""
    return found.data.get(key, "wrong") is not None


def _each_once(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) != len(languages):
        raise ValueError("each language once")
    return languages


class KioskSection(Section):
    """Which kiosk this is. `id` is the four digits in its receipt numbers.

    Every visit begins in the first of the `languages`.
    """

    id: str = Field(pattern=r"^\d{4}$")
    site: Words = Field(max_length=40)
    data_dir: Path
    languages: Annotated[
        tuple[Literal["zh_CN", "en"], ...], Field(min_length=1), AfterValidator(_each_once)
    ] = ("zh_CN", "en")


class DisplaySection(Section):
    """The screen, in pixels and inches. `keypad`: one of arrows, enter and digits is beside it."""

    width: int = Field(default=1080, ge=480, le=7680)
    height: int = Field(default=1920, ge=480, le=7680)
    diagonal_inches: float = Field(default=21.5, gt=5, le=100)
    fullscreen: bool = True
    rotation: Literal[0, 90, 180, 270] = 0
    fonts_dir: Path | None = None
    keypad: bool = False


class BackendSection(Section):
    """Where the backend is. Plain http is allowed to this machine only."""

    url: str = Field(pattern=r"^https?://[^\s/]+(/.*)?$")
    connect_timeout_s: Seconds = 3
    total_timeout_s: Seconds = 10
    ca_file: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = Field(default=None, validate_default=True)

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        host = url.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
        if url.startswith("http://") and host not in {"127.0.0.1", "localhost", "[::1]"}:
            raise ValueError("http is allowed to this machine only; the backend needs https")
        return url

    @field_validator("client_key")
    @classmethod
    def _goes_with_certificate(cls, client_key: Path | None, found: ValidationInfo) -> Path | None:
        if _given("client_cert", found) != (client_key is not None):
            raise ValueError("client_cert and client_key go together")
        return client_key


class CardSection(Section):
    """The social security card reader, by its PC/SC name; without one, the first that is there.

    `psam_reader` is the slot of the security module, where the kiosk has one.
    """

    reader: str | None = None
    psam_reader: str | None = None
    transmit_timeout_s: Seconds = 5


class SerialSection(Section):
    """A device on a serial line, by a name that survives unplugging (/dev/serial/by-id/...)."""

    port: Path
    baud: Baud = 115200


class PrinterSection(SerialSection):
    """The receipt printer."""

    baud: Baud = 115200
    paper_width_dots: Literal[384, 512, 576] = 576


class PinPadSection(Section):
    """Where a password is entered: on the screen, or on a PIN pad on a serial line, named as any other."""

    kind: Literal["screen", "zt598"] = "screen"
    port: Path | None = Field(default=None, validate_default=True)
    baud: Baud = 9600

    @field_validator("port")
    @classmethod
    def _is_there_for_a_pad(cls, port: Path | None, found: ValidationInfo) -> Path | None:
        kind = found.data.get("kind", "screen")
        if kind != "screen" and port is None:
            raise ValueError(f"kind {kind!r} needs a port")
        return port


class PasswordSection(Section):
    """Who checks the password."""

    verified_by: PasswordVerifier = PasswordVerifier.CARD


Basis = Annotated[str, Field(pattern=r"\S", max_length=200)]
"""On whose decision something rests that the Bureau may decide otherwise (Art 33): never empty."""


class LossReportSection(Section):
    """Whether and how the Bureau lets losses be reported here."""

    enabled: bool = True
    offline: OfflineLossReport = OfflineLossReport.ACCEPT
    basis: Basis = "设计卡；第十九条“及时”；由市人力资源和社会保障局确认（第三十三条）"


class ContactChangeSection(Section):
    """The fields that may be changed here: phone and address, and what the Bureau counts as 等 of Art 18."""

    fields: tuple[ContactField, ...] = tuple(ContactField)
    basis: Basis = "第十八条；邮政编码、电子邮箱列入“等”，由市人力资源和社会保障局确认（第三十三条）"


class FeeSection(Section):
    """A charge that may be named, with its document and how long it holds."""

    what: Words
    amount_fen: int = Field(ge=0)
    document: Words
    valid_until: date


class ServiceSection(Section):
    """What the Bureau tells citizens."""

    hotline: str = Field(default="12333", pattern=r"^\d{3,12}$")
    bank_hotlines: dict[str, Annotated[str, Field(pattern=r"^[\d-]{3,15}$")]] = {}
    fees: tuple[FeeSection, ...] = ()
    complaint_text: str = Field(default="", pattern=r"^$|\S")  # empty: of complaints nothing is said


class OutboxSection(Section):
    """The outbox: its key, second copies, how long delivered payloads are kept, and when it is full.

    The key is a file (`kiosk queue new-key`) or a credential systemd hands over. `backup_dir` is best on
    another disk. `retention_days`: the receipt's number and the backend's answer outlive it. What was
    rejected is kept `rejected_retention_days`, since it may be taken up again; code and reason stay.
    `recipient` is the address of whoever opens bundles carried by hand (`kiosk queue address` at the other
    end).
    """

    key_file: Path | None = None
    key_credential: str | None = Field(default=None, pattern=r"^[\w.-]{1,100}$", validate_default=True)
    cipher: Literal["aes-256-gcm", "sm4-gcm"] = "aes-256-gcm"
    backup_dir: Path | None = None
    backup_every_s: float = Field(default=3600, ge=60, le=86_400)
    verify_every_s: float = Field(default=86_400, ge=60, le=7 * 86_400)
    retention_days: int = Field(default=7, ge=1, le=365)
    rejected_retention_days: int = Field(default=180, ge=30, le=3650)
    max_pending: int = Field(default=10_000, ge=1, le=100_000)
    min_free_mib: int = Field(default=16, ge=1, le=1_000_000)
    recipient: str | None = Field(default=None, pattern=r"^[0-9a-f]{128}$")

    @field_validator("key_credential")
    @classmethod
    def _is_the_only_key(cls, key_credential: str | None, found: ValidationInfo) -> str | None:
        if _given("key_file", found) is (key_credential is not None):
            raise ValueError("exactly one of key_file and key_credential names the key")
        return key_credential


class ReceiptsSection(Section):
    """The key receipts are signed with, made by `kiosk receipt new-key`. Without one they carry no code."""

    signing_key_file: Path | None = None


class MaintenanceSection(Section):
    """Who may come into maintenance, and how long they may stay. Files are in data_dir unless named here.

    `entering_within_minutes`: how long a technician waits for a visit to end before the request is dropped.
    `sticks_dir`: where the system mounts USB sticks, each in a folder of its own; without it none are used.
    `audit_keep_days`: never under six months (网络安全法 21). `evidence_recipient`: the address of whoever
    opens evidence (`kiosk evidence new-key` there).
    """

    technicians_file: Path | None = None
    key_file: Path | None = None
    sticks_dir: Path | None = None
    entering_within_minutes: Annotated[float, Field(gt=0, le=60)] = 10
    idle_lock_minutes: Annotated[float, Field(gt=0, le=30)] = 5
    hard_limit_minutes: Annotated[float, Field(gt=0, le=240)] = 60
    audit_keep_days: Annotated[int, Field(ge=184, le=3660)] = 400
    evidence_recipient: str | None = Field(default=None, pattern=r"^[0-9a-f]{128}$")


class VoiceSection(Section):
    """How the kiosk is heard. `device` is ALSA's name for it; personal values need an earpiece."""

    enabled: bool = True
    device: str = Field(default="default", min_length=1)
    heard_by: Literal["hall", "visitor"] = "hall"  # a loudspeaker, or an earpiece or handset
    prompts_dir: Path | None = None
    engine: Literal["espeak-ng", "none"] = "espeak-ng"


class MetricsSection(Section):
    """Numbers for operators (docs/operations.md), over HTTP to this machine only."""

    enabled: bool = False
    port: int = Field(default=9464, ge=0, le=65_535)


class Config(Section):
    """The whole file."""

    kiosk: KioskSection
    backend: BackendSection
    id_card_reader: SerialSection
    receipt_printer: PrinterSection
    outbox: OutboxSection
    display: DisplaySection = DisplaySection()
    social_security_card: CardSection = CardSection()
    pin_pad: PinPadSection = PinPadSection()
    password: PasswordSection = PasswordSection()
    loss_report: LossReportSection = LossReportSection()
    contact_change: ContactChangeSection = ContactChangeSection()
    service: ServiceSection = ServiceSection()
    receipts: ReceiptsSection = ReceiptsSection()
    voice: VoiceSection = VoiceSection()
    maintenance: MaintenanceSection = MaintenanceSection()
    metrics: MetricsSection = MetricsSection()

    @property
    def maintenance_key_file(self) -> Path:
        """Where the key of maintenance is."""
        return self.maintenance.key_file or self.kiosk.data_dir / "maintenance" / "key"

    @property
    def audit_dir(self) -> Path:
        """Where the audit log is."""
        return self.kiosk.data_dir / "audit"

    @property
    def technicians_file(self) -> Path:
        """Where the technicians are; their wrong tries are in a file beside it."""
        return self.maintenance.technicians_file or self.kiosk.data_dir / "maintenance" / "technicians.json"

    def policy(self) -> Policy:
        """Return what the flows need to know."""
        fees = tuple(
            Fee(fee.what, fee.amount_fen, fee.document, fee.valid_until) for fee in self.service.fees
        )
        return Policy(
            site=self.kiosk.site,
            kiosk=self.kiosk.id,
            hotline=self.service.hotline,
            verified_by=self.password.verified_by,
            loss_report_enabled=self.loss_report.enabled,
            offline_loss_report=self.loss_report.offline,
            contact_fields=changeable_fields(self.contact_change.fields),
            bank_hotlines=self.service.bank_hotlines,
            fees=fees,
            complaint_text=self.service.complaint_text,
            languages=self.kiosk.languages,
            maintenance=MaintenanceRules(
                entering_within_s=self.maintenance.entering_within_minutes * 60,
                idle_lock_s=self.maintenance.idle_lock_minutes * 60,
                hard_limit_s=self.maintenance.hard_limit_minutes * 60,
            ),
        )


def load_config(path: Path) -> Config:
    """Read and check the file. Raises InvalidConfig with every mistake in it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidConfig(path, (f"can't be read: {error.strerror}",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidConfig(path, (f"is not TOML: {error}",)) from error
    mistakes = tuple(_shared_ports(content))
    try:
        config = Config.model_validate(content)
    except ValidationError as error:
        raise InvalidConfig(path, (*(_mistake(each) for each in error.errors()), *mistakes)) from error
    if mistakes:
        raise InvalidConfig(path, mistakes)
    return config


def _shared_ports(content: Mapping[str, object]) -> Iterator[str]:
    """Yield where two devices have one port: seen in the file as it stands, whatever else is wrong in it."""
    owners: dict[str, str] = {}
    for device in ("id_card_reader", "receipt_printer", "pin_pad"):
        section = content.get(device)
        port = section.get("port") if isinstance(section, dict) else None
        if isinstance(port, str) and (owner := owners.setdefault(normpath(port), device)) != device:
            yield f"{device}.port: {owner} has this port, each device has its own, found {port!r}"


def _mistake(error: object) -> str:
    assert isinstance(error, dict)
    key = ".".join(str(part) for part in error["loc"]) or "(file)"
    found = error["input"]
    shown = "" if isinstance(found, dict | BaseModel) else f", found {_plain(found)}"
    return f"{key}: {error['msg']}{shown}"


def _plain(value: object) -> str:
    return repr(value.value if isinstance(value, Enum) else value)

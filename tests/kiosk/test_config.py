"""kiosk.toml: every mistake is named, and a good file is used whole."""

import re
from datetime import date
from pathlib import Path

import pytest

from kiosk.config import InvalidConfig, load_config
from kiosk.domain.contact import ContactField
from kiosk.domain.measures.supplementary import may_name_fee

EXAMPLE = Path(__file__).parents[2] / "deploy" / "kiosk.example.toml"


def mistakes_in(tmp_path: Path, text: str) -> str:
    path = tmp_path / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidConfig) as caught:
        load_config(path)
    return "\n".join(caught.value.mistakes)


def test_the_example_is_a_good_file() -> None:
    config = load_config(EXAMPLE)
    assert config.kiosk.id == "0001"
    assert config.contact_change.fields == tuple(ContactField)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace('id = "0001"', 'id = "12"').replace("baud = 115200", "baud = 115201", 1)
    text = text.replace('verified_by = "card"', 'verified_by = "nobody"').replace("[service]", "[servise]")
    named = mistakes_in(tmp_path, text)
    for key in ("kiosk.id", "id_card_reader.baud", "password.verified_by", "servise"):
        assert key in named
    assert "'12'" in named, "what was found is named too"
    assert "115200" in named, "and what is allowed"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (
            {
                "https://backend.example": "http://backend.example",
                "[backend]": "[backend]\nconnect_timeout_s = 0",
            },
            ("backend.url: ", "backend.connect_timeout_s: "),
        ),
        (
            {"client_key =": "# client_key =", "[backend]": "[backend]\ntotal_timeout_s = -1"},
            ("client_cert and client_key go together", "backend.total_timeout_s: "),
        ),
        (
            {'key_file = "/etc/xinxiang-kiosk/outbox.key"': "", "retention_days = 7": "retention_days = 0"},
            ("exactly one of key_file and key_credential", "outbox.retention_days: "),
        ),
        (
            {"[outbox]": '[outbox]\nkey_credential = "key"', 'cipher = "aes-256-gcm"': 'cipher = "rot13"'},
            ("exactly one of key_file and key_credential", "outbox.cipher: "),
        ),
        (
            {'kind = "screen"': 'kind = "zt598"\nbaud = 1'},
            ("pin_pad.port: ", "pin_pad.baud: "),
        ),
        (
            {"receipt-printer": "id-card-reader", "paper_width_dots = 576": "paper_width_dots = 1"},
            ("receipt_printer.port: ", "receipt_printer.paper_width_dots: "),
        ),
    ],
)
def test_no_mistake_hides_another_in_its_section(
    tmp_path: Path, wrong: dict[str, str], named: tuple[str, ...]
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for good, bad in wrong.items():
        assert good in text
        text = text.replace(good, bad, 1)
    mistakes = mistakes_in(tmp_path, text)
    for one in named:
        assert one in mistakes
    assert len(mistakes.splitlines()) == len(named), "and no mistake is made up"


@pytest.mark.parametrize(
    ("section", "line", "key"),
    [
        ("[kiosk]", "languages = []", "kiosk.languages"),
        ("[kiosk]", 'languages = ["zh_CN", "zh_CN"]', "kiosk.languages"),
        ("[kiosk]", 'languages = ["fr"]', "kiosk.languages"),
        ("[service]", 'complaint_text = "  "', "service.complaint_text"),
        ("[pin_pad]", 'port = "/dev/serial/by-id/../by-id/id-card-reader"', "pin_pad.port"),
    ],
)
def test_what_would_be_found_out_only_in_the_hall_is_a_mistake(
    tmp_path: Path, section: str, line: str, key: str
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace(section, f"{section}\n{line}")
    assert mistakes_in(tmp_path, text).startswith(f"{key}")


def test_a_blank_site_is_a_mistake(tmp_path: Path) -> None:
    text = re.sub(r'(?m)^site = ".*"$', 'site = " "', EXAMPLE.read_text(encoding="utf-8"))
    assert "kiosk.site: " in mistakes_in(tmp_path, text)


def test_a_mistyped_key_is_a_mistake_and_not_a_default(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("diagonal_inches", "diagonal_inch")
    assert "display.diagonal_inch" in mistakes_in(tmp_path, text)


def test_a_backend_without_tls_is_refused_but_on_this_machine(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("https://backend.example", "http://backend.example")
    assert "https" in mistakes_in(tmp_path, text)
    path = tmp_path / "kiosk.toml"
    path.write_text(text.replace("http://backend.example", "http://127.0.0.1:8000"), encoding="utf-8")
    load_config(path)


def test_a_pin_pad_needs_a_port_and_is_one_the_kiosk_knows(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert "pin_pad.port: " in mistakes_in(tmp_path, text.replace('kind = "screen"', 'kind = "zt598"'))
    assert "'zt598'" in mistakes_in(tmp_path, text.replace('kind = "screen"', 'kind = "abacus"'))


def test_a_client_certificate_needs_its_key(tmp_path: Path) -> None:
    text = "\n".join(
        line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if not line.startswith("client_key")
    )
    assert "client_cert and client_key go together" in mistakes_in(tmp_path, text)


def test_the_outbox_has_exactly_one_key_and_limits_that_make_sense(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    key = 'key_file = "/etc/xinxiang-kiosk/outbox.key"'
    both, neither = text.replace(key, f'{key}\nkey_credential = "outbox-key"'), text.replace(key, "")
    for wrong in (both, neither):
        assert "exactly one of key_file and key_credential" in mistakes_in(tmp_path, wrong)
    text = text.replace("retention_days = 7", "retention_days = 0").replace(
        "max_pending = 10000", 'recipient = "ab"'
    )
    named = mistakes_in(tmp_path, text)
    assert "outbox.retention_days" in named
    assert "outbox.recipient" in named


def test_a_fee_is_named_only_with_its_document_and_within_its_validity(tmp_path: Path) -> None:
    fee = (
        '\n[[service.fees]]\nwhat = "补卡"\namount_fen = 2500\ndocument = "文号"\nvalid_until = 2018-09-15\n'
    )
    path = tmp_path / "kiosk.toml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8") + fee, encoding="utf-8")
    (fee_of_policy,) = load_config(path).policy().fees
    assert may_name_fee(fee_of_policy, date(2018, 9, 15))
    assert not may_name_fee(fee_of_policy, date(2018, 9, 16))


def test_a_file_that_is_no_toml_or_not_there_is_told_as_such(tmp_path: Path) -> None:
    assert "is not TOML" in mistakes_in(tmp_path, "[kiosk\n")
    with pytest.raises(InvalidConfig, match="can't be read"):
        load_config(tmp_path / "missing.toml")

"""A kiosk.toml with its key, of a kiosk that stands in a folder and isn't running."""

from pathlib import Path

from offline_queue.vault import write_new_key_file


def standing_kiosk(folder: Path, more: str = "") -> Path:
    """Write kiosk.toml and what it needs; return where it is."""
    if not (folder / "outbox.key").exists():
        write_new_key_file(folder / "outbox.key")
    (folder / "data").mkdir(exist_ok=True)
    path = folder / "kiosk.toml"
    path.write_text(
        f"""\
[kiosk]
id = "0012"
site = "大厅"
data_dir = "{folder / "data"}"
[backend]
url = "http://127.0.0.1:9"
[id_card_reader]
port = "/dev/null"
[receipt_printer]
port = "/dev/null"
[outbox]
key_file = "{folder / "outbox.key"}"
{more}
""",
        encoding="utf-8",
    )
    return path

"""The tables of the reference backend's file."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS holders (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, other_names TEXT NOT NULL, region TEXT NOT NULL,
    employer TEXT NOT NULL, contact TEXT NOT NULL, contact_version INTEGER NOT NULL, standing TEXT NOT NULL,
    initial_password INTEGER NOT NULL, wrong_tries INTEGER NOT NULL, password_digest TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cards (
    card_number TEXT PRIMARY KEY, card_id TEXT NOT NULL UNIQUE, holder_number TEXT NOT NULL,
    state TEXT NOT NULL, bank TEXT NOT NULL, issued_on TEXT, state_since TEXT, stage TEXT,
    lost_since TEXT, loss_number TEXT NOT NULL DEFAULT '', found_at TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS contributions (
    holder_number TEXT NOT NULL, month TEXT NOT NULL, insurance TEXT NOT NULL, base_fen INTEGER NOT NULL,
    own_fen INTEGER NOT NULL, employer_fen INTEGER NOT NULL, paid INTEGER NOT NULL,
    PRIMARY KEY (holder_number, month DESC, insurance)
) STRICT;
CREATE TABLE IF NOT EXISTS records (         -- the other topics, each as the answer it is
    holder_number TEXT NOT NULL, topic TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (holder_number, topic)
) STRICT;
CREATE TABLE IF NOT EXISTS visits (
    visit_id TEXT PRIMARY KEY, secret_digest TEXT NOT NULL, kiosk TEXT NOT NULL, holder_number TEXT NOT NULL,
    card_number TEXT NOT NULL, level INTEGER NOT NULL, checks INTEGER NOT NULL, opened_at TEXT NOT NULL,
    used_at TEXT NOT NULL, closed INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS transactions (
    key TEXT PRIMARY KEY, digest TEXT NOT NULL, kiosk TEXT NOT NULL, sequence INTEGER NOT NULL,
    holder_number TEXT NOT NULL, document TEXT NOT NULL, answer TEXT NOT NULL, received_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS transactions_by_sequence ON transactions (kiosk, sequence);
CREATE TABLE IF NOT EXISTS kiosks (          -- whose signature on a bundle is believed
    kiosk TEXT PRIMARY KEY, address TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS numbers (last INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS told_to (         -- what a person was told when the contact details changed
    holder_number TEXT NOT NULL, phone TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
"""

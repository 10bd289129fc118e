-- The outbox, version 1. Times are microseconds: wall time since 1970 UTC, or time since boot.
-- `position` is one numbering for entries, outcomes and gaps: the order in which they were written, and
-- their place in the chain. `link` = keyed digest of the previous link and of the columns above it.

-- One row: whose file this is and where the chain ends, so that cutting off its end is seen too.
CREATE TABLE head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    owner    TEXT    NOT NULL,
    cipher   TEXT    NOT NULL,
    key_id   TEXT    NOT NULL,
    position INTEGER NOT NULL,
    seq      INTEGER NOT NULL,   -- the last number given to an entry of the owner
    link     BLOB    NOT NULL,
    seal     BLOB    NOT NULL    -- vouches that no row follows
) STRICT;

-- No index on pending entries: the order of sending is kept in memory, and each page less is a faster put.
CREATE TABLE entries (
    position      INTEGER PRIMARY KEY,
    owner         TEXT    NOT NULL,  -- another outbox's owner if it was imported
    seq           INTEGER NOT NULL,
    key           TEXT    NOT NULL UNIQUE,
    kind          TEXT    NOT NULL,
    urgent        INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    captured_us   INTEGER NOT NULL,
    clock_quality TEXT    NOT NULL,
    recorded_us   INTEGER NOT NULL,
    boottime_us   INTEGER NOT NULL,
    boot_id       TEXT    NOT NULL,
    tag           BLOB    NOT NULL,  -- the last 16 bytes of `sealed`: they stay in the chain when it is gone
    link          BLOB    NOT NULL,
    -- What follows changes while the entry lives, and is not part of the link.
    sealed        BLOB,              -- person and payload; NULL when their retention is over
    state         TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'rejected')),
    outcome       INTEGER REFERENCES outcomes (position),
    attempts      INTEGER NOT NULL DEFAULT 0,
    next_us       INTEGER,
    last_error    TEXT,
    doubtful      INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1))
) STRICT;

-- What became of an entry; a row with state 'pending' means a technician took it up again.
CREATE TABLE outcomes (
    position    INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL REFERENCES entries (position),
    state       TEXT    NOT NULL CHECK (state IN ('pending', 'delivered', 'rejected')),
    settled_us  INTEGER NOT NULL,
    boottime_us INTEGER NOT NULL,
    boot_id     TEXT    NOT NULL,
    tag         BLOB    NOT NULL,
    link        BLOB    NOT NULL,
    sealed      BLOB    NOT NULL     -- the answer, or the code and reason of the refusal
) STRICT;

-- Numbers of the owner that are known to be missing, after a damaged file was salvaged.
CREATE TABLE gaps (
    position  INTEGER PRIMARY KEY,
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    noted_us  INTEGER NOT NULL,
    link      BLOB    NOT NULL
) STRICT;

-- The journal: append-only, chained, exact bytes.
CREATE TABLE journal (
    seq       INTEGER PRIMARY KEY CHECK (seq > 0),
    id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    body      BLOB NOT NULL,
    prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- What belongs to this file and is not in the journal: the till's id, what a ledger has acknowledged.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The files of every pack that was applied, by the hash that the journal names.
CREATE TABLE packs (
    sha256 TEXT PRIMARY KEY,
    bundle BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Projections: everything from here to the print jobs can be rebuilt from the journal.

-- The latest of what there is only one of: the till's name, the pack, the extract.
CREATE TABLE latest (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_ins (
    user_code TEXT PRIMARY KEY,
    failures  INTEGER NOT NULL CHECK (failures >= 0),
    locked    INTEGER NOT NULL CHECK (locked IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    number       INTEGER PRIMARY KEY CHECK (number > 0),
    user_code    TEXT NOT NULL,
    float_pence  INTEGER NOT NULL CHECK (float_pence BETWEEN 0 AND 99999999999),
    opened_at_ms INTEGER NOT NULL,
    day          TEXT NOT NULL,
    first_serial INTEGER NOT NULL, -- one session is open at a time, so that its receipts are a run of the series
    -- Once it is closed:
    last_serial  INTEGER,
    closed_seq   INTEGER,
    z            INTEGER UNIQUE,
    deposit      INTEGER
) STRICT;

CREATE INDEX sessions_to_bank ON sessions (number) WHERE z IS NOT NULL AND deposit IS NULL;

-- The counts of the sessions; which of them stand is with the session.
CREATE TABLE counts (
    session  INTEGER NOT NULL,
    attempt  INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    rejected INTEGER NOT NULL CHECK (rejected IN (0, 1)),
    PRIMARY KEY (session, attempt)
) STRICT, WITHOUT ROWID;

-- What each Z read expected and counted, MOP by MOP; `seq` is the entry that closed the session.
CREATE TABLE counted (
    seq            INTEGER NOT NULL,
    n              INTEGER NOT NULL,
    z              INTEGER NOT NULL,
    day            TEXT NOT NULL,
    user_code      TEXT NOT NULL,
    mop_code       TEXT NOT NULL,
    expected_pence INTEGER NOT NULL,
    counted_pence  INTEGER NOT NULL,
    reason_code    TEXT NOT NULL,
    reason_text    TEXT NOT NULL,
    PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

-- Cash between drawer and safe.
CREATE TABLE cash_movements (
    seq          INTEGER PRIMARY KEY,
    session      INTEGER NOT NULL,
    day          TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('lift', 'top-up', 'exchange')),
    amount_pence INTEGER NOT NULL CHECK (amount_pence BETWEEN -99999999999 AND 99999999999),
    bag          TEXT NOT NULL,
    user_code    TEXT NOT NULL,
    at_ms        INTEGER NOT NULL
) STRICT;

CREATE INDEX cash_movements_by_session ON cash_movements (session);

-- The drawer, opened without a sale.
CREATE TABLE drawer_openings (
    seq         INTEGER PRIMARY KEY,
    session     INTEGER NOT NULL,
    day         TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason_text TEXT NOT NULL,
    user_code   TEXT NOT NULL,
    at_ms       INTEGER NOT NULL
) STRICT;

CREATE INDEX drawer_openings_by_session ON drawer_openings (session);

CREATE TABLE deposits (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    seq    INTEGER NOT NULL,
    day    TEXT NOT NULL,
    slip   TEXT NOT NULL,
    cash_pence     INTEGER NOT NULL,
    expected_pence INTEGER NOT NULL,
    cheque_pence   INTEGER NOT NULL,
    postal_order_pence INTEGER NOT NULL
) STRICT;

-- People whom a supervisor disabled or let in again at this till; the pack's own word holds for the others.
CREATE TABLE people (
    user_code TEXT PRIMARY KEY,
    disabled  INTEGER NOT NULL CHECK (disabled IN (0, 1))
) STRICT, WITHOUT ROWID;

-- `running_pence` is the sum of this and every earlier receipt: what is unsent is a difference of two rows.
CREATE TABLE receipts (
    serial        INTEGER PRIMARY KEY CHECK (serial > 0),
    seq           INTEGER NOT NULL,
    number        TEXT NOT NULL,
    session       INTEGER NOT NULL,
    user_code     TEXT NOT NULL,
    at_ms         INTEGER NOT NULL,
    day           TEXT NOT NULL,
    total_pence   INTEGER NOT NULL CHECK (total_pence BETWEEN -99999999999 AND 99999999999),
    running_pence INTEGER NOT NULL,
    last_four     TEXT,
    kind          INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4) -- taking, void, refund, transfer, over or short
) STRICT;

-- Where in the series each day's receipts begin: a row for each time that the day changes. Days are in order but where a clock
-- was wrong; a day then has several runs.
CREATE TABLE day_runs (
    first_serial INTEGER PRIMARY KEY,
    day          TEXT NOT NULL
) STRICT;

CREATE INDEX day_runs_by_day ON day_runs (day);

-- Few receipts are anything but a taking: reports of voids, refunds, over and short look at these only.
CREATE INDEX receipts_not_takings ON receipts (serial, kind) WHERE kind <> 0;

-- Where in the journal each day's entries begin, in the same way: what reports read is as long as their days.
CREATE TABLE entry_days (
    first_seq INTEGER PRIMARY KEY,
    day       TEXT NOT NULL
) STRICT;

CREATE INDEX entry_days_by_day ON entry_days (day);

-- What was taken back of which line, and by which receipt.
CREATE TABLE corrections (
    of_serial    INTEGER NOT NULL,
    of_line      INTEGER NOT NULL,
    serial       INTEGER NOT NULL,
    kind         INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    PRIMARY KEY (of_serial, of_line, serial)
) STRICT, WITHOUT ROWID;

-- Money that nobody could place, and what is left of it to be placed.
CREATE TABLE suspense (
    serial       INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    fund_code    TEXT NOT NULL,
    reference    TEXT NOT NULL,
    narrative    TEXT NOT NULL,
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    left_pence   INTEGER NOT NULL CHECK (left_pence BETWEEN 0 AND amount_pence),
    PRIMARY KEY (serial, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX suspense_left ON suspense (serial, line) WHERE left_pence > 0;

CREATE TABLE postings (
    serial       INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    day          TEXT NOT NULL,
    fund_code    TEXT NOT NULL,
    reference    TEXT NOT NULL,
    mop_code     TEXT NOT NULL,
    amount_pence INTEGER NOT NULL CHECK (amount_pence BETWEEN -99999999999 AND 99999999999),
    vat_code     TEXT NOT NULL,
    vat_pence    INTEGER NOT NULL,
    PRIMARY KEY (serial, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX postings_by_account ON postings (reference, fund_code);

CREATE TABLE parked_sales (
    sale_id      TEXT PRIMARY KEY,
    seq          INTEGER NOT NULL,
    user_code    TEXT NOT NULL,
    label        TEXT NOT NULL,
    total_pence  INTEGER NOT NULL,
    lines        TEXT NOT NULL,
    parked_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- PINs and passwords that a supervisor gave out at this till, as Argon2id hashes. Not a projection: the journal says that it
-- was done and by whom, and never holds the hash.
CREATE TABLE secrets (
    user_code TEXT PRIMARY KEY,
    hash      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What has still to come out of a printer: made in the transaction of what it prints, worked off later, and gone once it is
-- out. Not a projection: whether paper came out is known only here.
CREATE TABLE print_jobs (
    job         INTEGER PRIMARY KEY, -- the entry that asked for it
    prints      INTEGER NOT NULL,    -- the entry whose document it is
    copy        INTEGER NOT NULL CHECK (copy IN (0, 1)),
    drawer      INTEGER NOT NULL CHECK (drawer IN (0, 1)),
    other       INTEGER NOT NULL CHECK (other IN (0, 1)),
    state       INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
    handed_over INTEGER NOT NULL CHECK (handed_over IN (0, 1)),
    tries       INTEGER NOT NULL,
    trouble     TEXT
) STRICT;

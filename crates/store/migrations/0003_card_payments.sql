-- Card payments at a terminal that the till drives, and their reversals: one row for each that was ever begun, with its state.
-- A projection of the journal.
CREATE TABLE card_payments (
    transaction_id TEXT PRIMARY KEY,
    seq            INTEGER NOT NULL, -- the entry that begins it
    service_id     TEXT NOT NULL UNIQUE,
    terminal       TEXT NOT NULL,
    session        INTEGER NOT NULL,
    user_code      TEXT NOT NULL,
    sale_id        TEXT NOT NULL,
    mop_code       TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    amount_pence   INTEGER NOT NULL CHECK (amount_pence > 0),
    reverses       TEXT,             -- a reversal: of which payment
    state          TEXT NOT NULL CHECK (state IN
        ('intended', 'sent', 'unresolved', 'signature', 'approved', 'reversing', 'used', 'free', 'reversed')),
    open           INTEGER NOT NULL CHECK (open IN (0, 1)),
    approved_pence INTEGER NOT NULL CHECK (approved_pence BETWEEN 0 AND amount_pence),
    approval_seq   INTEGER,          -- the entry that has what is kept of the approval
    signature_accepted INTEGER NOT NULL DEFAULT 0 CHECK (signature_accepted IN (0, 1)),
    why            TEXT NOT NULL     -- it is unresolved, or no money moved: why
) STRICT, WITHOUT ROWID;

CREATE INDEX card_payments_open ON card_payments (seq) WHERE open = 1;

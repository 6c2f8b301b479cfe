-- How far the ledger has come is in `meta`: what it has acknowledged is a place in the journal. Here are the receipts that go to a
-- ledger one by one, with what is known of each. Not a projection: only the ledger's answers fill it.
CREATE TABLE deliveries (
    seq    INTEGER PRIMARY KEY, -- the entry
    serial INTEGER NOT NULL,    -- its receipt
    state  INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), -- under way, delivered, quarantined
    detail TEXT NOT NULL        -- what the transport keeps of it, as JSON
) STRICT;

CREATE INDEX deliveries_open ON deliveries (state, seq) WHERE state <> 1;

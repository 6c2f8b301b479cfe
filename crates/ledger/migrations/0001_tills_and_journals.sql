-- Tills, their journals as they were sent, and what is worked out from them.
-- Moments are milliseconds since 1970, UTC; amounts are whole pence.

CREATE TABLE tills (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
    office_code text NOT NULL,
    till_code text NOT NULL,
    public_key text NOT NULL,
    enrolled_at_ms bigint NOT NULL,
    revoked_at_ms bigint,
    -- The journal's end. Whoever appends holds this row locked.
    head_seq bigint NOT NULL DEFAULT 0,
    head_hash bytea NOT NULL,
    -- The session of the last entry that belongs to one.
    head_session bigint,
    -- How the till said that it was, at the moment that it signed with.
    said_at_ms bigint NOT NULL DEFAULT 0,
    heard_at_ms bigint,
    program_version text NOT NULL DEFAULT '',
    unsent_receipts bigint NOT NULL DEFAULT 0,
    unsent_pence bigint NOT NULL DEFAULT 0,
    open_session bigint,
    pack_sha256 text,
    extract_version bigint
-- Every batch changes its till's row: room for that on the same page keeps the index out of it.
) WITH (fillfactor = 50);

-- The keys of tills that were replaced: whoever still signs with one is told so, and somebody is told of it.
CREATE TABLE retired_keys (
    till_number integer NOT NULL REFERENCES tills,
    public_key text NOT NULL,
    retired_at_ms bigint NOT NULL,
    PRIMARY KEY (till_number, public_key)
);

CREATE TABLE enrolment_codes (
    code_sha256 bytea PRIMARY KEY,
    office_code text NOT NULL,
    till_code text NOT NULL,
    replaces integer REFERENCES tills,
    made_at_ms bigint NOT NULL,
    expires_at_ms bigint NOT NULL,
    used_at_ms bigint,
    -- What it was used with: the same request again gets the same answer, because a reply can be lost.
    used_by_till text,
    used_by_key text,
    used_for integer REFERENCES tills
);

-- The exact bytes. No foreign key to tills: the till's row is held by whoever appends, and a check for each row would be paid
-- for by every batch.
CREATE TABLE entries (
    till_number integer NOT NULL,
    seq bigint NOT NULL CHECK (seq > 0),
    id uuid NOT NULL,
    kind text NOT NULL,
    -- False for what a later program wrote: kept, and worked out by the version that knows it.
    understood boolean NOT NULL,
    received_at_ms bigint NOT NULL,
    hash bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (till_number, seq),
    CONSTRAINT entries_id UNIQUE (till_number, id)
);
-- A receipt's few kilobytes stay in their row and aren't compressed: both would cost more than they save.
ALTER TABLE entries ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE entries SET (toast_tuple_target = 8160);
CREATE INDEX entries_not_understood ON entries (till_number, seq) WHERE NOT understood;

CREATE TABLE postings (
    till_number integer NOT NULL,
    seq bigint NOT NULL,
    -- Its place among the entry's postings, from 0.
    part integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('taking', 'void', 'refund', 'transfer', 'over-short')),
    day date NOT NULL,
    at_ms bigint NOT NULL,
    session bigint NOT NULL,
    cashier text NOT NULL,
    receipt_number text COLLATE "C" NOT NULL,
    office_code text NOT NULL,
    fund_code text NOT NULL,
    reference text NOT NULL,
    mop_code text NOT NULL,
    vat_code text NOT NULL,
    amount_pence bigint NOT NULL,
    vat_pence bigint NOT NULL,
    -- Taken into suspense by the cashier, who couldn't place it.
    in_suspense boolean NOT NULL,
    -- Put into suspense by the ledger: the pack's fund for it, and which rule the posting broke.
    held_fund text,
    held_reason text,
    PRIMARY KEY (till_number, seq, part)
);
CREATE INDEX postings_receipt ON postings (receipt_number);
CREATE INDEX postings_reference ON postings (reference);
-- Days arrive nearly in order, so a summary of each run of pages is enough and costs next to nothing.
CREATE INDEX postings_day ON postings USING brin (day) WITH (pages_per_range = 32);
CREATE INDEX postings_suspense ON postings (day) WHERE in_suspense OR held_fund IS NOT NULL;

-- Σ postings, kept with each batch: what a till compares with its own after every one of them.
CREATE TABLE totals (
    till_number integer NOT NULL,
    session bigint NOT NULL,
    day date NOT NULL,
    mop_code text NOT NULL,
    fund_code text NOT NULL,
    over_short boolean NOT NULL,
    count bigint NOT NULL,
    amount_pence bigint NOT NULL,
    PRIMARY KEY (till_number, session, day, mop_code, fund_code, over_short)
) WITH (fillfactor = 50);
CREATE INDEX totals_day ON totals (day);

-- What a person has to look at.
CREATE TABLE alarms (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    till_number integer NOT NULL REFERENCES tills,
    kind text NOT NULL,
    seq bigint NOT NULL,
    detail text NOT NULL,
    times bigint NOT NULL DEFAULT 1,
    first_at_ms bigint NOT NULL,
    last_at_ms bigint NOT NULL,
    settled_at_ms bigint,
    settled_by text,
    settled_why text
);
CREATE UNIQUE INDEX alarms_open ON alarms (till_number, kind, seq) WHERE settled_at_ms IS NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER entries_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

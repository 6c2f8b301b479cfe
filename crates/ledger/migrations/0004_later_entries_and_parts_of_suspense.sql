-- Entries that were kept without postings until a program came that understands them: their rows stay as they are, and a row here
-- says that their postings are made.
CREATE TABLE understood_later (
    till_number integer NOT NULL,
    seq bigint NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (till_number, seq),
    FOREIGN KEY (till_number, seq) REFERENCES entries
);
CREATE TRIGGER understood_later_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON understood_later
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Part of a posting can be allocated, and an allocation can be taken back: by a row with its amounts the other way round. What is
-- in suspense is the posting less the sum of its allocations. Whoever allocates holds the posting's row locked.
ALTER TABLE allocations ADD COLUMN amount_pence bigint, ADD COLUMN vat_pence bigint, ADD COLUMN undoes bigint UNIQUE REFERENCES allocations;
ALTER TABLE allocations DISABLE TRIGGER allocations_are_kept;
UPDATE allocations a SET amount_pence = p.amount_pence, vat_pence = p.vat_pence FROM postings p
    WHERE a.till_number = p.till_number AND a.seq = p.seq AND a.part = p.part;
ALTER TABLE allocations ENABLE TRIGGER allocations_are_kept;
ALTER TABLE allocations ALTER COLUMN amount_pence SET NOT NULL, ALTER COLUMN vat_pence SET NOT NULL,
    DROP CONSTRAINT allocations_till_number_seq_part_key;
CREATE INDEX allocations_posting ON allocations (till_number, seq, part);

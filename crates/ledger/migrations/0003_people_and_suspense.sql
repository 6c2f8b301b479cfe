-- Who may use the page, and what they decided about money in suspense.

CREATE TABLE people (
    code text PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9._-]{1,40}$'),
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('finance', 'supervisor', 'administrator')),
    -- Argon2id in PHC form.
    secret_hash text NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    locked boolean NOT NULL DEFAULT false,
    disabled boolean NOT NULL DEFAULT false,
    made_at_ms bigint NOT NULL
);
CREATE UNIQUE INDEX people_code ON people (lower(code));

-- Who is signed in, shared by every copy of the hub. Only the token's hash: whoever reads this table can't use it.
CREATE TABLE signed_in (
    token_sha256 bytea PRIMARY KEY,
    person text NOT NULL REFERENCES people ON DELETE CASCADE,
    csrf text NOT NULL,
    since_ms bigint NOT NULL,
    seen_at_ms bigint NOT NULL
);
CREATE INDEX signed_in_person ON signed_in (person);

-- Money out of suspense: the posting stays as it is, and this says where it belongs.
CREATE TABLE allocations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    till_number integer NOT NULL,
    seq bigint NOT NULL,
    part integer NOT NULL,
    fund_code text NOT NULL,
    reference text NOT NULL,
    why text NOT NULL,
    by_person text NOT NULL REFERENCES people,
    at_ms bigint NOT NULL,
    day date NOT NULL,
    FOREIGN KEY (till_number, seq, part) REFERENCES postings,
    -- Two people who decide at once can't both be right.
    UNIQUE (till_number, seq, part)
);
CREATE INDEX allocations_day ON allocations (day);
CREATE TRIGGER allocations_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON allocations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

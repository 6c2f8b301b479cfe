-- What goes down to the tills: council packs and extracts of account holders.

CREATE SEQUENCE pack_order AS bigint;
CREATE TABLE packs (
    sha256 bytea PRIMARY KEY,
    -- The newest is the one that was put last; an earlier one that is put again is the newest again.
    put_order bigint NOT NULL UNIQUE DEFAULT nextval('pack_order'),
    put_at_ms bigint NOT NULL,
    council_code text NOT NULL,
    pack_version text NOT NULL,
    bundle bytea NOT NULL
);

CREATE TABLE extracts (
    version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    put_at_ms bigint NOT NULL,
    rows bigint NOT NULL,
    -- The first line. Changes are told only between extracts that have the same.
    header bytea NOT NULL
);

-- A snapshot, or the changes since an earlier version.
CREATE TABLE extract_streams (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL REFERENCES extracts ON DELETE CASCADE,
    since bigint,
    sha256 bytea NOT NULL,
    bytes bigint NOT NULL
);
CREATE UNIQUE INDEX extract_streams_of ON extract_streams (version, COALESCE(since, 0));

-- Each chunk is whole rows and a zstd frame of its own: one can be read without the others, and all of them one after the
-- other are a zstd stream.
CREATE TABLE extract_chunks (
    stream bigint NOT NULL REFERENCES extract_streams ON DELETE CASCADE,
    place integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (stream, place)
);
ALTER TABLE extract_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Each row of a snapshot by hashes: of fund and reference, and of all of it; and where in its chunk it stands.
CREATE TABLE extract_rows (
    version bigint NOT NULL,
    account uuid NOT NULL,
    content uuid NOT NULL,
    place integer NOT NULL,
    start integer NOT NULL,
    length integer NOT NULL
);
CREATE INDEX extract_rows_of ON extract_rows (version);

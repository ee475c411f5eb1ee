-- What the machinery itself needs: commands done once, effects to perform, leases among replicas.

CREATE TABLE command (
    id TEXT NOT NULL PRIMARY KEY,
    actor TEXT,
    name TEXT NOT NULL,
    input_hash TEXT NOT NULL,
    result_id TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE effect (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('mail')),
    payload TEXT NOT NULL,
    due BIGINT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    created BIGINT NOT NULL,
    last_error TEXT NOT NULL
);

-- Done effects leave this index, so that looking for work costs nothing however old the database is.
CREATE INDEX effect_waiting ON effect (due, id) WHERE state = 'waiting';

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);

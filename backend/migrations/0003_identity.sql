-- The district, its people, the roles they hold, and how they sign in.

CREATE TABLE district (
    -- One deployment is one district.
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    -- IANA name of the district's time zone.
    zone TEXT NOT NULL,
    first_month INTEGER NOT NULL CHECK (first_month BETWEEN 1 AND 12),
    first_day INTEGER NOT NULL CHECK (first_day BETWEEN 1 AND 28),
    demo BOOLEAN NOT NULL
);

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- In the one spelling that accounts are found by.
    email TEXT NOT NULL UNIQUE,
    -- An Argon2id hash in PHC form; absent until an invitation is accepted.
    password TEXT,
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX person_by_name ON person (name, id);

CREATE TABLE role_grant (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('principal', 'school_staff', 'unit_head', 'unit_staff', 'network_officer', 'budget_officer',
        'card_administrator', 'auditor', 'executive', 'system_administrator')),
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('district', 'school', 'unit', 'network')),
    -- The school, unit or network; empty for the district.
    scope_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'held', 'ended')),
    -- Absent for what the command line and the demo district set up.
    proposed_by TEXT REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT REFERENCES person (id),
    ended_by TEXT REFERENCES person (id),
    ended_at BIGINT,
    CHECK ((scope_kind = 'district') = (scope_id = '')),
    -- Who proposes a role never confirms it, and nobody decides on their own.
    CHECK (confirmed_by IS NULL OR (confirmed_by <> person AND confirmed_by <> proposed_by))
);
CREATE UNIQUE INDEX role_grant_once ON role_grant (person, role, scope_kind, scope_id) WHERE state <> 'ended';
CREATE INDEX role_grant_by_scope ON role_grant (scope_kind, scope_id, role) WHERE state = 'held';

-- Server-side sessions; the secret itself is known to the browser only.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    secret_hash TEXT NOT NULL UNIQUE,
    -- What a page must send back with every change; known to this session's pages only.
    csrf_token TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    browser TEXT NOT NULL
);
CREATE INDEX session_by_person ON session (person, seen_at);
CREATE INDEX session_by_seen ON session (seen_at);

-- Browsers that have signed a person in before: their tries are counted apart, so that a stranger's tries do not lock the owner out.
CREATE TABLE known_device (
    secret_hash TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (secret_hash, person)
);
CREATE INDEX known_device_by_person ON known_device (person);

-- Links sent by mail: used once, until a day, stored as digests.
CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX invitation_by_person ON invitation (person, purpose);

-- One row for each thing that is tried: the instant until which its allowance is used up.
CREATE TABLE throttle (
    key TEXT NOT NULL PRIMARY KEY,
    used_until BIGINT NOT NULL
);
CREATE INDEX throttle_by_end ON throttle (used_until);

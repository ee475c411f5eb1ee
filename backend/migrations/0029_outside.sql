-- People of outside providers: a role held for a provider. Roles become rows, so that a later one needs no table laid anew.

CREATE TABLE role_kind (
    role TEXT NOT NULL PRIMARY KEY,
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('district', 'school', 'unit', 'network', 'provider')),
    UNIQUE (role, scope_kind)
);
INSERT INTO role_kind (role, scope_kind) VALUES ('principal', 'school'), ('school_staff', 'school'), ('unit_head', 'unit'), ('unit_staff', 'unit'),
    ('network_officer', 'network'), ('budget_officer', 'district'), ('card_administrator', 'district'), ('auditor', 'district'),
    ('executive', 'district'), ('system_administrator', 'district'), ('provider_staff', 'provider');

CREATE TABLE role_grant_new (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    -- The school, unit, network or provider; empty for the district.
    scope_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'held', 'ended')),
    -- Absent for what the command line and the demo district set up.
    proposed_by TEXT REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT REFERENCES person (id),
    ended_by TEXT REFERENCES person (id),
    ended_at BIGINT,
    FOREIGN KEY (role, scope_kind) REFERENCES role_kind (role, scope_kind),
    CHECK ((scope_kind = 'district') = (scope_id = '')),
    -- Who proposes a role never confirms it, and nobody decides on their own.
    CHECK (confirmed_by IS NULL OR (confirmed_by <> person AND confirmed_by <> proposed_by))
);
INSERT INTO role_grant_new (id, person, role, scope_kind, scope_id, state, proposed_by, proposed_at, confirmed_by, ended_by, ended_at)
SELECT id, person, role, scope_kind, scope_id, state, proposed_by, proposed_at, confirmed_by, ended_by, ended_at FROM role_grant;
DROP TABLE role_grant;
ALTER TABLE role_grant_new RENAME TO role_grant;
CREATE UNIQUE INDEX role_grant_once ON role_grant (person, role, scope_kind, scope_id) WHERE state <> 'ended';
CREATE INDEX role_grant_by_scope ON role_grant (scope_kind, scope_id, role) WHERE state = 'held';

-- What a provider's people see of orders.
CREATE INDEX orders_by_provider ON orders (unit, provider);

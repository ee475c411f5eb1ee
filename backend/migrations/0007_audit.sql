-- The audit trail: one record a command, in the command's own transaction, never changed.

CREATE TABLE audit_record (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    object_title TEXT NOT NULL,
    school TEXT,
    summary TEXT NOT NULL,
    reason TEXT NOT NULL,
    command_id TEXT NOT NULL UNIQUE,
    request_id TEXT NOT NULL,
    salt TEXT NOT NULL,
    canonical TEXT NOT NULL,
    digest TEXT NOT NULL
);

-- What else a record is about where one command changed several things; the record itself names the first.
CREATE TABLE audit_object (
    record TEXT NOT NULL REFERENCES audit_record (id),
    position BIGINT NOT NULL CHECK (position >= 1),
    object TEXT NOT NULL,
    PRIMARY KEY (record, position)
);

CREATE INDEX audit_object_object ON audit_object (object, record);

CREATE INDEX audit_record_at ON audit_record (at, id);
CREATE INDEX audit_record_object ON audit_record (object, at, id);
CREATE INDEX audit_record_actor ON audit_record (actor, at, id);
CREATE INDEX audit_record_school ON audit_record (school, at, id);

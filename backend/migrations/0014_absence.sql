-- Absences: who is away from when to when, and who acts meanwhile. Both names stand with everything a deputy does.

CREATE TABLE absence (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    deputy TEXT NOT NULL REFERENCES person (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    -- The same days as instants of the district's own zone: the first, and the one after the last.
    begins_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    note TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    ended_at BIGINT,
    CHECK (first_day <= last_day),
    CHECK (begins_at < ends_at),
    CHECK (person <> deputy)
);
CREATE INDEX absence_by_person ON absence (person, begins_at);
CREATE INDEX absence_by_deputy ON absence (deputy, begins_at);

-- For whom a deputy acted.
ALTER TABLE order_event ADD COLUMN for_person TEXT REFERENCES person (id);
